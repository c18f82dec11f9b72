"""A check that raises is told with its author's file and line."""

import inspect
import json
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from grader.checks import Absent, Check, Expectation, Need, ProbeFault, expect, runner

Judge = Callable[..., Any]


def _calls_wrongly(thing: Any) -> Expectation:
    return expect(thing, 1, 2, "hint", "surplus")  # type: ignore[call-arg]


def _divides(thing: int) -> Expectation:
    return expect(thing / 0 > 1, 1, 2)


def _has_a_library_raise(_: Any) -> Expectation:
    return expect(json.loads("{"), 1, 2)


def _by_a_helper(thing: Any) -> Expectation:
    return _calls_wrongly(thing)


def _takes_two(_: Any, __: Any) -> Expectation:
    return expect(True, 1, 2)  # noqa: FBT003


def _returns_nothing(_: Any) -> None: ...


def _decorated(function: Judge) -> Judge:
    @wraps(function)
    def wrapper(*arguments: Any) -> Any:
        return function(*arguments)

    return wrapper


def _actual(function: Judge, find: Callable[[Any], object] = lambda _: 1) -> str:
    check = Check(function, (Need("thing", "part", find),), "g", "part", 5, "")
    seen: Any = {}
    [found] = runner.run([check], seen)
    assert found.status.value == "errored"
    return found.actual


def _line(function: Judge, below: int) -> str:
    return f" (test_faults.py, line {inspect.getsourcelines(function)[1] + below})"


RAISES = {
    "a call that is wrong": (_calls_wrongly, _line(_calls_wrongly, 1)),
    "its own line": (_divides, _line(_divides, 1)),
    "a library that it calls": (_has_a_library_raise, _line(_has_a_library_raise, 1)),
    "a helper": (_by_a_helper, _line(_calls_wrongly, 1)),
    "too many arguments": (_takes_two, _line(_takes_two, 0)),
    "no expectation": (_returns_nothing, _line(_returns_nothing, 0)),
    "a decorated one": (_decorated(_divides), _line(_divides, 1)),
}


@pytest.mark.parametrize(("function", "place"), RAISES.values(), ids=RAISES)
def test_a_check_that_raised_is_told_with_its_line(function: Judge, place: str) -> None:
    assert _actual(function).endswith(place)


LIBRARIES = ("site-packages/numpy/core.py", ".venv/lib/python3.11/site-packages/grader/models.py")


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("check", ["assignment.py", "site-packages/areas.py"])
def test_a_library_in_the_folder_of_a_check_is_not_its_author_s(
    tmp_path: Path, library: str, check: str
) -> None:
    helps, raises = (_compiled(tmp_path / each, text) for each, text in (
        (library, "def raises(_):\n    1 / 0\n"),
        (check, "def check(thing):\n\n    raises(thing)\n"),
    ))  # fmt: skip
    raises["raises"] = helps["raises"]
    assert _actual(raises["check"]).endswith(f"({Path(check).name}, line 3)")


def _compiled(path: Path, text: str) -> dict[str, Any]:
    namespace: dict[str, Any] = {"__name__": path.stem}
    exec(compile(text, path, "exec"), namespace)  # noqa: S102 - as if it were in that file
    return namespace


def test_what_the_grader_could_not_observe_is_no_line_of_an_author() -> None:
    def fails(_: Any) -> object:
        raise ProbeFault("nothing observed")

    assert _actual(_divides, fails) == "ProbeFault: nothing observed"


def test_evidence_that_the_grader_fails_to_find_is_no_line_of_an_author() -> None:
    assert "test_faults.py" not in _actual(_divides, json.loads)


def test_what_an_author_says_is_absent_is_no_fault() -> None:
    def absent(_: Any) -> Expectation:
        raise Absent("part", "It is not there.")

    check = Check(absent, (Need("thing", "part", lambda _: 1),), "g", "part", 5, "")
    seen: Any = {}
    [found] = runner.run([check], seen)
    assert (found.status.value, found.actual) == ("failed", "It is not there.")
