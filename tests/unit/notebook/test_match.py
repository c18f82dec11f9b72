import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from handed_in import CALLBACK, LOADER, RELEASED, SOLUTION, TRAINER

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.notebook import source
from grader.notebook.match import Match, code_cells, graded_cells, match, unchanged
from grader.notebook.read import read
from grader.records import Cell, CellKind, Layout, LayoutCell, Role

KIT = happy_or_sad.layouts()[0]
SOLVED = [
    "".join(one["source"]) for one in json.loads(SOLUTION)["cells"] if one["cell_type"] == "code"
]
GIVEN = [place for place, cell in enumerate(KIT.cells) if cell.role is not Role.GRADED]


def cells(*texts: str) -> list[Cell]:
    return [Cell(index, CellKind.CODE, text) for index, text in enumerate(texts)]


def matched(*texts: str, layout: Layout = KIT) -> Match:
    return match(layout, cells(*texts))


def found(texts: Sequence[str], name: str = LOADER) -> list[int]:
    return [cell.index for cell in graded_cells(cells(*texts), name)]


def small(*given: str) -> Layout:
    return Layout("small", "a small one", tuple(LayoutCell(g, Role.REQUIRED) for g in given))


def test_every_cell_of_the_solution_is_matched_in_order() -> None:
    whole = matched(*SOLVED)
    assert (list(whole.given), whole.added) == (GIVEN, ())


def test_every_cell_is_matched_whatever_the_order() -> None:
    backwards = matched(*reversed(SOLVED))
    assert {p: cell.source for p, cell in backwards.given.items()} == {
        p: KIT.cells[p].source for p in GIVEN
    }


def test_cells_without_content_are_left_out() -> None:
    assert code_cells([*cells("", " \n"), Cell(2, CellKind.MARKDOWN, "x")]) == []


@pytest.mark.parametrize(
    "text",
    [
        "answer = 42",
        "answer: float = 0.5",
        "x = 1\nanswer = x + 1",
        "answer, other = 1, 2",
        "if True:\n    answer = 'b'",
        "%%time\nanswer = 3",
        "answer = 3,5 mm",
        "answer: float = 0.5 0.6",
        "x = (\nanswer = 3",
        "  answer = 'b",
    ],
)
def test_a_cell_that_assigns_a_value_defines_it(text: str) -> None:
    assert found(["import numpy", text, "print(answer)"], "answer") == [1]


@pytest.mark.parametrize(
    "text", ["print(answer = ", "answer == (", "my_answer = (", "x.answer = (", "# answer = ("]
)
def test_a_cell_that_only_mentions_a_value_does_not(text: str) -> None:
    assert found([text], "answer") == []


def test_a_value_that_can_be_read_goes_before_one_that_cannot() -> None:
    assert found(["answer = 1", "answer = ("], "answer") == [0]


@pytest.mark.parametrize(
    "text",
    [
        "def image_generator(): pass",
        "async def image_generator(): pass",
        "class image_generator: pass",
        "@decorated\ndef image_generator():\n\treturn 1",
        "%%time\ndef image_generator(): pass",
        "\n\n%%capture out\ndef image_generator(): pass",
        "!pip install x\ndef image_generator(): pass",
        "if __name__ == '__main__':\n    def image_generator(): pass",
        "try:\n    def image_generator(): pass\nexcept NameError:\n    pass",
        "with a:\n    for b in c:\n        def image_generator(): pass",
        "def image_generator():\n    return (",
        "def image_generator(:\n    pass",
        "if __name__ == '__main__':\n    def image_generator(:\n        pass",
        "print 'Python 2'\ndef image_generator(): pass",
        "    def image_generator(): pass",
        "x = 'é'\ndef ｉmage_generator(): pass",  # noqa: RUF001 - Python reads it as an i
        "image_generator = lambda: 1",
        "from solution import image_generator",
        "from solution import loader as image_generator",
        "# GRADED FUNCTION: image_generator\nimage = generator(",
        "# GRADED FUNCTION: image_generator\ndef imageGenerator(): pass",
        "  ## GRADED  FUNCTION : image_generator",
    ],
)
def test_a_graded_cell_is_found(text: str) -> None:
    assert found(["x = 1", text, "y = 2"]) == [1]


@pytest.mark.parametrize(
    "text",
    [
        "gen = image_generator()",
        "%%bash\ndef image_generator(): pass",
        "%%writefile x.py\ndef image_generator(): pass",
        "class Loader:\n    def image_generator(self): pass",
        "def outer():\n    def image_generator(): pass",
        "text = '''\ndef image_generator(): pass\n'''",
        "# def image_generator(): pass",
        "def image_generator_2(): pass",
        "image_generator.x = 1",
    ],
)
def test_what_does_not_define_a_name_is_no_graded_cell(text: str) -> None:
    assert found([text]) == []


