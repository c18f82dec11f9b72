"""What checks get of a function: each call beside what it should have returned."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from grader.checks.absence import LEAVE_ALONE, UNWATCHED
from grader.checks.declaration import Absent, Expectation, met, missed
from grader.kinds.answer import Answer
from grader.kinds.function.evidence import FunctionEvidence
from grader.kinds.function.part import Function
from grader.kinds.kind import Explain, plainly
from grader.values.compare import Tolerance, difference
from grader.values.decode import UnreadableError, decode
from grader.values.listings import differing, listings
from grader.values.records import can_change
from grader.values.wording import called, shown

RETURN = "Does it return what it has computed?"
CALLABLE = "Define it with def, and let nothing else have its name."
LOOP = "Look for a loop that never ends, or for far more work than is needed."
COPY = "Work on a copy of what is passed in, or make a new value."
FILES = "Look at each line that writes, moves or removes a file, and when it runs."
FIRST = "First have it return what it should."
UNSEEN = "{} returned no right value yet: whether it keeps its arguments is seen when it does."
_SIMPLE = (bool, int, float, complex, str, bytes)


@dataclass(frozen=True, slots=True)
class CallResult:
    """One call.

    Args:
        words: The call as Python writes it, such as ``area(2, 3)``.
        answer: What came of it.
        expected: What it should have returned.
        drawn: Whether its arguments were drawn for this run alone.
        tolerance: How far numbers may be off.
        explain: Explains exceptions of the student's code.
    """

    words: str
    answer: Answer
    expected: Any
    drawn: bool
    tolerance: Tolerance
    explain: Explain

    @property
    def value(self) -> Any:
        """What it returned.

        Raises:
            UnreadableError: It returned nothing that can be read.
        """
        return decode(self.answer.value)

    def agrees(self) -> Expectation:
        """It returned what it should."""
        right = f"{self.words} = {shown(self.expected)}{self._within()}"
        if self.answer.outcome != "value":
            return missed(right, *self._otherwise())
        try:
            value = self.value
        except UnreadableError:
            return missed(right, f"{self.words} returned a value that cannot be read")
        differs = difference(self.expected, value, self.tolerance)
        found = f"{self.words} = {shown(value)}"
        if differs is None:
            return met(right, found)
        forgotten = value is None and self.expected is not None
        clear = isinstance(value, _SIMPLE) and type(value) is type(self.expected)
        clear = clear and shown(value) != shown(self.expected)
        where = "" if clear or forgotten else f": {differs}"
        return missed(right, f"{found}{where}", RETURN if forgotten else "")

    def leaves_files(self) -> Expectation:
        """It left in folders that were made for it the files that it should, and no others."""
        right = f"the files of {self.words} that are to be there"
        to_leave = listings(self.answer.to_leave)
        if not to_leave:
            return met(right, "there are to be none")
        try:
            pairs = zip(to_leave, listings(self.answer.left), strict=True)
            differs = next(filter(None, (differing(*pair) for pair in pairs)), None)
        except ValueError:
            return missed(right, f"what {self.words} left there cannot be looked at", FILES)
        if differs is None:
            return met(right, "all of them, and no others")
        return missed(right, f"after {self.words}, {differs}", FILES)

    def _within(self) -> str:
        if not isinstance(self.expected, float) or not math.isfinite(self.expected):
            return ""
        tolerance = self.tolerance
        far = max(tolerance.relative * abs(self.expected), tolerance.absolute)
        return f" (within {far:.1g})" if far else ""

    def _otherwise(self) -> tuple[str, str]:
        """Return what happened in the place of a value, and what to look at."""
        if self.answer.error is not None:
            raised, hint = self.explain(self.answer.error)
            return f"{self.words} {raised}", hint
        if self.answer.outcome == "slow":
            return f"{self.words} did not return in time", LOOP
        if self.answer.outcome == "large":
            return f"{self.words} returned more than can be looked at", ""
        return f"{self.words} returned a value that cannot be read", ""


class FunctionView:
    """The answers of a function, the author's own cases first.

    Args:
        part: What the author asked for.
        record: What was observed.
        explain: Explains exceptions of the student's code.

    Attributes:
        calls: Each call, with ``agrees()`` and ``value`` of its own, for checks of some alone.
    """

    def __init__(
        self, part: Function, record: FunctionEvidence, explain: Explain = plainly
    ) -> None:
        self._part = part
        self._explain = explain
        self._found = record.found
        self.calls = tuple(self._called(answer) for answer in record.answers)

    def _called(self, answer: Answer) -> CallResult:
        args, keywords = decode(answer.arguments)
        words = called(self._part.name, args, keywords.items())
        expected = decode(answer.expected)
        how = self._part.tolerance, self._explain
        return CallResult(words, answer, expected, answer.drawn, *how)

    def agrees(self) -> Expectation:
        """Each call returned what it should; else, say so of the first that did not."""
        if self._found is not None:
            return self._other()
        for found in self._results():
            if not found.met:
                return found
        count = len(self.calls)
        calls = "1 call" if count == 1 else f"{count} calls"
        return met(f"the right value for {calls}", "right for all of them")

    def _results(self) -> Iterator[Expectation]:
        return (each.agrees() for each in self.calls)

    def keeps_arguments(self) -> Expectation:
        """No call changed what it was given.

        Of calls that were given something to change, one at least must have returned what it
        should: what does nothing, or raises, changes nothing either.

        Raises:
            Absent: None has, or the notebook has replaced what watches it.
        """
        if self._found is not None:
            return self._other()
        self._require_watched()
        changed = next((each for each in self.calls if each.answer.changed), None)
        right = "arguments that are as they were before"
        if changed is not None:
            return missed(right, f"{changed.words} changed what it was given", COPY)
        changeable = [each for each in self.calls if can_change(decode(each.answer.arguments))]
        self._require_right(changeable or self.calls)
        return met(right, "none was changed")

    def leaves_files(self) -> Expectation:
        """Each call left in the folders that were made for it the files that it should.

        One call at least must have returned what it should: what does nothing leaves all as it was.

        Raises:
            Absent: None has, or the notebook has replaced what watches it.
        """
        if self._found is not None:
            return self._other()
        self._require_watched()
        found = [each.leaves_files() for each in self.calls]
        for each in found:
            if not each.met:
                return each
        self._require_right(self.calls)
        return met("the files that are to be there after each call", "all of them, and no others")

    def _require_watched(self) -> None:
        if any(each.answer.changed is None for each in self.calls):
            raise Absent(self._part.name, UNWATCHED.format(self._part.name), LEAVE_ALONE)

    def _require_right(self, calls: Sequence[CallResult]) -> None:
        if not any(each.agrees().met for each in calls):
            raise Absent(self._part.name, UNSEEN.format(self._part.name), FIRST)

    def _other(self) -> Expectation:
        return missed(f"a function called {self._part.name}", self._found, CALLABLE)
