"""What isolation refused is said in words, wherever the error came to light."""

import errno
import os
import socket
from collections.abc import Callable
from typing import Any

import pytest

from grader.probe.refusals import COMMANDS, NETWORK, OTHERS, PROCESSES, behind, worded

REFUSED = PermissionError(errno.EPERM, os.strerror(errno.EPERM))


def met_by(module: str, error: BaseException = REFUSED) -> BaseException:
    """Return an error as code of that module meets it."""
    names: dict[str, Any] = {"__name__": module, "error": error.with_traceback(None)}
    exec("def meet():\n    raise error", names)  # noqa: S102 - a stand-in for that module
    with pytest.raises(type(error)) as met:
        names["meet"]()
    return met.value


def caused(error: BaseException, *, by: BaseException) -> BaseException:
    error.__cause__ = by
    return error


def in_the_course_of(error: BaseException, other: BaseException) -> BaseException:
    error.__context__ = other
    return error


def itself() -> BaseException:
    error = ValueError()
    return caused(error, by=error)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: met_by("subprocess"), COMMANDS),
        (lambda: met_by("multiprocessing.popen_fork"), PROCESSES),
        (lambda: met_by("socket"), NETWORK),
        (lambda: met_by("__main__"), OTHERS),
        (lambda: REFUSED, OTHERS),
        (lambda: socket.gaierror(-3, "Temporary failure in name resolution"), NETWORK),
        (lambda: caused(ValueError("no images"), by=met_by("subprocess")), COMMANDS),
        (lambda: in_the_course_of(OSError("no images"), socket.gaierror()), NETWORK),
        (lambda: PermissionError(errno.EACCES, "Permission denied", "/etc/shadow"), ""),
        (lambda: PermissionError("of a student's own"), ""),
        (lambda: ValueError("no images"), ""),
        (itself, ""),
    ],
)
def test_what_was_refused_is_found(make: Callable[[], BaseException], words: str) -> None:
    assert behind(make()) == words


def test_it_stands_before_the_text_of_the_exception() -> None:
    assert worded(socket.gaierror(), "URL fetch failure") == f"{NETWORK}: URL fetch failure"


def test_what_was_not_refused_has_its_own_text_alone() -> None:
    assert worded(ValueError(), "no images") == "no images"
