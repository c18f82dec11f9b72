"""What an exception says: its class, its words, and the line of which cell it came from."""

import linecache
import re
import traceback
from collections.abc import Iterator, Mapping
from types import FrameType, TracebackType
from typing import Any

from grader.probe.channel import MAX_NAME, MAX_TEXT, text

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_Place = tuple[int | None, str | None, str | None]


def describe(
    error: BaseException, files: Mapping[str, str], running: str | None = None
) -> dict[str, Any]:
    """Describe an exception.

    Args:
        error: The exception.
        files: Names of graded cells by the file name under which their code was compiled.
        running: File name of the cell that ran, if one did.
    """
    line, function, filename = _where(error, files, running)
    return {
        "name": text(type(error).__name__, MAX_NAME),
        "message": _message(error),
        "line": line,
        "function": text(function, MAX_NAME) if function else None,
        "cell": files.get(filename or ""),
        "source_line": _source_line(error, filename, line),
    }


def _message(error: BaseException) -> str:
    try:
        words = str(error.msg if isinstance(error, SyntaxError) else error)
    except BaseException:  # noqa: BLE001 - a student's __str__ may raise anything, or never end
        words = "(its text could not be read)"
    return text(_ANSI.sub("", words[: 4 * MAX_TEXT]))


def _where(error: BaseException, files: Mapping[str, str], running: str | None) -> _Place:
    """Return the innermost line of a graded cell, else of the cell that ran.

    A line of another cell, such as a student's helper, would be looked up in the wrong one.
    """
    if isinstance(error, SyntaxError) and is_cell(error.filename or ""):
        return error.lineno, None, error.filename
    places = [_place(frame, line) for frame, line in frames(error.__traceback__)]
    graded = [place for place in places if place[2] in files]
    own = [place for place in places if running is not None and place[2] == running]
    if graded or own:
        return (graded or own)[-1]
    unread = isinstance(error, SyntaxError) and not any(is_cell(str(place[2])) for place in places)
    return (error.lineno if unread else None), None, running  # type: ignore[attr-defined]


def _place(frame: FrameType, line: int) -> _Place:
    name = frame.f_code.co_name
    return line, None if name == "<module>" else name, frame.f_code.co_filename


def _source_line(error: BaseException, filename: str | None, line: int | None) -> str:
    if isinstance(error, SyntaxError) and error.lineno == line:
        return text((error.text or "").strip())
    return text(linecache.getline(filename, line).strip()) if filename and line else ""


def is_cell(filename: str) -> bool:
    """Whether a file name is one that IPython gives to a cell."""
    return "ipykernel_" in filename or filename.startswith("<ipython-input")


def frames(start: TracebackType | None) -> Iterator[tuple[FrameType, int]]:
    """Frames of a traceback, outermost first, with their lines."""
    yield from traceback.walk_tb(start)
