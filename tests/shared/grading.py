"""The command that grades a class, run to its end, be that a violent one."""

import csv
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from traces import Traces

from grader.batch.output import REPORT
from grader.report.document import Report

TIMEOUT_S = 120
Grades = Mapping[str, Any]


@dataclass(frozen=True)
class Ended:
    """A command that has ended, and what it left.

    Args:
        code: Its exit code, negative for a signal.
        said: What it wrote to both of its outputs.
        grades: Verdict, score and checks of each submission that has a report.
        broken: Reports that cannot be read.
        table: The lines of the table of grades.
        orphans: Processes that lived on.
    """

    code: int
    said: str
    grades: Grades
    broken: list[str]
    table: list[list[str]]
    orphans: list[str]


def grade(program: list[str], notebooks: Path, out: Path, traces: Traces) -> Ended:
    """Grade a class two at a time.

    Args:
        program: What runs the grader, as arguments of Python.
        notebooks: The class.
        out: The folder of results.
        traces: Gives the command its environment and finds its orphans.
    """
    # Isolation would keep the submissions from leaving processes behind, and what is remembered
    # from being killed while it is trained.
    options = ["--jobs", "2", "--isolation", "none", "--no-memo"]
    arguments = ["grade", str(notebooks), "--out", str(out), *options]
    with tempfile.TemporaryFile("w+") as said:
        # Into a file: a process that lives on would keep a pipe open.
        ended = subprocess.run(
            [sys.executable, *program, *arguments],
            stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            env=traces.environment(), timeout=TIMEOUT_S, check=False,
        )  # fmt: skip
        said.seek(0)
        reports, broken = _reports(out)
        return Ended(
            ended.returncode, said.read(), reports, broken, _table(out), traces.orphans()
        )  # fmt: skip


def _reports(out: Path) -> tuple[Grades, list[str]]:
    grades, broken = {}, []
    for path in sorted(out.rglob(REPORT)):
        try:
            report = Report.model_validate_json(path.read_bytes())
        except ValidationError:
            broken.append(path.parent.name)
        else:
            grades[report.submission.id] = (report.verdict.value, report.score, report.checks)
    return grades, broken


def _table(out: Path) -> list[list[str]]:
    path = out / "grades.csv"
    return list(csv.reader(path.read_text("utf-8").splitlines())) if path.exists() else []
