"""What `make` says when there is no Python that it can use."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Made = subprocess.CompletedProcess[str]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def make(checkout: Path, python: str) -> Made:
    command = ["make", ".venv", f"PYTHON={python}"]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)


def python_of_debian(folder: Path, version: str) -> str:
    """Write a Python that lacks what Debian has in a package of its own."""
    program = folder / f"python{version}"
    program.write_text(
        f'#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\necho python{version}-venv\n'
    )
    program.chmod(0o755)
    return str(program)


def test_no_python_is_told(checkout: Path) -> None:
    assert "Python 3.11 or later is needed and was not found." in make(checkout, "").stderr


@pytest.mark.parametrize("version", ["3.11", "3.12"])
def test_a_missing_package_of_debians_is_named(checkout: Path, version: str) -> None:
    told = make(checkout, python_of_debian(checkout, version)).stderr
    assert f"apt-get install python{version}-venv\n" in told


def test_without_that_package_nothing_is_begun(checkout: Path) -> None:
    ended = make(checkout, python_of_debian(checkout, "3.11"))
    assert (ended.returncode, (checkout / ".venv").exists()) == (2, False)
