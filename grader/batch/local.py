"""Grades submissions one after the other, showing which one and how each came out."""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from grader.batch import output
from grader.errors import GraderError, UsageError
from grader.pipeline import Entry, Graded, Pipeline
from grader.report import text
from grader.report.document import Report
from grader.report.terminal import Encodable

_LONGEST_ID = 40
# The verdict, the points, and whether it passed.
_WIDTHS = (12, 7, 12)
# A log file has no width; a row of it is one line.
_LOG_WIDTH = 240


@dataclass(slots=True)
class Class:
    """What came of a class.

    Args:
        reports: Of those that were graded, in order.
        faults: Ids of the submissions over which the grader itself failed.
    """

    reports: list[Report] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def grade_all(
    pipeline: Pipeline, entries: Sequence[Entry], out: Path, *, quiet: bool = False
) -> Class:
    """Grade all entries; each submission's results are written before the next one begins.

    Args:
        pipeline: Grades one.
        entries: What to grade, in order.
        out: Where results go.
        quiet: Show nothing but faults.
    """
    console = _console(quiet=quiet)
    graded = Class()
    width = max(min(len(entry.id), _LONGEST_ID) for entry in entries)
    with _progress(console) as progress:
        task = progress.add_task("", total=len(entries))
        for entry in entries:
            show = partial(_show, progress, task, entry)
            show("reading")
            try:
                report = _keep(pipeline.grade(entry, show), out)
            except UsageError:
                # The output folder can no longer be written to: nobody would get a grade.
                raise
            except Exception as error:  # noqa: BLE001 - the others must get their grades
                graded.faults.append(entry.id)
                _say_fault(progress, entry, error)
            else:
                graded.reports.append(report)
                console.print(Encodable(_row(report, width)))
            progress.advance(task)
    _say_where(console, output.write_class(graded.reports, out), out)
    return graded


def _show(progress: Progress, task: TaskID, entry: Entry, doing: str) -> None:
    progress.update(task, description=f"{entry.id}: {doing}")


def _keep(graded: Graded, out: Path) -> Report:
    report = graded.report
    output.write_submission(graded, output.submission_folder(out, report.submission.id))
    return report


def _console(*, quiet: bool) -> Console:
    console = Console(quiet=quiet)
    return console if console.is_terminal else Console(quiet=quiet, width=_LOG_WIDTH)


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _row(report: Report, id_width: int) -> Table:
    # A grid of its own for each row, as rows are printed while the class is being graded.
    grid = Table.grid(padding=(0, 2))
    for width in (id_width, *_WIDTHS):
        grid.add_column(min_width=width)
    grid.add_row(*text.row(report))
    return grid


def _say_fault(progress: Progress, entry: Entry, error: Exception) -> None:
    console = Console(stderr=True)
    progress.stop()
    if not isinstance(error, GraderError):
        console.print("".join(traceback.format_exception(error)), markup=False, highlight=False)
    told = f"{entry.id}: the grader failed: {error}"
    console.print(told, markup=False, highlight=False, soft_wrap=True)
    progress.start()


def _say_where(console: Console, table: Path, out: Path) -> None:
    console.print()
    console.print(f"Grades:  {table}", markup=False, highlight=False, soft_wrap=True)
    page = output.submission_folder(out, "<id>") / output.REPORT_PAGE
    console.print(f"Reports: {page}", markup=False, highlight=False, soft_wrap=True)
