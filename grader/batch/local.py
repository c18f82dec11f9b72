"""Grades submissions one after the other, showing which one and how each came out."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from grader.batch import output
from grader.pipeline import Entry, Pipeline
from grader.report import text
from grader.report.document import Report

_LONGEST_ID = 40
# The verdict, the points, and whether it passed.
_WIDTHS = (12, 7, 12)


def grade_all(
    pipeline: Pipeline, entries: Sequence[Entry], out: Path, *, quiet: bool = False
) -> list[Report]:
    """Grade all entries; each submission's results are written before the next one begins.

    Args:
        pipeline: Grades one.
        entries: What to grade, in order.
        out: Where results go.
        quiet: Show nothing.
    """
    console = Console(quiet=quiet)
    reports: list[Report] = []
    width = max(min(len(entry.id), _LONGEST_ID) for entry in entries)
    with _progress(console) as progress:
        task = progress.add_task("", total=len(entries))
        for entry in entries:

            def show(doing: str, entry: Entry = entry) -> None:
                progress.update(task, description=f"{entry.id}: {doing}")

            show("reading")
            graded = pipeline.grade(entry, show)
            output.write_submission(graded, out)
            reports.append(graded.report)
            console.print(_row(graded.report, width))
            progress.advance(task)
    table = output.write_class(reports, out)
    _say_where(console, table, out)
    return reports


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )


def _row(report: Report, id_width: int) -> Table:
    # A grid of its own for each row, as rows are printed while the class is being graded.
    grid = Table.grid(padding=(0, 2))
    for width in (id_width, *_WIDTHS):
        grid.add_column(min_width=width)
    grid.add_row(*text.row(report))
    return grid


def _say_where(console: Console, table: Path, out: Path) -> None:
    console.print()
    console.print(f"Grades:  {table}", markup=False, highlight=False, soft_wrap=True)
    reports = out / "submissions" / "<id>" / "report.html"
    console.print(f"Reports: {reports}", markup=False, highlight=False, soft_wrap=True)
