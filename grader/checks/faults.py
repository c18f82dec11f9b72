"""In which line of its author's a check raised."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader.tracebacks import last_line

_KIT = Path(__file__).parents[1]
_INSTALLED = frozenset({"site-packages", "dist-packages"})


def place(function: Callable[..., Any], error: BaseException) -> str:
    """Return the author's last line before an exception, in brackets.

    Args:
        function: The check of an author's.
        error: What calling it has raised.

    Returns:
        Where the check begins, if it was called with too many arguments or returned what it should
        not; empty where that is not known.
    """
    code = getattr(inspect.unwrap(function), "__code__", None)
    if code is None:
        return ""
    check = Path(code.co_filename)
    file, line = last_line(code, error, lambda other: _is_beside(other, check))
    return f" ({file.name}, line {line})"


def _is_beside(file: Path, check: Path) -> bool:
    """Whether a file is the author's: that of the check, or in its folder, where no others are."""
    if file == check:
        return True
    if check.parent.name in _INSTALLED or not file.is_relative_to(check.parent):
        return False
    # A folder may have the environment in it that the kit is installed in, or the kit itself.
    inside = file.relative_to(check.parent).parts
    return not _INSTALLED & {*inside} and _KIT not in file.parents
