"""``grader audit`` from end to end: the kit's own assignments and strangers', quickly."""

import json
from pathlib import Path

import pytest
from auditing_command import audit
from authoring_page import write_areas
from strangers.graded import WRITTEN

from grader.assignments.catalog import catalog
from grader.audit.document import Audit
from grader.cli import USAGE


@pytest.mark.parametrize("name", catalog().assignments)
def test_the_kits_own_rubric_tells_right_from_wrong(name: str) -> None:
    ended = audit(name, "--quick", "--json")
    assert ended.returncode == 0, ended.stderr
    found = Audit.model_validate(json.loads(ended.stdout))
    assert found.killed == 1.0


@pytest.mark.parametrize("name", WRITTEN)
def test_a_strangers_rubric_tells_right_from_wrong(name: str, tmp_path: Path) -> None:
    folder = WRITTEN[name](tmp_path / name)
    ended = audit(name, "--quick", "--json", "--assignments", str(folder))
    assert ended.returncode == 0, ended.stderr
    found = Audit.model_validate(json.loads(ended.stdout))
    assert found.killed == 1.0


def test_a_solution_that_fails_its_own_rubric_is_told_what_to_do(tmp_path: Path) -> None:
    folder = write_areas(tmp_path / "areas")
    notebook = folder / "areas.ipynb"
    notebook.write_text(notebook.read_text("utf-8").replace("width * height", "width + height"))
    ended = audit("areas", "--assignments", str(folder))
    assert ended.returncode == USAGE
    assert "gets 2 of 10 points by its own rubric" in ended.stderr
    assert "area_is_right: expected area(2, 3) = 6, found area(2, 3) = 5" in ended.stderr
    assert "Mend the solution or the check" in ended.stderr
