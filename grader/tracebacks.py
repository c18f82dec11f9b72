"""Which line of an author's code an exception comes from."""

import traceback
from collections.abc import Callable
from pathlib import Path
from types import CodeType

Line = tuple[Path, int | None]


def last_line(code: CodeType, error: BaseException, is_own: Callable[[Path], bool]) -> Line:
    """Return the file and the author's last line before an exception.

    Args:
        code: Of the author's function that was called.
        error: What calling it has raised.
        is_own: Tells whether a file is the author's.

    Returns:
        Where the function begins, if none of its lines has raised.
    """
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if is_own(Path(frame.filename))]
    if own:
        return Path(own[-1].filename), own[-1].lineno
    return Path(code.co_filename), code.co_firstlineno
