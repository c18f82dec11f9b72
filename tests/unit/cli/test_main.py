import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from grader import __version__
from grader.cli import FAULT, INTERRUPTED
from grader.pipeline import Pipeline

Grader = Callable[..., CompletedProcess[str]]
CHECK = ("check", "class/empty.ipynb")


def help_of(*command: str) -> str:
    return subprocess.run([*command, "--help"], capture_output=True, text=True, check=True).stdout


@pytest.mark.usefixtures("without_kernels")
def test_a_fault_that_is_known_takes_one_line(grader: Grader) -> None:
    ended = grader(*CHECK)
    assert (ended.returncode, ended.stderr) == (FAULT, "error: No kernel could be started.\n")


def test_an_unforeseen_fault_is_told_as_one(
    grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pipeline, "grade", lambda *_: 1 / 0)
    ended = grader(*CHECK)
    told = ended.stderr.splitlines()[-1]
    assert (ended.returncode, told) == (FAULT, "This is a fault of the grader, please report it.")


def test_a_missing_package_is_told_in_a_line(
    grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "grader.examination", None)
    ended = grader("doctor")
    assert (ended.returncode, ended.stderr.count("\n")) == (FAULT, 1)


def test_an_interruption_is_told_in_a_line(grader: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Pipeline, "grade", interrupt)
    ended = grader("grade", "class", "--out", "out")
    assert (ended.returncode, ended.stderr) == (
        INTERRUPTED,
        "interrupted; what was finished is kept\n",
    )


def test_the_module_is_the_console_script() -> None:
    script = shutil.which("grader", path=Path(sys.executable).parent)
    assert script is not None
    module = help_of(sys.executable, "-m", "grader").replace("python -m grader", "grader")
    assert help_of(script) == module


def test_the_version_is_the_packages() -> None:
    assert metadata.version("notebook-grader") == __version__


def test_the_version_is_told(grader: Grader) -> None:
    ended = grader("--version")
    assert (ended.returncode, ended.stdout) == (0, f"grader {__version__}\n")


def test_help_still_says_what_the_whole_is_for(grader: Grader) -> None:
    assert "Grades deep-learning notebooks" in grader("--help").stdout
