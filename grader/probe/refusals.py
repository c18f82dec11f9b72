"""Says in words what isolation refused: it refuses below Python, by an error that tells nothing."""

import errno
import os
import socket
import traceback
from collections.abc import Callable
from typing import Any

from grader.inspection.plain import attribute, text

COMMANDS = "Commands are not run while grading"
PROCESSES = "No other processes are started while grading"
NETWORK = "There is no network while grading"
OTHERS = "That is not permitted while grading"
# What was refused, by the module that met it.
_MET_BY = {"subprocess": COMMANDS, "pty": COMMANDS, "multiprocessing": PROCESSES, "socket": NETWORK}
_LONGEST_CHAIN = 10


def worded(error: BaseException, message: str) -> str:
    """Return the text of an exception, and before it what was refused, if it came of that.

    Args:
        error: The exception.
        message: Its own text.
    """
    refused = behind(error)
    return text(f"{refused}: {message}") if refused else message


def behind(error: BaseException) -> str:
    """Say what was refused, if an exception came of that; else, return nothing.

    Args:
        error: The exception, or one that a library raised in its place.
    """
    found: BaseException | None = error
    for _ in range(_LONGEST_CHAIN):
        if found is None:
            break
        if isinstance(found, socket.gaierror):
            return NETWORK
        if isinstance(found, PermissionError) and attribute(found, "errno") == errno.EPERM:
            return _MET_BY.get(_met_by(found), OTHERS)
        found = found.__cause__ or found.__context__
    return ""


def _met_by(error: BaseException) -> str:
    """Return the module whose code met an exception."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return str(frames[-1].f_globals.get("__name__", "")).partition(".")[0] if frames else ""


def note_commands(leave_out: Callable[[str], None]) -> None:
    """Have it noted when ``os.system`` is called: it does nothing, and raises nothing.

    Args:
        leave_out: Is told of each command.
    """
    system = os.system

    def noting(command: Any) -> int:
        leave_out(f"os.system({os.fsdecode(command)!r})")
        return system(command)

    os.system = noting
