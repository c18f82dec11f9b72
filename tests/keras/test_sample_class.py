"""The sample class gets what its manifest says, graded by the command that users type."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sample_class
from sample_class import FOLDER, SAMPLES

MANIFEST = {entry["submission"]: entry for entry in sample_class.manifest()}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Grade the class, half of it on each of two cores."""
    folder = tmp_path_factory.mktemp("class")
    students = [sample.student for sample in SAMPLES]
    halves = [_start(folder / str(half), students[half::2]) for half in (0, 1)]
    output = [half.communicate(timeout=1200) for half in halves]
    assert [half.returncode for half in halves] == [0, 0], output
    documents = [json.loads(stdout) for stdout, _ in output]
    return {
        report["submission"]["path"]: report
        for document in documents
        for report in document["reports"]
    }


def _start(folder: Path, students: list[str]) -> "subprocess.Popen[str]":
    submissions = folder / "submissions"
    submissions.mkdir(parents=True)
    for student in students:
        (submissions / student).symlink_to(FOLDER / student, target_is_directory=True)
    command = [sys.executable, "-m", "grader", "grade", str(submissions), "--json"]
    return subprocess.Popen(
        [*command, "--out", str(folder / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("path", MANIFEST)
def test_a_submission_gets_what_the_manifest_says(
    path: str, reports: dict[str, dict[str, Any]]
) -> None:
    report, expected = reports[path], MANIFEST[path]
    lost = sorted(check["id"] for check in report["checks"] if check["status"] != "passed")
    found = (report["verdict"], report["score"]["earned"], lost)
    assert found == (expected["verdict"], expected["score"], expected["loses"])


@pytest.mark.parametrize("path", [path for path, entry in MANIFEST.items() if entry["issues"]])
def test_what_was_odd_about_a_submission_is_named(
    path: str, reports: dict[str, dict[str, Any]]
) -> None:
    named = {issue["code"] for issue in reports[path]["issues"]}
    assert set(MANIFEST[path]["issues"]) <= named
