"""In which line of its author's a check raised."""

import inspect
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

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
    check, frames = Path(code.co_filename), traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if _is_beside(Path(frame.filename), check)]
    if own:
        return _in(Path(own[-1].filename), own[-1].lineno)
    return _in(check, code.co_firstlineno)


def _is_beside(file: Path, check: Path) -> bool:
    """Whether a file is the author's: that of the check, or in its folder, where no others are."""
    if file == check:
        return True
    if check.parent.name in _INSTALLED or not file.is_relative_to(check.parent):
        return False
    # A folder may have the environment in it that the kit is installed in, or the kit itself.
    inside = file.relative_to(check.parent).parts
    return not _INSTALLED & {*inside} and _KIT not in file.parents


def _in(file: Path, line: int | None) -> str:
    return f" ({file.name}, line {line})"
