"""The sample class gets what its manifest says, graded by the command that users type."""

import io
from typing import Any

import pytest
import sample_class
import samples
from happy_or_sad.submission import ROOT
from rich.console import Console
from sample_class import FOLDER

from grader.report import text
from grader.report.document import Report

MANIFEST = {entry["submission"]: entry for entry in sample_class.manifest()}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    return samples.graded(FOLDER, tmp_path_factory.mktemp("class"))


@pytest.mark.parametrize("path", MANIFEST)
def test_a_submission_gets_what_the_manifest_says(
    path: str, reports: dict[str, dict[str, Any]]
) -> None:
    expected = MANIFEST[path]
    wanted = (expected["verdict"], expected["score"], expected["loses"])
    assert samples.outcome(reports[path]) == wanted


@pytest.mark.parametrize("path", [path for path, entry in MANIFEST.items() if entry["issues"]])
def test_what_was_odd_about_a_submission_is_named(
    path: str, reports: dict[str, dict[str, Any]]
) -> None:
    assert set(MANIFEST[path]["issues"]) <= samples.named(reports[path])


def test_the_session_that_readme_shows_is_true(reports: dict[str, dict[str, Any]]) -> None:
    path = next(path for path in reports if path.startswith("ken/"))
    report = Report.model_validate(reports[path])
    # As ``grader check`` names the notebook.
    submission = report.submission.model_copy(update={"path": path.removeprefix("ken/")})
    out = io.StringIO()
    console = Console(file=out, width=100, color_system=None)
    text.render(report.model_copy(update={"submission": submission}), console)
    said = "\n".join(line.rstrip() for line in out.getvalue().splitlines())
    # How the accuracy rose may differ from machine to machine.
    assert said.partition("\nTraining ")[0] in (ROOT / "README.md").read_text("utf-8")
