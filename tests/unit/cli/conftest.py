import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from grader import cli
from grader.errors import KernelFault
from grader.pipeline import Pipeline

Grader = Callable[..., CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a class of files none of which can be graded; its folder's is the current one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "empty.ipynb").touch()
    (tmp_path / "class" / "page.ipynb").write_text("<html></html>")
    return tmp_path


@pytest.fixture
def grader(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Grader:
    """Run the command line as its console script does, but in this process."""
    assert folder.is_dir()

    def grader(*arguments: str) -> CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["grader", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert isinstance(ended.value.code, int)
        return CompletedProcess(arguments, ended.value.code, *capsys.readouterr())

    return grader


@pytest.fixture
def without_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KernelFault("No kernel could be started.")

    monkeypatch.setattr(Pipeline, "grade", fail)
