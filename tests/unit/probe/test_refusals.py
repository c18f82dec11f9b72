"""What isolation refused is said in words, wherever the error came to light."""

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.isolation.confinement import Confinement
from grader.probe.refusals import COMMANDS, NETWORK, OTHERS, PROCESSES, Wording, behind

REFUSED = PermissionError(errno.EPERM, os.strerror(errno.EPERM))
ROOT = "/tmp/grader-1-abc"  # noqa: S108 - a name of that kind


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


def wording(*layers: str, root: str = ROOT) -> Wording:
    return Wording(Confinement(root, layers, 1))


def test_it_stands_before_the_text_of_the_exception() -> None:
    said = wording("seccomp").of(socket.gaierror(), "URL fetch failure")
    assert said == f"{NETWORK}: URL fetch failure"


def test_what_isolation_does_not_refuse_is_as_it_was() -> None:
    assert wording().of(socket.gaierror(), "URL fetch failure") == "URL fetch failure"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (f"{ROOT}/notebooks/images.csv", "images.csv"),
        (f"{ROOT}/notebooks", "."),
        (f"{ROOT}/data/happy_or_sad", "../data/happy_or_sad"),
        (f"{ROOT}/home/.keras/models", "~/.keras/models"),
        (f"{Path(pytest.__file__).parents[1]}/keras/a.py", "keras/a.py"),
        ("/content/images", "/content/images"),
    ],
)
def test_paths_of_this_machine_are_told_as_the_notebook_sees_them(path: str, said: str) -> None:
    assert wording().of(OSError(), f"No such file: '{path}'") == f"No such file: '{said}'"


def test_a_link_to_the_folder_is_none_that_is_told(tmp_path: Path) -> None:
    link = tmp_path / "link"
    (tmp_path / "run").mkdir()
    link.symlink_to(tmp_path / "run")
    said = wording(root=str(link)).of(OSError(), f"'{tmp_path}/run/home' '{link}/home'")
    assert said == "'~' '~'"
