"""What an exception says: its class, its words, and the line of which cell it came from."""

import linecache
import re
import traceback
from collections.abc import Iterator, Mapping
from types import FrameType, TracebackType
from typing import Any

from grader.inspection.plain import MAX_NAME, MAX_TEXT, text
from grader.probe.machine_paths import MachinePaths

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
# TensorFlow puts a traceback, which may be longer than what is kept, before what it has to say.
_TRACEBACK = re.compile(
    r"^(?:Detected at node [^\n]*\(most recent call last\):|[ \t]*File \"[^\n]*\", line \d+.*)\n+",
    re.MULTILINE,
)
_MOST_READ = 20 * MAX_TEXT
_MOST_BASES = 20
# A class of the student's may answer for itself with anything.
_name_of = type.__dict__["__name__"].__get__
_mro_of = type.__dict__["__mro__"].__get__
_Place = tuple[int | None, str | None, str | None]


def describe(
    error: BaseException,
    files: Mapping[str, str],
    running: str | None = None,
    paths: MachinePaths | None = None,
) -> dict[str, Any]:
    """Describe an exception.

    Args:
        error: The exception.
        files: Names of graded cells by the file name under which their code was compiled.
        running: File name of the cell that ran, if one did.
        paths: Shortens what the text tells of the machine.
    """
    line, function, filename = _where(error, files, running)
    return {
        "name": text(_name_of(type(error)), MAX_NAME),
        "message": text((paths or MachinePaths()).shorten(_message(error), files)),
        "line": line,
        "function": text(function, MAX_NAME) if function else None,
        "cell": files.get(filename or ""),
        "source_line": _source_line(error, filename, line),
        **_origin(error, filename),
    }


def _message(error: BaseException) -> str:
    try:
        words = str(error.msg if isinstance(error, SyntaxError) else error)
    except BaseException:  # noqa: BLE001 - a student's __str__ may raise anything, or never end
        words = "(its text could not be read)"
    return _TRACEBACK.sub("", _ANSI.sub("", words[:_MOST_READ]))


def _origin(error: BaseException, filename: str | None) -> dict[str, Any]:
    """Return what kind of exception it is, and whose code raised it."""
    innermost = next((frame for frame, _ in reversed([*frames(error.__traceback__)])), None)
    module = innermost.f_globals.get("__name__") if innermost else None
    bases = _mro_of(type(error))[1:-1][:_MOST_BASES]
    return {
        "bases": [text(_name_of(base), MAX_NAME) for base in bases],
        "module": text(module, MAX_NAME) if isinstance(module, str) else "",
        "direct": innermost is not None and innermost.f_code.co_filename == filename,
    }


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
