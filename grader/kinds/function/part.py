"""What an author asks for of a function."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from grader.checked import PartRecord
from grader.kinds.function.evidence import MAX_CALLS, FunctionRecord
from grader.kinds.kind import Challenge, Part
from grader.values.compare import Tolerance
from grader.values.encode import MAX_ASKED_CHARS, TooLargeError, encode

if TYPE_CHECKING:
    from numpy.random import Generator

    from grader.kinds.function.view import FunctionView

_NOTHING: Mapping[str, object] = MappingProxyType({})
# In the text of a value, it stands for one that cannot be compared.
_OTHER = '["other", '


class Unknown:
    """Stands for a value that only a reference knows."""


UNKNOWN = Unknown()


@dataclass(frozen=True)
class Call:
    """One call of a function.

    Args:
        args: Arguments by position.
        kwargs: Arguments by name.
        expected: What it should return; where it is not given, what the reference returns.
    """

    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    expected: Any = UNKNOWN


@dataclass(frozen=True, kw_only=True)
class Function(Part["FunctionView"]):
    """A function that the student writes.

    It is called even where the notebook never does: after the cell that defines it, and again after
    a later cell if it is another one by then or raised before.

    Args:
        cases: Calls that are the same in each run, or tuples of their arguments.
        reference: A right function; it is called in the grader's own process.
        draw: Makes the arguments of a further call, by a generator that is seeded anew in each run.
        draws: How many such calls there are.
        tolerance: How far numbers may be off; whole numbers must be exact.

    Raises:
        PartError: It cannot be asked for so.
    """

    kind: ClassVar[str] = "function"
    record: ClassVar[type[PartRecord]] = FunctionRecord

    cases: Sequence[Call | tuple[Any, ...]] = ()
    reference: Callable[..., Any] | None = None
    draw: "Callable[[Generator], Call | tuple[Any, ...]] | None" = None
    draws: int = 5
    tolerance: Tolerance = Tolerance()  # noqa: RUF009 - frozen

    def __post_init__(self) -> None:
        super().__post_init__()
        calls = len(self.cases) + (self.draws if self.draw else 0)
        if not 0 < calls <= MAX_CALLS:
            raise self.error(f"expected 1 to {MAX_CALLS} calls by cases and draw, found {calls}")
        if self.reference is None and self.draw is not None:
            raise self.error("draw needs a reference, which says what is right")
        for each in map(as_call, self.cases):
            self.written(each)
            if isinstance(each.expected, Unknown) and self.reference is None:
                raise self.error(f"the case {each.args!r} has no expected value, nor a reference")
            if not isinstance(each.expected, Unknown):
                self.written_value(each.expected, "an expected value")

    def written(self, call: Call) -> str:
        """Write the arguments of a call down.

        Raises:
            PartError: That cannot be done.
        """
        return self.written_value((call.args, dict(call.kwargs)), "an argument")

    def written_value(self, value: object, what: str) -> str:
        """Write a value of the author's down.

        Args:
            value: The value.
            what: What it is, for the error.

        Raises:
            PartError: It is of a kind that cannot be compared, or too large.
        """
        try:
            text = encode(value, MAX_ASKED_CHARS)
        except TooLargeError as error:
            raise self.error(f"{what} is too large ({error})") from None
        if _OTHER in text:
            words = text.partition(_OTHER)[2].partition('"]')[0].removeprefix('"')
            raise self.error(
                f"{what} is {words}; expected plain values, containers, arrays or tables"
            )
        return text

    def challenge(self, random: bytes) -> Challenge:
        """Make the calls of one run."""
        from grader.kinds.function.challenge import FunctionChallenge

        return FunctionChallenge(self, random)

    def view(self, record: PartRecord) -> "FunctionView":
        """Return the answers, beside what they should be."""
        from grader.kinds.function.view import FunctionView

        return FunctionView(self, FunctionRecord.model_validate(record))


def as_call(case: Call | tuple[Any, ...]) -> Call:
    """Return a call of which only the arguments by position may be given."""
    return case if isinstance(case, Call) else Call(case)
