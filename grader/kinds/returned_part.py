"""What kinds provide of which is looked at what they return."""

from dataclasses import dataclass

from grader.kinds.kind import GradedPart
from grader.records import PlannedCell


@dataclass(frozen=True)
class ReturnedPart(GradedPart):
    """A function of which is looked at what it returns, once given cells have called it."""

    @property
    def after_call(self) -> bool:
        """It is observed once a given cell has called it."""
        return True

    @property
    def missing(self) -> tuple[str, str]:
        """Nothing: where it was not observed, the run shows the reason."""
        return "", ""

    def is_due(self, cell: PlannedCell, *, trains: bool, last: bool) -> bool:  # noqa: ARG002
        """Look at what it returned after given cells that call it."""
        return self.name in cell.calls
