"""What is shown while an audit is made: how many runs were made, and of what the last one was."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from grader.audit.specimens import Specimen
from grader.report.terminal import progress_bar


class AuditProgress:
    """Shows progress; threads may share it.

    Args:
        console: Where to. One that is no terminal is told of each tenth part in a line.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._progress = progress_bar(console)
        self._task = self._progress.add_task("", total=None)
        self._total = self._done = 0

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show it."""
        with self._progress:
            yield

    def begin(self, total: int) -> None:
        """Say how many runs there are."""
        self._total = total
        self._progress.update(self._task, total=total)

    def done(self, specimen: Specimen) -> None:
        """Show that a run of a specimen was made, or is not needed."""
        self._done += 1
        self._progress.update(self._task, advance=1, description=specimen.id)
        tenth = max(1, self._total // 10)
        if not self._console.is_terminal and self._done % tenth == 0:
            told = f"{self._done} of {self._total} runs made"
            self._console.print(told, markup=False, highlight=False)
