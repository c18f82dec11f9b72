"""Parts that are called: with arguments of the author's, and others drawn anew in each run."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from grader.kinds.answer import MAX_CALLS, Answer
from grader.kinds.challenge import ForgedError
from grader.kinds.kind import Part, PartError
from grader.values.encode import MAX_ASKED_CHARS, TooLargeError, encode

if TYPE_CHECKING:
    from numpy.random import Generator

View = TypeVar("View")
_NOTHING: Mapping[str, object] = MappingProxyType({})
# In the text of a value, it stands for one that cannot be compared.
_OTHER = '["other", '


class Unknown:
    """Stands for a value that only a reference knows."""


UNKNOWN = Unknown()


@dataclass(frozen=True)
class Case:
    """One call of a function.

    Args:
        args: Arguments by position.
        kwargs: Arguments by name.
        expected: What it should return; where it is not given, what the reference returns.
    """

    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    expected: Any = UNKNOWN


CaseLike = Case | tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class CalledPart(Part[View]):
    """A part that is called.

    Args:
        cases: Calls that are the same in each run, or tuples of their arguments.
        draw: Makes the arguments of a further call, by a generator that is seeded anew in each run.
        draws: How many such calls there are.

    Raises:
        PartError: It cannot be asked for so.
    """

    cases: Sequence[CaseLike] = ()
    draw: "Callable[[Generator], CaseLike] | None" = None
    draws: int = 5

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.cases, Sequence):
            raise self.error(f"expected a list of cases, found {self.cases!r}")
        if self.draw is not None and not callable(self.draw):
            raise self.error(f"draw is a function of a random generator, found {self.draw!r}")
        if type(self.draws) is not int or self.draws < 1:
            raise self.error(f"draws is how many calls are drawn, found {self.draws!r}")
        calls = len(self.cases) + (self.draws if self.draw else 0)
        if calls > MAX_CALLS:
            raise self.error(f"expected at most {MAX_CALLS} calls by cases and draw, found {calls}")
        for each in self.cases:
            self.written(self.as_case(each))

    def as_case(self, case: CaseLike) -> Case:
        """Return a case, of which only the arguments by position may be given.

        Raises:
            PartError: It is none.
        """
        found = Case(case) if isinstance(case, tuple) else case
        if isinstance(found, Case) and isinstance(found.args, tuple):
            return found
        raise self.error(
            f"a case is a tuple of arguments or a Case with one, found {case!r}; "
            "of a single argument, write (argument,)"
        )

    def written(self, call: Case) -> str:
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


class CallSequence:
    """The calls of one run, in an order of their own: no answer can be told by its turn.

    Args:
        part: What the author asks for.
        random: Drawn anew for each run.

    Raises:
        PartError: What the author's ``draw`` makes cannot be used.
    """

    def __init__(self, part: CalledPart[Any], random: bytes) -> None:
        import numpy as np

        generator = np.random.default_rng(int.from_bytes(random, "big"))
        self._given = len(part.cases)
        self.all = [*map(part.as_case, part.cases), *_drawn(part, generator)]
        self.texts = [part.written(call) for call in self.all]
        self._order = [int(place) for place in generator.permutation(len(self.all))]

    @property
    def sent(self) -> Mapping[str, object]:
        """The arguments of all calls, as a kernel is asked."""
        return {"calls": [self.texts[place] for place in self._order]}

    def in_order(self, answers: Sequence[Answer]) -> Iterator[tuple[Case, Answer]]:
        """Yield each call in the author's order, with its answer beside its arguments.

        Args:
            answers: In the order in which the calls were made.

        Raises:
            ForgedError: They are not as many as the calls.
        """
        if len(answers) != len(self.all):
            raise ForgedError("its answers are not to the calls that the grader sent")
        by_place = dict(zip(self._order, answers, strict=True))
        for place, call in enumerate(self.all):
            known = {"arguments": self.texts[place], "expected": "", "drawn": place >= self._given}
            yield call, by_place[place].model_copy(update=known)


def _drawn(part: CalledPart[Any], generator: "Generator") -> list[Case]:
    if part.draw is None:
        return []
    try:
        return [part.as_case(part.draw(generator)) for _ in range(part.draws)]
    except PartError:
        raise
    except Exception as error:
        raise part.error(f"draw raised {type(error).__name__}: {error}") from error
