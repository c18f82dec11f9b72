"""Grades what was handed in for strangers' assignments with an installed kit."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from strangers import clothes_class, made, warmup_class
from strangers.made import Student
from wheels import Installed

CLASSES: Mapping[str, tuple[Student, ...]] = {
    "clothes": clothes_class.CLASS,
    "warmup": warmup_class.CLASS,
}
Handed = tuple[str, Student]
EVERYBODY: tuple[Handed, ...] = tuple(
    (assignment, student) for assignment, students in CLASSES.items() for student in students
)


@dataclass(frozen=True)
class Grade:
    """A line of the table of grades."""

    verdict: str
    points: int
    passed: bool
    lost: frozenset[str]

    @classmethod
    def written(cls, student: Student) -> "Grade":
        """Return what was written beside a submission before it was graded."""
        return cls(student.verdict, student.points, student.passed, student.lost)


def named(value: str | Student) -> str:
    """Name a parameter of a test."""
    return value.name if isinstance(value, Student) else value


def folders(folder: Path) -> Path:
    """Write both assignments into folders below one, without images; return it."""
    clothes_class.write(folder / "clothes")
    warmup_class.write(folder / "warmup")
    return folder


def install_both(installed: Installed) -> None:
    """Install both assignments beside the kit, as packages with entry points."""
    made.install(installed.site, "clothes", clothes_class.write)
    made.install(installed.site, "warmup", warmup_class.write)


def hand_in(handed: Iterable[Handed], folder: Path) -> Path:
    """Write what was handed in: a folder for each assignment, in it one for each student."""
    for assignment, student in handed:
        made.hand_in((student,), folder / assignment, f"{assignment}.ipynb")
    return folder


def grade(installed: Installed, handed_in: Path, out: Path, *options: str) -> dict[str, Grade]:
    """Grade what was handed in; return the grades by assignment and student."""
    ended = installed(
        "grader", "grade", str(handed_in), "--out", str(out), "--jobs", "2", *options
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    with (out / "grades.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {str(Path(row["path"]).parent): _grade(row) for row in rows}


def _grade(row: Mapping[str, str]) -> Grade:
    lost = frozenset(row["failed_checks"].split())
    return Grade(row["verdict"], int(row["earned"]), row["passed"] == "true", lost)
