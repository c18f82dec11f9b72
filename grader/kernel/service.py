"""What else the grader does for a kernel that it runs, as the driver of that kernel sees it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from grader.evidence import Evidence
from grader.fits.answered import Answered


class Service(Protocol):
    """Serves one kernel while it runs, and has its say on the evidence."""

    @property
    def cpu_s(self) -> float:
        """Processor time that it took, in seconds."""

    def start(self, folder: Path, running: Callable[[], int | None]) -> str:
        """Begin, and return the name of its socket in the run's folder; empty for none.

        Args:
            folder: The run's.
            running: Tells the cell of the plan that is running.
        """

    def close(self) -> None:
        """End, and wait until nothing is done any more; the kernel has ended."""

    def result(self, evidence: Evidence) -> Mapping[int, Answered]:
        """Change the evidence to what the grader knows; return what it trained, by number."""
