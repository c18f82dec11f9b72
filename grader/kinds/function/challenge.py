"""The calls of one run, and what they should return."""

from collections.abc import Mapping

from grader.kinds.calls import CallSequence, Case, Unknown
from grader.kinds.challenge import Read
from grader.kinds.function.evidence import FunctionEvidence
from grader.kinds.function.part import Function
from grader.values.compare import difference
from grader.values.decode import decode
from grader.values.libraries import put_together


class FunctionChallenge:
    """Calls whose values the grader knows.

    Args:
        part: What the author asks for.
        random: Drawn anew for each run.

    Raises:
        PartError: What the author's ``draw`` makes cannot be used.
    """

    def __init__(self, part: Function, random: bytes) -> None:
        self._part = part
        self._calls = CallSequence(part, random)

    @property
    def sent(self) -> Mapping[str, object]:
        """The arguments of all calls."""
        return self._calls.sent

    def compare(self, record: FunctionEvidence, _: Read) -> FunctionEvidence:
        """Put the answers in the author's order, each beside what it should be."""
        if record.found is not None:
            return FunctionEvidence(kind="function", name=self._part.name, found=record.found)
        answers = tuple(
            answer.model_copy(update={"expected": self._expected(call, answer.arguments)})
            for call, answer in self._calls.in_order(record.answers)
        )
        return record.model_copy(update={"answers": answers})

    def _expected(self, call: Case, arguments: str) -> str:
        """Return what is right; the reference gets arguments of its own, which it may change."""
        if not isinstance(call.expected, Unknown):
            return self._written(call.expected)
        # Of one that draws random numbers, or keeps something, no student could be right.
        first, again = (self._written(self._by_reference(arguments)) for _ in range(2))
        differs = difference(decode(first), decode(again), self._part.tolerance)
        if differs is not None:
            raise self._part.error(f"called twice alike, the reference returned {differs}")
        return first

    def _written(self, value: object) -> str:
        return self._part.written_value(value, "what is right")

    def _by_reference(self, arguments: str) -> object:
        args, keywords = decode(arguments, put_together)
        assert self._part.reference is not None  # noqa: S101 - checked when the part is made
        try:
            return self._part.reference(*args, **keywords)
        except Exception as error:
            words = f"the reference raised {type(error).__name__}: {error}"
            raise self._part.error(words) from error
