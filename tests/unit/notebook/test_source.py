import ast
import gc
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from grader.notebook.source import (
    GRADED_MARKER,
    REQUIRED_MARKER,
    defined_names,
    normalize,
    parse,
    plain_python,
    readable,
    syntax_tree,
)


@pytest.mark.parametrize(
    "line",
    ["%matplotlib inline", "!pip install x", "?print", "print?", "np.max??", "    %time f()"],
)
def test_a_line_that_only_ipython_knows_does_not_stop_parsing(line: str) -> None:
    assert parse(f"if True:\n    x = 1\n{line}\n") is not None


@pytest.mark.parametrize(
    "lines",
    ["!pip install \\\n    scipy", "%pip install \\\n  a \\\n  b", "x = !ls \\\n    data"],
)
def test_a_command_may_go_on_in_the_next_line(lines: str) -> None:
    assert defined_names(f"{lines}\ndef f():\n    pass") == {"f"}
    assert parse(f"{lines}\ny = 1") is not None


@pytest.mark.parametrize("names", ["x", "x, y", "x.y", "x[0]"])
def test_the_output_of_a_command_may_be_kept_anywhere(names: str) -> None:
    assert parse(f"{names} = !ls\nz = 1") is not None


def test_what_is_run_keeps_what_a_command_gives() -> None:
    cell = "!pip install x\nfiles = !ls data\n%time y = 1"
    assert readable(cell, values=True) == "pass\nfiles = !ls data\ny = 1"


def test_blanking_keeps_line_numbers() -> None:
    tree = parse("%%time\n\n!ls\nx = 1")
    assert tree is not None
    assert tree.body[-1].lineno == 4


@pytest.mark.parametrize(
    "magic", ["%%time", "%%timeit -n 1", "%%capture out", "\n%%prun", "%%nobody_knows it"]
)
def test_the_body_of_a_python_cell_magic_is_read(magic: str) -> None:
    assert defined_names(f"{magic}\ndef f():\n    pass") == {"f"}


@pytest.mark.parametrize("magic", ["%%bash", "%%!", "%%script bash", "%%HTML", "%%R -o x", "%%sh"])
def test_the_body_of_another_cell_magic_is_not_python(magic: str) -> None:
    tree = parse(f"{magic}\nfor x in *; do echo $x; done")
    assert tree is not None
    assert tree.body == []


def test_an_operator_at_the_start_of_a_line_is_no_magic() -> None:
    source = 'x = (\n    "%d"\n    % 3\n)'
    assert ast.dump(parse(source) or ast.Module([], [])) == ast.dump(ast.parse(source))


def test_plain_python_leaves_python_alone() -> None:
    source = "x = 7 % 2\nprint('what?')"
    assert plain_python(source) == source


@pytest.mark.parametrize("source", ["def f(:\n    pass", "x = \x00", "x = '\ud800'", "(" * 5000])
def test_what_is_not_python_does_not_parse(source: str) -> None:
    assert parse(source) is None


def test_a_warning_of_the_compiler_is_not_shown() -> None:
    assert parse("x = 1 is 1\ny = '\\d'") is not None


@pytest.fixture
def _given_way() -> Iterator[None]:
    """Have other threads run whenever objects are made, as those of a class that is graded may."""
    before = gc.get_threshold()

    def give_way(_phase: str, _info: object) -> None:
        time.sleep(0)

    gc.callbacks.append(give_way)
    gc.set_threshold(20)
    yield
    gc.set_threshold(*before)
    gc.callbacks.remove(give_way)


@pytest.mark.usefixtures("_given_way")
def test_several_threads_may_parse_at_a_time() -> None:
    sources = [f"x = {'(' * deep}1{' + 2)' * deep}\n" * 30 for deep in (5, 20, 40, 60)] * 10
    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(parse, sources))


def test_functions_and_classes_of_the_top_level_are_defined() -> None:
    source = "def f():\n    def g(): pass\nasync def h(): pass\nclass C:\n    def m(self): pass"
    assert defined_names(source) == {"f", "h", "C"}


def test_definitions_are_found_in_a_cell_that_does_not_parse() -> None:
    assert defined_names("class C:\n    x = (\n\ndef f(a):\n    return 1 +") == {"C", "f"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x=1", "x = 1  # why"),
        ("x = 1\n\n\ny = 2\n", "x = 1\ny = 2"),
        ("if x:\n  y = 1", "if x:\n    y = 1"),
        ("f(\n    1,\n    2)", "f(1, 2)"),
        ("    x = 1", "x = 1"),
        ("!python  a.py\n", "!python  a.py"),
        ("x = (  \n", "x = ("),
    ],
)
def test_cells_that_do_the_same_are_equal(one: str, other: str) -> None:
    assert normalize(one) == normalize(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x = 1", "x = 2"),
        ("if x:\n    y = 1\n    z = 2", "if x:\n    y = 1\nz = 2"),
        ("print('a  b')", "print('a b')"),
        ("x\ny", "x, y"),
    ],
)
def test_cells_that_differ_in_what_they_do_are_not_equal(one: str, other: str) -> None:
    assert normalize(one) != normalize(other)


@pytest.mark.parametrize("source", ["x = '\ud800'", "x = \x00", "if x:\n    y\n  z", "'''", "("])
def test_normalize_copes_with_what_is_not_python(source: str) -> None:
    assert normalize(source) == normalize(source + "\n")


@pytest.mark.parametrize("string", ["f'{a  + 1:>{b}}'", 'f"{f(1)}\\d"', "f'''é {a}\n {b}'''"])
def test_a_format_string_reads_the_same_to_every_python(string: str) -> None:
    assert normalize(f"x={string}+'é'+{string}") == f"x = {string} + 'é' + {string}"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("# GRADED FUNCTION: image_generator", "image_generator"),
        ("#GRADED  CLASS : myCallback", "myCallback"),
        ("# GRADED FUNCTIONS: f", "f"),
    ],
)
def test_the_graded_marker_names_what_is_graded(line: str, name: str) -> None:
    assert GRADED_MARKER.findall(f"import os\n{line}\n") == [name]


def test_the_required_marker_stands_on_a_line_of_its_own() -> None:
    assert REQUIRED_MARKER.search("import os\n# grader-required-cell\n")
    assert not REQUIRED_MARKER.search("x = 1  # grader-required-cell")


def test_a_tree_that_python_could_not_make_for_the_time_being_is_made_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As Python 3.11 says where a traceback is written while a tree is made.
    told = [SystemError("AST constructor recursion depth mismatch (before=57, after=58)")]
    made = ast.parse

    def once(code: str) -> ast.Module:
        if told:
            raise told.pop()
        return made(code)

    monkeypatch.setattr(ast, "parse", once)
    assert syntax_tree("x = 1").body
