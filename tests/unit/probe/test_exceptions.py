import json
import linecache
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.inspection.plain import MAX_TEXT
from grader.probe.exceptions import describe, is_cell
from grader.probe.machine_paths import MachinePaths

TRAIN = "/tmp/ipykernel_1/11.py"  # noqa: S108 - a name that IPython gives
CALLBACK = "/tmp/ipykernel_1/22.py"  # noqa: S108
HELPER = "/tmp/ipykernel_1/33.py"  # noqa: S108
CALLING = "/tmp/ipykernel_1/44.py"  # noqa: S108
GRAPH = """\
Graph execution error:

Detected at node a/b defined at (most recent call last):
  File "/lib/keras/a.py", line 117, in error_handler

  File "/lib/keras/b.py", line 3, in <module>

Received a label value of 1"""
FILES = {TRAIN: "train", CALLBACK: "myCallback"}


class HostileText(Exception):  # noqa: N818
    def __str__(self) -> str:
        raise RuntimeError("no text")


class EndlessText(Exception):  # noqa: N818
    def __str__(self) -> str:
        raise KeyboardInterrupt  # what an interrupt makes of it


def cell(filename: str, source: str, **names: Any) -> dict[str, Any]:
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    namespace: dict[str, Any] = names
    exec(compile(source, filename, "exec"), namespace)  # noqa: S102 - as IPython runs a cell
    return namespace


def described(function: Callable[[], object], running: str | None = CALLING) -> dict[str, Any]:
    with pytest.raises(BaseException) as caught:  # noqa: PT011
        function()
    return describe(caught.value, FILES, running)


def calling(source: str, **names: Any) -> dict[str, Any]:
    return described(lambda: cell(CALLING, source, **names))


def fails() -> None:
    raise ValueError("deep inside")


def test_an_error_in_a_graded_function_names_its_line() -> None:
    train = cell(TRAIN, "def train():\n    x = 1\n    return x / 0\n")["train"]
    assert calling("train()", train=train) == {
        "name": "ZeroDivisionError",
        "message": "division by zero",
        "line": 3,
        "function": "train",
        "cell": "train",
        "source_line": "return x / 0",
        "bases": ["ArithmeticError", "Exception", "BaseException"],
        "module": "",
        "direct": True,
    }


def test_an_error_deep_inside_a_library_names_the_student_s_line() -> None:
    train = cell(TRAIN, "def train():\n    fails()\n", fails=fails)["train"]
    found = calling("train()", train=train)
    assert (found["cell"], found["line"]) == ("train", 2)


def test_what_a_library_raised_is_said_to_be_of_its_module() -> None:
    found = calling("json.loads('')", json=json)
    assert (found["module"], found["direct"]) == ("json.decoder", False)


def test_what_the_line_raised_itself_is_of_the_notebook() -> None:
    found = calling("1 / 0", __name__="__main__")
    assert (found["module"], found["direct"]) == ("__main__", True)


def test_what_a_helper_raised_is_not_the_line_s_own() -> None:
    helper = cell(HELPER, "def helper():\n    return 1 / 0\n", __name__="__main__")["helper"]
    train = cell(TRAIN, "def train():\n    helper()\n", helper=helper)["train"]
    found = calling("train()", train=train)
    assert (found["module"], found["direct"]) == ("__main__", False)


def test_a_module_that_calls_itself_something_else_has_no_name() -> None:
    assert calling("1 / 0", __name__=HostileText())["module"] == ""


def test_a_class_that_answers_for_its_own_name_is_not_asked() -> None:
    class Meta(type):
        @property
        def __name__(cls) -> str:  # type: ignore[override]
            raise KeyboardInterrupt

    class Masked(Exception, metaclass=Meta):  # noqa: N818
        pass

    assert describe(Masked(), FILES)["name"] == "Masked"


def test_a_class_has_twenty_bases_at_most() -> None:
    kind: type = Exception
    for number in range(40):
        kind = type(f"E{number}", (kind,), {})
    assert len(describe(kind(), FILES)["bases"]) == 20


def test_a_traceback_within_the_text_is_left_out() -> None:
    found = describe(ValueError(GRAPH), FILES)
    assert found["message"] == "Graph execution error:\n\nReceived a label value of 1"


def test_the_text_of_a_file_is_no_traceback() -> None:
    assert describe(ValueError('File "a.png" is damaged'), FILES)["message"].startswith("File")


