"""``grader audit`` from end to end: the kit's own assignments and strangers', quickly."""

import json
import re
from pathlib import Path

import pytest
from auditing_command import audit
from authoring_page import write_areas, write_variants
from strangers.graded import WRITTEN

from grader.assignments.assignment import Assignment
from grader.assignments.catalog import catalog
from grader.audit.document import Audit
from grader.audit.quick import without_training
from grader.cli import USAGE
from grader.errors import UsageError


def left_without_training(assignment: Assignment) -> bool:
    """Whether a quick audit has anything to look at."""
    try:
        without_training(assignment)
    except UsageError:
        return False
    return True


KIT = catalog().assignments
# Of some nothing is left without a training.
QUICKLY = [name for name, each in KIT.items() if left_without_training(each)]


def test_the_kits_own_rubric_tells_right_from_wrong() -> None:
    # The others take minutes, which no test of every day has: tests/prove audits all in full.
    ended = audit("happy-or-sad", "--quick", "--json")
    assert ended.returncode == 0, ended.stderr
    found = Audit.model_validate(json.loads(ended.stdout))
    assert found.killed == 1.0


@pytest.mark.parametrize("name", sorted(KIT.keys() - {*QUICKLY}))
def test_of_which_nothing_is_left_quickly_is_told_so(name: str) -> None:
    ended = audit(name, "--quick")
    assert ended.returncode == USAGE
    assert f"Every check of {name} needs a training" in ended.stderr


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


# File of the assignment, what stands there, what is to stand there instead, what is told.
NOT_AS_FORETOLD = {
    "a starter that has points": (
        "areas.ipynb", r"(unit = .*?)(?=\\n)", r"\1  # release: keep",
        "with nothing filled in: unit_is_right passes. Ask there for something that only the"),
    "a right variant that is wrong": (
        "variants.py", r"width for _ in range\(height\)", "[width]",
        "and must have all: it loses area_is_right. If it is right, the check asks for too much;"),
    "a mistake that loses more": (
        "variants.py", r'\("unit", "m2", "m"\)', '("unit", "m2", "m"), ("area", "*", "+")',
        "it loses area_is_right, which is not written beside it. If the points are fair so, write"),
    "a mistake that loses nothing": (
        "variants.py", r'\("unit", "m2", "m"\)', '("unit", "m2", "M2")',
        "10 of 10 points: it does not lose unit_is_right. If the points are fair so, write"),
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_AS_FORETOLD)
def test_what_is_not_as_its_author_wrote_is_told_with_what_to_do(name: str, tmp_path: Path) -> None:
    file, old, new, told = NOT_AS_FORETOLD[name]
    folder = write_variants(write_areas(tmp_path / "areas"))
    text = (folder / file).read_text("utf-8")
    changed = re.sub(old, new, text)
    assert changed != text
    (folder / file).write_text(changed, "utf-8")
    ended = audit("areas", "--assignments", str(folder))
    assert (ended.returncode, ended.stderr.count("Traceback")) == (1, 0), ended.stderr
    assert told in " ".join(ended.stdout.split())


def test_of_a_sample_it_is_said_how_large_it_is(tmp_path: Path) -> None:
    folder = write_variants(write_areas(tmp_path / "areas"))
    ended = audit("areas", "--assignments", str(folder), "--mutants", "3")
    assert ended.returncode == 0, ended.stderr
    assert "A sample: 3 of 9 mutants were graded." in ended.stdout
    assert "mutants         3 of 3 lose points" in ended.stdout
