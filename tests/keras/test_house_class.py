"""The sample class of "The Happy House" gets what its manifest says."""

import json
import subprocess
import sys
from typing import Any

import house_class
import pytest
from house_class import FOLDER

MANIFEST = {entry["submission"]: entry for entry in house_class.manifest()}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    out = tmp_path_factory.mktemp("class")
    command = [sys.executable, "-m", "grader", "grade", str(FOLDER), "--json", "--out", str(out)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=1200, check=True)
    return {report["submission"]["path"]: report for report in json.loads(ended.stdout)["reports"]}


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


@pytest.mark.parametrize("student", ["barbara", "donald"])
def test_the_courses_notebook_is_known_as_such(
    student: str, reports: dict[str, dict[str, Any]]
) -> None:
    report = reports[f"{student}/{house_class.FILE}"]
    assert report["assignment"]["layout"] == "course"