def test_a_path_of_the_run_is_told_as_the_student_knows_it() -> None:
    error = FileNotFoundError(2, "No such file or directory", "/tmp/run/notebooks/faces")  # noqa: S108
    found = describe(error, FILES, None, MachinePaths(Path("/tmp/run")))  # noqa: S108
    assert found["message"] == "[Errno 2] No such file or directory: 'faces'"


def test_a_path_that_is_cut_off_is_shortened_before() -> None:
    error = ValueError("x" * (MAX_TEXT - 5) + " /tmp/run/notebooks/faces")
    found = describe(error, FILES, None, MachinePaths(Path("/tmp/run")))  # noqa: S108
    assert "/tmp" not in found["message"]  # noqa: S108


def test_the_file_of_a_graded_cell_has_its_name() -> None:
    assert describe(ValueError(f"in {TRAIN}, line 3"), FILES)["message"] == "in train, line 3"


def test_of_two_graded_cells_the_inner_one_is_named() -> None:
    end = cell(CALLBACK, "def end():\n    raise KeyError('acc')\n")["end"]
    train = cell(TRAIN, "def train():\n    end()\n", end=end)["train"]
    assert calling("train()", train=train)["cell"] == "myCallback"


def test_a_helper_s_line_is_not_looked_up_in_a_graded_cell() -> None:
    helper = cell(HELPER, "\n\n\n\ndef helper():\n    return 1 / 0\n")["helper"]
    train = cell(TRAIN, "def train():\n    helper()\n", helper=helper)["train"]
    found = calling("train()", train=train)
    assert (found["cell"], found["line"]) == ("train", 2)


def test_an_error_of_the_running_cell_has_its_line_and_no_name() -> None:
    found = calling("x = 1\nx / 0\n")
    assert (found["cell"], found["line"], found["function"]) == (None, 2, None)


def test_an_error_outside_of_all_known_cells_has_no_line() -> None:
    helper = cell(HELPER, "def helper():\n    return 1 / 0\n")["helper"]
    found = described(helper, running=None)
    assert (found["cell"], found["line"]) == (None, None)


def test_a_syntax_error_of_a_graded_cell_has_line_and_text() -> None:
    found = described(lambda: cell(TRAIN, "x = 1\ny = = 2\n"), running=TRAIN)
    assert (found["cell"], found["line"], found["source_line"]) == ("train", 2, "y = = 2")
    assert "(" not in found["message"]


def test_a_syntax_error_of_a_text_that_is_no_cell_is_where_it_was_read() -> None:
    read = cell(TRAIN, "def read():\n    exec('\\n\\n\\n\\nx = = 1')\n")["read"]
    found = calling("read()", read=read)
    assert (found["cell"], found["line"]) == ("train", 2)


def test_a_syntax_error_that_says_no_file_is_of_the_running_cell() -> None:
    error = SyntaxError("EOF in multi-line statement", ("<tokenize>", 4, 1, "x = '''"))
    found = describe(error, FILES, TRAIN)
    assert (found["cell"], found["line"]) == ("train", 4)


def test_the_message_of_a_key_error_is_its_key() -> None:
    assert calling("{}['accuracy']")["message"] == "'accuracy'"


def test_an_exception_without_text_has_an_empty_message() -> None:
    assert calling("assert False")["message"] == ""


@pytest.mark.parametrize("error", [HostileText(), EndlessText()])
def test_an_exception_whose_text_cannot_be_read_says_so(error: Exception) -> None:
    assert describe(error, FILES)["message"] == "(its text could not be read)"


def test_a_huge_message_is_cut() -> None:
    assert len(describe(ValueError("x" * 10_000_000), FILES)["message"]) == MAX_TEXT


def test_colours_are_removed_from_a_message() -> None:
    assert describe(ValueError("\x1b[1mBad\x1b[0m"), FILES)["message"] == "Bad"


def test_a_huge_class_name_is_cut() -> None:
    error = type("E" * 1_000, (Exception,), {})()
    assert len(describe(error, FILES)["name"]) == 200


@pytest.mark.parametrize(
    ("filename", "yes"),
    [(TRAIN, True), ("<ipython-input-3-abc>", True), ("<string>", False), ("keras/a.py", False)],
)
def test_a_cell_is_known_by_its_file_name(filename: str, yes: bool) -> None:  # noqa: FBT001
    assert is_cell(filename) is yes
