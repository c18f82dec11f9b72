"""Grades what was handed in for strangers' assignments with an installed kit."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from strangers import clothes_class, fashion_class, made, warmup_class
from strangers.made import Student
from wheels import Installed

CLASSES: Mapping[str, tuple[Student, ...]] = {
    "clothes": clothes_class.CLASS,
    "fashion": fashion_class.CLASS,
    "warmup": warmup_class.CLASS,
}
WRITTEN: Mapping[str, Callable[[Path], Path]] = {
    "clothes": clothes_class.write,
    "fashion": fashion_class.write,
    "warmup": warmup_class.write,
}
Handed = tuple[str, Student]
# By assignment and student, codes and messages.
Told = Mapping[str, list[tuple[str, str]]]
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
    """Write the assignments into folders below one, as their authors have them; return it."""
    for assignment, write in WRITTEN.items():
        write(folder / assignment)
    return folder


def install(installed: Installed) -> None:
    """Install the assignments beside the kit, as packages with entry points."""
    for assignment, write in WRITTEN.items():
        made.install(installed.site, assignment, write)


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


def told(out: Path) -> Told:
    """Return what reports say of how grades were come by: issues, and what checks found."""
    reports = [json.loads(path.read_text()) for path in out.rglob("report.json")]
    return {str(Path(each["submission"]["path"]).parent): [*_told(each)] for each in reports}


def _told(report: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((issue["code"], issue["message"]) for issue in report["issues"])
    yield from (("", str(check["actual"])) for check in report["checks"])


def names(said: Iterable[tuple[str, str]], student: Student) -> bool:
    """Whether a report names what a student did."""
    code, words = student.named or ("", "")
    return any(each == code and words in message for each, message in said)


def _grade(row: Mapping[str, str]) -> Grade:
    lost = frozenset(row["failed_checks"].split())
    return Grade(row["verdict"], int(row["earned"]), row["passed"] == "true", lost)
