"""What an author asks for of a cell that only does something."""

from dataclasses import dataclass
from typing import ClassVar

from grader.checked import PartEvidence
from grader.kinds.challenge import Challenge, Named
from grader.kinds.graded_cell.evidence import CellEvidence
from grader.kinds.kind import GradedPart
from grader.records import PlannedCell


@dataclass(frozen=True)
class GradedCell(GradedPart):
    """A cell that the student writes and of which nothing is observed by itself.

    It is run as the student wrote it, and what comes of it is evidence of other parts: of a model
    that is compiled in it, of the training of that model. A check names evidence of those.

    Args:
        name: The call on a variable that the cell makes, such as ``model.compile``; or what it
            defines: a function, a class or a variable.

    Raises:
        PartError: It cannot be asked for so.
    """

    kind: ClassVar[str] = "graded_cell"
    record: ClassVar[type[PartEvidence]] = CellEvidence
    builds: ClassVar[bool] = True
    names_calls: ClassVar[bool] = True

    def is_due(self, cell: PlannedCell, *, trains: bool, last: bool) -> bool:  # noqa: ARG002
        """Never: there is nothing to see of it."""
        return False

    def challenge(self, random: bytes) -> Challenge:  # noqa: ARG002 - there is nothing to draw
        """Ask for it by its name."""
        return Named()
