"""What is forged for "The Happy House" earns no more than it would without, and is named."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from happy_house.forged import FORGED, Forged

by_id = pytest.mark.parametrize("forged", FORGED, ids=lambda each: each.id)
FILE = "Happy_House.ipynb"


@pytest.fixture(scope="module")
def reports(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    if not pytestconfig.getoption("--prove"):
        pytest.skip("--prove grades all of what is forged")
    folder = tmp_path_factory.mktemp("forged")
    for each in FORGED:
        (folder / each.id).mkdir()
        nbformat.write(each.notebook(), folder / each.id / FILE)
    out = ["--json", "--out", str(tmp_path_factory.mktemp("out"))]
    command = [sys.executable, "-m", "grader", "grade", str(folder), *out]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=1800, check=True)
    graded = json.loads(ended.stdout)["reports"]
    return {str(Path(each["submission"]["path"]).parent): each for each in graded}


@by_id
def test_it_earns_nothing_for_what_it_did_not_learn(
    reports: dict[str, Any], forged: Forged
) -> None:
    found = reports[forged.id]["checks"]
    assert {check["id"] for check in found if check["status"] != "passed"} == forged.loses


@by_id
def test_only_what_the_grader_cannot_tell_waits_for_a_person(
    reports: dict[str, Any], forged: Forged
) -> None:
    assert (reports[forged.id]["verdict"] == "needs_review") == forged.waits


@by_id
def test_what_it_did_is_said(reports: dict[str, Any], forged: Forged) -> None:
    report = reports[forged.id]
    said = [check["actual"] for check in report["checks"] if check["id"] in forged.loses]
    codes = {each["code"] for each in report["issues"]}
    assert all(said)
    assert forged.named in codes or any(forged.named in each for each in said)
