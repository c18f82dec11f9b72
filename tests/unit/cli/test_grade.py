import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from xml.etree import ElementTree as ET

import pytest

from grader.cli import FAULT
from grader.cli.grade import _any_below
from grader.report.document import Report, ScoreRow

Grader = Callable[..., CompletedProcess[str]]
GRADE = ("grade", "class", "--out", "out")


def report(earned: int, possible: int) -> Report:
    score = ScoreRow(
        earned=earned,
        possible=possible,
        pending=0,
        fraction=earned / possible,
        passed=False,
        pass_mark=0.8,
    )
    return Report.model_construct(score=score)


def test_a_class_of_broken_files_is_graded(grader: Grader) -> None:
    assert grader(*GRADE).returncode == 0


def test_every_file_has_a_line_in_the_table(grader: Grader, folder: Path) -> None:
    grader(*GRADE)
    with (folder / "out" / "grades.csv").open(newline="") as file:
        found = [(row["submission"], row["verdict"]) for row in csv.DictReader(file)]
    assert found == [("empty", "rejected"), ("page", "rejected")]


@pytest.mark.parametrize("name", ["report.html", "report.json"])
def test_every_file_has_its_reports(grader: Grader, folder: Path, name: str) -> None:
    grader(*GRADE)
    found = sorted(path.parent.name for path in folder.glob(f"out/submissions/*/{name}"))
    assert found == ["empty", "page"]


def test_junit_has_a_suite_for_each(grader: Grader, folder: Path) -> None:
    grader(*GRADE, "--junit", "ci/junit.xml")
    root = ET.fromstring((folder / "ci" / "junit.xml").read_text())  # noqa: S314 - our own
    assert [suite.get("name") for suite in root] == ["empty", "page"]


def test_a_log_that_is_not_utf_8_takes_it_too(folder: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "grader", *GRADE],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
    )
    assert "x not passed" in ended.stdout


def test_all_reports_are_one_json_document(grader: Grader) -> None:
    reports = json.loads(grader(*GRADE, "--json").stdout)["reports"]
    assert [report["submission"]["id"] for report in reports] == ["empty", "page"]


@pytest.mark.parametrize("flag", ["--json", "--quiet"])
def test_errors_are_all_that_is_told_besides(grader: Grader, flag: str) -> None:
    assert grader(*GRADE, flag).stderr == ""


def test_quiet_prints_nothing(grader: Grader) -> None:
    assert grader(*GRADE, "-q").stdout == ""


def test_grading_again_gives_the_same_files(grader: Grader, folder: Path) -> None:
    grader("grade", "class", "--out", "class/graded")
    before = sorted(folder.rglob("*"))
    grader("grade", "class", "--out", "class/graded")
    assert sorted(folder.rglob("*")) == before


def test_results_may_go_into_the_class_itself(grader: Grader, folder: Path) -> None:
    grader("grade", "class", "--out", "class")
    before = sorted(folder.rglob("*"))
    grader("grade", "class", "--out", "class")
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(("percent", "code"), [("0", 0), ("0.5", 1)])
def test_a_grade_may_be_too_low(grader: Grader, percent: str, code: int) -> None:
    assert grader(*GRADE, "--fail-under", percent).returncode == code


@pytest.mark.parametrize("percent", range(101))
def test_a_grade_is_not_below_itself(percent: int) -> None:
    assert not _any_below([report(percent, 100)], percent)


def test_a_grade_just_below_is_below() -> None:
    assert _any_below([report(100, 100), report(299, 300)], 99.7)


@pytest.mark.usefixtures("without_kernels")
def test_a_fault_of_the_grader_has_its_exit_code(grader: Grader) -> None:
    assert grader(*GRADE).returncode == FAULT


@pytest.mark.usefixtures("without_kernels")
def test_a_fault_of_the_grader_names_the_submissions(grader: Grader) -> None:
    told = grader(*GRADE).stderr.splitlines()[-1]
    assert told == "error: 2 of 2 were not graded: empty, page."