def test_a_definition_comes_before_a_marker() -> None:
    assert found(["def image_generator(): pass", "# GRADED FUNCTION: image_generator"]) == [0]


def test_the_last_of_several_counts() -> None:
    twice = matched("def image_generator(): return 1", "def image_generator(): return 2")
    assert (twice.graded[LOADER].index, [c.index for c in twice.superseded]) == (1, [0])


def test_one_cell_may_define_several_names() -> None:
    both = matched(f"class {CALLBACK}: pass\ndef {LOADER}(): pass")
    assert both.graded[CALLBACK] is both.graded[LOADER]


@pytest.mark.parametrize(
    ("text", "undefined"),
    [
        ("# GRADED FUNCTION: image_generator\ndef load(): pass", True),
        ("# GRADED FUNCTION: image_generator\nreturn (", False),
        ("# GRADED FUNCTION: image_generator\nimage_generator = 1", False),
    ],
)
def test_a_marker_alone_defines_nothing(text: str, undefined: bool) -> None:  # noqa: FBT001
    assert (LOADER in matched(text).undefined) is undefined


@pytest.mark.parametrize("place", GIVEN)
def test_an_edited_given_cell_is_known(place: int) -> None:
    texts = [KIT.cells[p].source for p in GIVEN]
    texts[GIVEN.index(place)] += "\nprint('¡hola!')  # más"
    assert matched(*texts).given[place].index == GIVEN.index(place)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("gen = image_generator()", "gen = image_generator(base_dir)"),
        ("hist = train_happy_sad_model(gen)", "history = train_happy_sad_model(gen)"),
        ('base_dir = "a"\nhappy_dir = f(base_dir)', 'base_dir = "/x"\nhappy_dir = g(h) + "/y"'),
    ],
)
def test_a_short_cell_is_known_after_an_edit(given: str, text: str) -> None:
    assert list(matched("x = 1", text, layout=small(given)).given) == [0]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("gen = image_generator()", "print(gen)"),
        ("gen = image_generator()", "hist = train_happy_sad_model(gen)"),
        ("import os\nimport numpy as np\nimport tensorflow as tf", "import os"),
        ("plt.show()", "from google.colab import drive\ndrive.mount('/content')"),
    ],
)
def test_another_cell_is_not_taken_for_a_given_one(given: str, text: str) -> None:
    assert matched(text, layout=small(given)).given == {}


def test_an_unchanged_cell_comes_before_one_that_resembles_it() -> None:
    given = "gen = image_generator()"
    assert matched(given + "; x = 1", given, layout=small(given)).given[0].index == 1


def test_a_cell_is_matched_once() -> None:
    assert list(matched("a = b(1)", layout=small("a = b(1)", "a = b(1)")).given) == [0]


def test_a_form_that_is_known_by_its_digest_is_unchanged() -> None:
    digest = source.digest(source.normalize("x = 'real'"))
    given = LayoutCell("x = 'ours'", Role.REQUIRED, digests=frozenset({digest}))
    assert unchanged(given, source.normalize("x='real' # same"))


def test_added_cells_are_told_from_given_ones() -> None:
    assert [c.source for c in matched(*SOLVED, "!ls", "drive.mount('/x')").added] == [
        "!ls",
        "drive.mount('/x')",
    ]


def test_a_released_notebook_has_all_its_graded_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(RELEASED)
    assert match(KIT, read(path).cells).graded.keys() == {CALLBACK, LOADER, TRAINER}


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "-" * 99_000 + "1",
        "x = " + "1+" * 49_000 + "1",
        "x = " + "1+" * 2_500_000 + "1",
        "f(" * 40_000 + ")" * 40_000,
        "x = 1\n" * 100_000,
        "x = '" + "a" * 5_000_000 + "'",
        "#" * 1_000_000,
        "def" + " " * 1_000_000,
        "import" + " " * 90_000 + "x",
        "if a:\n    x\n" + "elif a:\n    x\n" * 5000,
        "'\\'" * 6000,
        "x=" * 40_000 + "1",
        "f'{" * 5000,
        "\n".join(" " * i + "if a:" for i in range(200)),
    ],
    ids=lambda text: text[:8] + str(len(text)),
)
def test_a_pathological_source_is_read_over(text: str) -> None:
    marked = f"# GRADED FUNCTION: {TRAINER}\n{LOADER} {CALLBACK} base_dir happy_dir\n"
    assert matched(marked + text, *SOLVED).graded[TRAINER].source in SOLVED


def test_a_long_graded_cell_is_found_by_its_first_line() -> None:
    assert found([f"def {LOADER}():\n    return [\n" + "1,\n" * 100_000 + "]"]) == [0]
