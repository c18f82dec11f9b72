"""What ``doctor --prove`` says in each setting: who runs it, and what Linux offers.

Everyday, in two of them; ``--prove`` has all.
"""

import subprocess
import sys
from collections.abc import Callable

import pytest
import settings
from hostile import apart
from settings import WITH_FLOOR, WITHOUT, Setting

from grader import overuse
from grader.isolation import landlock
from grader.isolation.trials import TRIALS

pytestmark = pytest.mark.skipif(not settings.KNOWN, reason="this system lacks a floor anyway")
WAYS = [
    *((trial.__doc__ or "").rstrip(".") for trial in TRIALS),
    *(way.what for way in overuse.ALL),
]
# What an older Linux has of Landlock, for this process and for those that make the trials.
OLDER = "from grader.isolation import landlock; landlock.version = lambda: {version}\n"
EMULATED = """
from grader.isolation import proving
proving.CHILD = {older!r} + proving.CHILD
from grader.cli import main
main()
"""
Doctor = Callable[[], "subprocess.CompletedProcess[str]"]


def in_setting(setting: Setting) -> Doctor:
    return lambda: subprocess.run(
        [sys.executable, "-m", "grader", "doctor", "--prove"],
        preexec_fn=setting, capture_output=True, text=True, check=False,
    )  # fmt: skip


def on_linux(version: int) -> Doctor:
    older = OLDER.format(version=version)
    code = older + EMULATED.format(older=older)
    return lambda: subprocess.run(
        [sys.executable, "-c", code, "doctor", "--prove"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def by_an_ordinary_user() -> "subprocess.CompletedProcess[str]":
    if not apart.possible():
        pytest.skip("only root can become an ordinary user; the other tests are made by one here")
    return apart.ran("ordinary user", "-m", "grader", "doctor", "--prove")


SINCE_FLOOR = range(landlock.FLOOR, 8)
STOPPED: dict[str, Doctor] = {
    "as it is": in_setting(settings.as_it_is),
    **{each.__name__: in_setting(each) for each in WITH_FLOOR[1:]},
    **{f"with Landlock {version}": on_linux(version) for version in SINCE_FLOOR},
    "an ordinary user": by_an_ordinary_user,
}
NOT_STOPPED: dict[str, Doctor] = {
    "without_landlock": in_setting(settings.without_landlock),
    **{each.__name__: in_setting(each) for each in WITHOUT},
    **{f"with Landlock {version}": on_linux(version) for version in range(landlock.FLOOR)},
}
EVERYDAY = ("as it is", "without_landlock")


def said(doctors: dict[str, Doctor], name: str, config: pytest.Config) -> tuple[int, list[str]]:
    if name not in EVERYDAY and not config.getoption("--prove"):
        pytest.skip("it takes minutes, and --prove was not given")
    ended = doctors[name]()
    return ended.returncode, ended.stdout.splitlines()


def told(lines: list[str], mark: str) -> list[str]:
    """Return what was tried, of the lines with a mark."""
    ways = (line.removeprefix(mark).strip().rpartition(": ")[0] for line in lines)
    return [way for way in ways if way in WAYS]


@pytest.mark.parametrize("name", STOPPED)
def test_every_way_is_tried_and_stopped(name: str, pytestconfig: pytest.Config) -> None:
    code, lines = said(STOPPED, name, pytestconfig)
    assert (code, told(lines, "ok")) == (0, WAYS), "\n".join(lines)


@pytest.mark.parametrize("name", NOT_STOPPED)
def test_what_is_not_stopped_is_said(name: str, pytestconfig: pytest.Config) -> None:
    code, lines = said(NOT_STOPPED, name, pytestconfig)
    assert code == 1
    assert told(lines, "FAILED") != []
    assert sorted([*told(lines, "FAILED"), *told(lines, "ok")]) == sorted(WAYS)
