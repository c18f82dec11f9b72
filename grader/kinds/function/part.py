"""What an author asks for of a function."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from grader.checked import PartEvidence
from grader.kinds.calls import CalledPart, Case, Unknown
from grader.kinds.challenge import Challenge
from grader.kinds.function.evidence import FunctionEvidence
from grader.kinds.kind import Explain, plainly
from grader.values.compare import Tolerance

if TYPE_CHECKING:
    from grader.kinds.function.view import FunctionView

__all__ = ["Case", "Function", "Tolerance"]


@dataclass(frozen=True, kw_only=True)
class Function(CalledPart["FunctionView"]):
    """A function that the student writes, called with ``cases`` and with what ``draw`` makes.

    It is called even where the notebook never does: after the cell that defines it, and again after
    a later cell if it is another one by then or raised before.

    Args:
        reference: A right function; it is called in the grader's own process.
        tolerance: How far numbers may be off; whole numbers must be exact.

    Raises:
        PartError: It cannot be asked for so.
    """

    kind: ClassVar[str] = "function"
    record: ClassVar[type[PartEvidence]] = FunctionEvidence

    reference: Callable[..., Any] | None = None
    tolerance: Tolerance = Tolerance()  # noqa: RUF009 - frozen

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.cases and self.draw is None:
            raise self.error("expected calls by cases or draw, found none")
        if self.reference is not None and not callable(self.reference):
            raise self.error(f"reference is a right function, found {self.reference!r}")
        if not isinstance(self.tolerance, Tolerance):
            raise self.error(f"expected a Tolerance, found {self.tolerance!r}")
        if self.reference is None and self.draw is not None:
            raise self.error("draw needs a reference, which says what is right")
        for each in map(self.as_case, self.cases):
            if isinstance(each.expected, Unknown) and self.reference is None:
                raise self.error(f"the case {each.args!r} has no expected value, nor a reference")
            if not isinstance(each.expected, Unknown):
                self.written_value(each.expected, "an expected value")

    def challenge(self, random: bytes) -> Challenge:
        """Make the calls of one run."""
        from grader.kinds.function.challenge import FunctionChallenge

        return FunctionChallenge(self, random)

    def unwatched(self, record: PartEvidence) -> PartEvidence:
        """Answers are right or not; what became of arguments, only the kernel says."""
        found = FunctionEvidence.model_validate(record)
        answers = tuple(
            each.model_copy(update={"changed": None, "left": ""}) for each in found.answers
        )
        return found.model_copy(update={"answers": answers})

    def view(self, record: PartEvidence, explain: Explain = plainly) -> "FunctionView":
        """Return the answers, beside what they should be."""
        from grader.kinds.function.view import FunctionView

        return FunctionView(self, FunctionEvidence.model_validate(record), explain)
