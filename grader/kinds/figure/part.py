"""What an author asks for of a figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from grader.checked import PartEvidence
from grader.kinds.calls import CalledPart, CallSequence
from grader.kinds.challenge import Challenge, ForgedError, Read
from grader.kinds.figure.evidence import FigureEvidence
from grader.kinds.kind import Explain, plainly

if TYPE_CHECKING:
    from grader.kinds.figure.view import FigureView


@dataclass(frozen=True, kw_only=True)
class Figure(CalledPart["FigureView"]):
    """A figure that the student draws with matplotlib.

    With ``cases`` or ``draw``, the name is that of a function, which is called with them. Without,
    the cell itself draws: what counts is the figure or the axes that the name stands for, else what
    the cell drew.
    """

    kind: ClassVar[str] = "figure"
    record: ClassVar[type[PartEvidence]] = FigureEvidence

    @property
    def is_called(self) -> bool:
        """Whether a function draws it."""
        return bool(self.cases) or self.draw is not None

    def challenge(self, random: bytes) -> Challenge:
        """Make the calls of one run, if it is called."""
        return _Challenge(CallSequence(self, random))

    def view(self, record: PartEvidence, explain: Explain = plainly) -> "FigureView":
        """Return what was drawn."""
        from grader.kinds.figure.view import FigureView

        return FigureView(self, FigureEvidence.model_validate(record), explain)


class _Challenge:
    def __init__(self, calls: CallSequence) -> None:
        self._calls = calls

    @property
    def sent(self) -> Mapping[str, object]:
        return self._calls.sent

    def compare(self, record: FigureEvidence, _: Read) -> FigureEvidence:
        if record.found is not None:
            return FigureEvidence(kind="figure", name=record.name, found=record.found)
        if self._calls.all:
            answers = tuple(answer for _, answer in self._calls.in_order(record.answers))
            return record.model_copy(update={"answers": answers})
        if len(record.answers) != 1:
            raise ForgedError("it is not what one cell can have drawn")
        own = record.answers[0].model_copy(update={"arguments": "", "expected": ""})
        return record.model_copy(update={"answers": (own,)})
