"""What is shown while a class is graded: what is being done, and a line for each result."""

import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import TaskID
from rich.table import Table

from grader.batch import output
from grader.batch.changes import JUDGED_AGAIN, Change, told
from grader.errors import DatasetError, FullDiskError, GraderError
from grader.pipeline import Entry
from grader.records import Verdict
from grader.report import text
from grader.report.document import Report
from grader.report.terminal import Encodable, progress_bar

_LONGEST_ID = 40
# The verdict, the points, and whether it passed.
_WIDTHS = (12, 7, 12)
_VERDICTS = {
    Verdict.GRADED: "graded",
    Verdict.REJECTED: "rejected",
    Verdict.NEEDS_REVIEW: "needs review",
}
_MOST_NAMED = 10
# A log file has no width; a row of it is one line.
_LOG_WIDTH = 240


class Display:
    """Shows the progress of a class; threads may share it.

    Args:
        entries: What is graded.
        quiet: Show nothing but faults.
    """

    def __init__(self, entries: Sequence[Entry], *, quiet: bool) -> None:
        self._console = _console(quiet=quiet)
        self._width = max(min(len(entry.id), _LONGEST_ID) for entry in entries)
        self._progress = progress_bar(self._console)
        self._doing: dict[str, str] = {}
        self._changes: list[Change] = []
        self._task: TaskID = self._progress.add_task("", total=len(entries))

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show it."""
        with self._progress:
            yield

    def say(self, words: str) -> None:
        """Show a line."""
        self._console.print(words, markup=False, highlight=False, soft_wrap=True)

    def doing(self, entry: Entry, what: str) -> None:
        """Show what is being done with a submission."""
        self._doing[entry.id] = what
        self._describe()

    def _describe(self) -> None:
        now = "  ".join(f"{name}: {what}" for name, what in list(self._doing.items()))
        self._progress.update(self._task, description=now)

    def done(self, entry: Entry, report: Report | None) -> None:
        """Show how a submission came out; None when there is no report."""
        self._doing.pop(entry.id, None)
        self._describe()
        if report is not None:
            self._console.print(Encodable(_row(report, self._width)))
        self._progress.advance(self._task)

    def judged(self, change: Change) -> None:
        """Keep why a submission was judged again, to be said in the end."""
        self._changes.append(change)

    def fault(self, entry: Entry, error: Exception) -> None:
        """Show, even when quiet, that the grader failed over a submission."""
        console = Console(stderr=True)
        self._progress.stop()
        if not isinstance(error, GraderError):
            console.print("".join(traceback.format_exception(error)), markup=False, highlight=False)
        failed = "" if isinstance(error, FullDiskError | DatasetError) else "the grader failed: "
        told = f"{entry.id}: {failed}{error}"
        console.print(told, markup=False, highlight=False, soft_wrap=True)
        self._progress.start()

    def sum_up(self, reports: Sequence[Report], faults: int, beside: Sequence[str]) -> None:
        """Say how many came out how, and what lies beside them."""
        verdicts = Counter(report.verdict for report in reports)
        counts = [f"{verdicts[each]} {said}" for each, said in _VERDICTS.items() if verdicts[each]]
        counts += [f"{faults} not graded"] if faults else []
        judged = [each for each in self._changes if each in JUDGED_AGAIN]
        others = [each for each in self._changes if each not in JUDGED_AGAIN]
        for words in told(judged, "was judged again", "were judged again"):
            self.say(words)
        for words in told(others, "was graded again", "were graded again"):
            self.say(words)
        self.say("")
        self.say(f"{len(reports) + faults} handed in: {', '.join(counts)}")
        if beside:
            names = ", ".join(beside[:_MOST_NAMED]) + (", ..." if beside[_MOST_NAMED:] else "")
            self.say(f"Beside them, and not graded: {names}")

    def end(self, table: Path, out: Path) -> None:
        """Say where the results are."""
        self.say("")
        self.say(f"Grades:  {table}")
        page = output.submission_folder(out, "<id>") / output.REPORT_PAGE
        self.say(f"Reports: {page}")

    def sink(self, entry: Entry) -> "partial[None]":
        """Return what shows the progress of one submission."""
        return partial(self.doing, entry)


def _console(*, quiet: bool) -> Console:
    console = Console(quiet=quiet)
    return console if console.is_terminal else Console(quiet=quiet, width=_LOG_WIDTH)


def _row(report: Report, id_width: int) -> Table:
    # A grid of its own for each row, as rows are printed while the class is being graded.
    grid = Table.grid(padding=(0, 2))
    for width in (id_width, *_WIDTHS):
        grid.add_column(min_width=width)
    grid.add_row(*text.row(report))
    return grid
