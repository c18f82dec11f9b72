"""The calls of one run, and what they should return."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.kinds.function.evidence import Answer, FunctionRecord
from grader.kinds.function.part import Call, Function, Unknown, as_call
from grader.kinds.kind import ForgedError
from grader.values.decode import decode
from grader.values.pandas_tables import put_together


class FunctionChallenge:
    """Calls in an order of their own in each run: no answer can be told by its turn.

    Args:
        part: What the author asks for.
        random: Drawn anew for each run.

    Raises:
        PartError: What the author's ``draw`` makes cannot be used.
    """

    def __init__(self, part: Function, random: bytes) -> None:
        self._part = part
        generator = np.random.default_rng(int.from_bytes(random, "big"))
        self._given = len(part.cases)
        self._calls = [*map(as_call, part.cases), *self._drawn(generator)]
        self._texts = [part.written(call) for call in self._calls]
        self._order = [int(place) for place in generator.permutation(len(self._calls))]

    def _drawn(self, generator: np.random.Generator) -> list[Call]:
        if self._part.draw is None:
            return []
        try:
            return [as_call(self._part.draw(generator)) for _ in range(self._part.draws)]
        except Exception as error:
            words = f"draw raised {type(error).__name__}: {error}"
            raise self._part.error(words) from error

    @property
    def sent(self) -> Mapping[str, object]:
        """The arguments of all calls."""
        return {"calls": [self._texts[place] for place in self._order]}

    def compare(self, record: FunctionRecord) -> FunctionRecord:
        """Put the answers in the author's order, each beside what it should be."""
        if record.found is not None:
            return FunctionRecord(kind="function", name=self._part.name, found=record.found)
        if len(record.answers) != len(self._calls):
            raise ForgedError("its answers are not to the calls that the grader sent")
        answers = dict(zip(self._order, record.answers, strict=True))
        compared = tuple(self._beside(place, answers[place]) for place in sorted(answers))
        return record.model_copy(update={"answers": compared})

    def _beside(self, place: int, answer: Answer) -> Answer:
        known = {
            "arguments": self._texts[place],
            "expected": self._expected(place),
            "drawn": place >= self._given,
        }
        return answer.model_copy(update=known)

    def _expected(self, place: int) -> str:
        """Return what is right; the reference gets arguments of its own, which it may change."""
        known = self._calls[place].expected
        value = self._by_reference(place) if isinstance(known, Unknown) else known
        return self._part.written_value(value, "what is right")

    def _by_reference(self, place: int) -> Any:  # noqa: ANN401 - of any kind
        args, keywords = decode(self._texts[place], put_together)
        assert self._part.reference is not None  # noqa: S101 - checked when the part is made
        try:
            return self._part.reference(*args, **keywords)
        except Exception as error:
            words = f"the reference raised {type(error).__name__}: {error}"
            raise self._part.error(words) from error
