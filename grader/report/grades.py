"""Grades of a class as CSV, one line for each submission."""

import csv
import re
from collections.abc import Sequence
from io import StringIO

from grader.records import Status
from grader.report import wording
from grader.report.document import Report

COLUMNS = (
    "submission",
    "path",
    "verdict",
    "earned",
    "possible",
    "percent",
    "passed",
    "pending",
    "failed_checks",
    "reason",
    "assignment",
)

# A spreadsheet runs a cell that begins so as a formula, which can fetch, leak and start programs,
# and file names and messages are the students' to choose. An apostrophe makes it text; one comes
# after a semicolon, too, because in many countries that is what a spreadsheet splits cells at.
# https://owasp.org/www-community/attacks/CSV_Injection (the last four are the full-width forms)
_FORMULA = re.compile(
    r"""\A(?=[\t\r\n]) | (?:\A|(?<=[;\t\r\n])) (?=[\s"']*[=+\-@\uff1d\uff0b\uff0d\uff20])""",
    re.VERBOSE,
)


def render(reports: Sequence[Report]) -> str:
    """Render the grades of a class as CSV with a header line."""
    lines = StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(report) for report in reports)
    return lines.getvalue()


def _row(report: Report) -> tuple[str | int, ...]:
    score = report.score
    # What errored is not held against the student; its points are in the column of pending ones.
    failed = wording.with_status(report, Status.FAILED, Status.SKIPPED)
    return (
        _inert(report.submission.id),
        _inert(report.submission.path),
        report.verdict.value,
        score.earned,
        score.possible,
        _percent(score.earned, score.possible),
        str(score.passed).lower(),
        score.pending,
        _inert(" ".join(check.id for check in failed)),
        _inert(" ".join(" ".join(wording.reasons(report)).split())),
        _inert(report.assignment.id if report.assignment else ""),
    )


def _percent(earned: int, possible: int) -> str:
    # In whole numbers and rounded down: 299 of 300 points must not read as 100.
    hundredths = earned * 10_000 // possible if possible else 0
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _inert(text: str) -> str:
    return _FORMULA.sub("'", text)
