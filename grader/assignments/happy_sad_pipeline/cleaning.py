"""The checks of cleaning: what becomes of files, which of them are doubles, and what is changed."""

from typing import Any

from grader.assignments.happy_sad_pipeline.parts import (
    cleaned,
    doubles,
    happy_sad_pipeline,
    sorted_files,
)
from grader.assignments.happy_sad_pipeline.sorting import CONVERT, KEEP, LIST, REMOVE
from grader.authoring import Expectation, FunctionView, expect

cleaning = happy_sad_pipeline.group("cleaning")
_MOST = 3


def _agrees_in(function: FunctionView, *keys: str) -> Expectation:
    """Each call returned what it should under some keys of a dictionary."""
    for call in function.calls:
        if call.answer.outcome != "value" or not isinstance(call.value, dict):
            return call.agrees()
        for key in keys:
            if key not in call.value:
                return expect(met=False, expected=f"a list under {key!r}", actual="no such key")
            if (found := _unlike(call.expected[key], call.value[key])) is not None:
                return expect(False, f"{call.words}: the right files under {key!r}", found)  # noqa: FBT003
    right = f"the right files under {' and '.join(map(repr, keys))}"
    return expect(bool(function.calls), right, right) if function.calls else function.agrees()


def _unlike(right: list[Any], found: object) -> str | None:
    """Say in which items two lists differ, whatever their order; None if they do not."""
    if not isinstance(found, list | tuple | set):
        return "no list"
    listed = [_plain(each) for each in found]
    wanted = [_plain(each) for each in right]
    without = [each for each in wanted if each not in listed]
    beside = [each for each in listed if each not in wanted]
    if not (without or beside or len(listed) != len(wanted)):
        return None
    told = [*_told("without", without), *_told("with", beside)]
    return "; ".join(told) or "one of them twice"


def _plain(item: object) -> str:
    return (
        " = ".join(map(str, sorted(map(str, item))))
        if isinstance(item, list | tuple | set)
        else str(item)
    )


def _told(how: str, names: list[str]) -> list[str]:
    shown = ", ".join(name[:40] for name in names[:_MOST])
    return [f"{how} {shown}{', …' if len(names) > _MOST else ''}"] if names else []


@cleaning.check(
    sorted_files, points=2, hint="What does the loader look at first, and what must a file hold?"
)
def kept(function: FunctionView) -> Expectation:
    """Pictures that the loader reads are kept, whatever the end of their name says of them."""
    return _agrees_in(function, KEEP)


@cleaning.check(
    sorted_files,
    points=2,
    hint="What is a whole picture to Pillow, and not read by the loader, be it for name or format?",
)
def to_convert(function: FunctionView) -> Expectation:
    """Pictures that the loader passes over or cannot read are to be converted."""
    return _agrees_in(function, CONVERT)


@cleaning.check(
    sorted_files,
    points=3,
    hint="On which files does the loader fail, and which of them does it not even open?",
)
def to_remove(function: FunctionView) -> Expectation:
    """What the loader would fail at is to be removed; what it passes over is only listed."""
    return _agrees_in(function, REMOVE, LIST)


@cleaning.check(doubles, points=1, hint="Is it the name of a file that counts, or what it holds?")
def twice(function: FunctionView) -> Expectation:
    """Files that are there twice under one label are found."""
    return _agrees_in(function, "one label")


@cleaning.check(
    doubles, points=2, hint="Is a file compared with those of the other class folder as well?"
)
def both_labels(function: FunctionView) -> Expectation:
    """Files that are there under both labels are found."""
    return _agrees_in(function, "both labels")


@cleaning.check(
    cleaned,
    points=2,
    hint="Which files does the loader read in the end, per class? Are the four lists right?",
)
def counted(function: FunctionView) -> Expectation:
    """The files of each class are counted, before and after."""
    return function.agrees()


def _leaves(function: FunctionView, *, change: bool) -> Expectation:
    """Calls that were asked for a change, or those that were not, left the right files."""
    asked = [call for call in function.calls if ("change=True" in call.words) is change]
    each = [call.leaves_files() for call in asked if call.answer.outcome == "value"]
    if len(each) < len(asked) or not each:
        return next(
            (call.agrees() for call in asked if call.answer.outcome != "value"), function.agrees()
        )
    return next((found for found in each if not found.met), each[0])


@cleaning.check(cleaned, points=3, hint="Which lines change a file, and when are they to run?")
def nothing_unasked(function: FunctionView) -> Expectation:
    """Nothing is changed or removed unless that is asked for."""
    return _leaves(function, change=False)


@cleaning.check(
    cleaned,
    points=2,
    hint="What becomes of each list when change is True, and what stays? Are the four lists right?",
)
def changed_as_asked(function: FunctionView) -> Expectation:
    """Where it is asked for, files are converted and removed, and no others."""
    return _leaves(function, change=True)
