"""All assignments of strangers, whole, with the installed kit: by folder and by entry point."""

import shutil
from pathlib import Path

import pytest
import wheels
from happy_or_sad.submission import SOLUTION
from strangers import graded
from strangers.graded import EVERYBODY, Grade
from strangers.made import Student
from wheels import Installed

WAYS = ("named", "own")
NAMED = [(assignment, student) for assignment, student in EVERYBODY if student.named]


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All classes in one folder, and a solution of the kit's own assignment."""
    folder = graded.hand_in(EVERYBODY, tmp_path_factory.mktemp("handed_in"))
    (folder / "faces").mkdir()
    shutil.copy(SOLUTION, folder / "faces")
    return folder


@pytest.fixture(scope="module")
def kits(
    handed_in: Path, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> dict[str, tuple[Installed, dict[str, Grade]]]:
    """Return the kit as it is installed in each way, and what it has graded."""
    if not pytestconfig.getoption("--prove"):
        pytest.skip("--prove grades all classes in both ways; tests/kernel some of them")
    wheel = wheels.build(tmp_path_factory.mktemp("built"))
    named, own = (wheels.install(wheel, tmp_path_factory.mktemp(way)) for way in WAYS)
    graded.install(own)
    folders = ("--assignments", str(graded.folders(named.folder / "folders")))
    return {
        "named": (named, _graded(named, handed_in, *folders)),
        "own": (own, _graded(own, handed_in)),
    }


def _graded(installed: Installed, handed_in: Path, *folders: str) -> dict[str, Grade]:
    made = installed("grader", "data", "make", "clothes", *folders)
    assert made.returncode == 0, made.stderr
    return graded.grade(installed, handed_in, installed.folder / "out", *folders)


@pytest.fixture(scope="module")
def grades(kits: dict[str, tuple[Installed, dict[str, Grade]]]) -> dict[str, dict[str, Grade]]:
    return {way: found for way, (_, found) in kits.items()}


@pytest.fixture(scope="module")
def told(kits: dict[str, tuple[Installed, dict[str, Grade]]]) -> dict[str, graded.Told]:
    return {way: graded.told(installed.folder / "out") for way, (installed, _) in kits.items()}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("assignment", "student"), EVERYBODY, ids=graded.named)
def test_what_was_handed_in_is_graded_as_written(
    grades: dict[str, dict[str, Grade]], way: str, assignment: str, student: Student
) -> None:
    assert grades[way][f"{assignment}/{student.name}"] == Grade.written(student)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("assignment", "student"), NAMED, ids=graded.named)
def test_how_a_grade_was_come_by_is_named(
    told: dict[str, graded.Told], way: str, assignment: str, student: Student
) -> None:
    assert graded.names(told[way][f"{assignment}/{student.name}"], student)


@pytest.mark.parametrize("way", WAYS)
def test_the_kits_own_assignment_is_graded_beside_them(
    grades: dict[str, dict[str, Grade]], way: str
) -> None:
    assert grades[way]["faces"] == Grade("graded", 100, passed=True, lost=frozenset())
