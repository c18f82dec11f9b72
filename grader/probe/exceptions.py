"""What an exception says: its class, its words, and the line of which cell it came from."""

import linecache
import re
import traceback
from collections.abc import Iterator, Mapping
from types import FrameType, TracebackType
from typing import Any

from grader.probe.channel import MAX_NAME, text

_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def describe(
    error: BaseException, files: Mapping[str, str], default: str | None = None
) -> dict[str, Any]:
    """Describe an exception.

    Args:
        error: The exception.
        files: Names of cells by the file name under which their code was compiled.
        default: The cell to name when the exception came from its top level.
    """
    line, function, filename = _where(error)
    return {
        "name": text(type(error).__name__, MAX_NAME),
        "message": _message(error),
        "line": line,
        "function": text(function, MAX_NAME) if function else None,
        "cell": files.get(filename or "", default),
        "source_line": _source_line(error, filename, line),
    }


def _message(error: BaseException) -> str:
    try:
        words = error.msg if isinstance(error, SyntaxError) else str(error)
    except Exception:  # noqa: BLE001 - a student's __str__ may raise anything
        words = "(its text could not be read)"
    return text(_ANSI.sub("", str(words)))


def _where(error: BaseException) -> tuple[int | None, str | None, str | None]:
    if isinstance(error, SyntaxError):
        return error.lineno, None, error.filename
    line, function, filename = None, None, None
    for frame, number in frames(error.__traceback__):
        if is_cell(frame.f_code.co_filename):
            line, filename = number, frame.f_code.co_filename
            name = frame.f_code.co_name
            function = None if name == "<module>" else name
    return line, function, filename


def _source_line(error: BaseException, filename: str | None, line: int | None) -> str:
    if isinstance(error, SyntaxError):
        return text((error.text or "").strip())
    return text(linecache.getline(filename, line).strip()) if filename and line else ""


def is_cell(filename: str) -> bool:
    """Whether a file name is one that IPython gives to a cell."""
    return "ipykernel_" in filename or filename.startswith("<ipython-input")


def frames(start: TracebackType | None) -> Iterator[tuple[FrameType, int]]:
    """Frames of a traceback, outermost first, with their lines."""
    yield from traceback.walk_tb(start)
