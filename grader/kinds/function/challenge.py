"""The calls of one run, and what they should return."""

from collections.abc import Mapping

from grader.kinds.calls import CallSequence, Case, Unknown
from grader.kinds.challenge import Read
from grader.kinds.function.evidence import FunctionEvidence
from grader.kinds.function.part import Function
from grader.values.compare import difference
from grader.values.decode import decode
from grader.values.encode import encode
from grader.values.folders import MadeFolders
from grader.values.listings import Listing, untouched
from grader.values.records import MadeFolder

_KNOWN = "expected", "to_leave"


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
            answer.model_copy(update=self._right(call, answer.arguments))
            for call, answer in self._calls.in_order(record.answers)
        )
        return record.model_copy(update={"answers": answers})

    def _right(self, call: Case, arguments: str) -> dict[str, str]:
        """Return what is right; the reference gets arguments of its own, which it may change."""
        if not isinstance(call.expected, Unknown):
            known = self._written(call.expected), _untouched(arguments)
            return dict(zip(_KNOWN, known, strict=True))
        # Of one that draws random numbers, or keeps something, no student could be right.
        first, again = (self._by_reference(arguments) for _ in range(2))
        for one, other in zip(first, again, strict=True):
            differs = difference(decode(one), decode(other), self._part.tolerance)
            if differs is not None:
                raise self._part.error(f"called twice alike, the reference returned {differs}")
        return dict(zip(_KNOWN, first, strict=True))

    def _written(self, value: object) -> str:
        return self._part.written_value(value, "what is right")

    def _by_reference(self, arguments: str) -> tuple[str, str]:
        """Return what the reference returns, and what it leaves in folders."""
        with MadeFolders() as folders:
            args, keywords = decode(arguments, folders.put_together)
            assert self._part.reference is not None  # noqa: S101 - checked when the part is made
            try:
                value = self._part.reference(*args, **keywords)
            except Exception as error:
                words = f"the reference raised {type(error).__name__}: {error}"
                raise self._part.error(words) from error
            return folders.plainly(self._written(value)), encode(folders.left())


def _untouched(arguments: str) -> str:
    """Return what lies in folders that are left as they were made."""
    found: list[Listing] = []

    def seen(value: object) -> object:
        if isinstance(value, MadeFolder):
            found.append(untouched(value))
        return value

    decode(arguments, seen)
    return encode(found)
