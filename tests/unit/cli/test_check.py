import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
import strays
from happy_or_sad.submission import ROOT

from grader.cli import USAGE
from grader.pipeline import Graded, Pipeline

Grader = Callable[..., CompletedProcess[str]]
EMPTY = "class/empty.ipynb"


def test_a_rejected_notebook_does_not_pass(grader: Grader) -> None:
    assert grader("check", EMPTY).returncode == 1


def test_the_student_reads_that_it_was_rejected(grader: Grader) -> None:
    assert "Could not be graded" in grader("check", EMPTY).stdout


def test_the_student_reads_why_it_was_rejected(grader: Grader) -> None:
    assert "The file is empty, a notebook was expected." in grader("check", EMPTY).stdout


def test_the_student_reads_what_to_do(grader: Grader) -> None:
    assert "Open it in Jupyter" in grader("check", EMPTY).stdout


def test_quiet_leaves_only_the_exit_code(grader: Grader) -> None:
    ended = grader("check", EMPTY, "--quiet")
    assert (ended.stdout, ended.stderr) == ("", "")


def test_json_is_one_document_and_nothing_else(grader: Grader) -> None:
    ended = grader("check", EMPTY, "--json")
    assert (json.loads(ended.stdout)["verdict"], ended.stderr) == ("rejected", "")


def test_what_an_authors_code_prints_is_no_part_of_the_json(
    grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    grade = Pipeline.grade

    def printing(*given: Any) -> Graded:
        sys.stdout.write("printed\n")
        return grade(*given)

    monkeypatch.setattr(Pipeline, "grade", printing)
    for command in (("check", EMPTY), ("grade", "class", "--out", "out")):
        ended = grader(*command, "--json")
        assert json.loads(ended.stdout)
        assert "printed\n" in ended.stderr


def test_json_is_utf_8_whatever_the_terminal_is(folder: Path) -> None:
    (folder / "é.ipynb").touch()
    ended = subprocess.run(
        [sys.executable, "-m", "grader", "check", "é.ipynb", "--json"],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
    )
    assert json.loads(ended.stdout.decode())["submission"]["path"] == "é.ipynb"


def test_reports_are_written_into_the_folder(grader: Grader, folder: Path) -> None:
    grader("check", EMPTY, "--out", "out")
    assert {path.name for path in (folder / "out").iterdir()} == {"report.html", "report.json"}


def test_the_student_reads_where_the_report_is(grader: Grader) -> None:
    assert "Full report: out/report.html" in grader("check", EMPTY, "--out", "out").stdout


def test_without_a_folder_nothing_is_written(grader: Grader, folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    grader("check", EMPTY)
    assert sorted(folder.rglob("*")) == before


def test_the_notebook_is_not_written_over(grader: Grader, folder: Path) -> None:
    (folder / "executed.ipynb").touch()
    ended = grader("check", "executed.ipynb", "--out", ".")
    assert (ended.returncode, ended.stderr.startswith("error: executed.ipynb is where")) == (
        USAGE,
        True,
    )


@pytest.fixture
def images(folder: Path) -> Path:
    """Make a copy of the images with one more."""
    made = Path(shutil.copytree(ROOT / "data" / "happy_or_sad", folder / "images"))
    shutil.copyfile(made / strays.IMAGE, made / "sad" / "mine.png")
    return made


def test_images_that_are_no_part_of_the_dataset_are_named(grader: Grader, images: Path) -> None:
    told = grader("check", EMPTY, "--data", f"happy-or-sad={images}").stderr
    assert "Graded on as well, though no part of happy-or-sad: sad/mine.png in " in told


def test_a_class_is_told_of_them_too(grader: Grader, images: Path) -> None:
    told = grader("grade", "class", "--out", "out", "--data", f"happy-or-sad={images}").stderr
    assert "though no part of happy-or-sad: sad/mine.png" in told


def test_quiet_does_not_name_them(grader: Grader, images: Path) -> None:
    assert grader("check", EMPTY, "--data", f"happy-or-sad={images}", "-q").stderr == ""
