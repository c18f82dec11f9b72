"""What checks get of a value."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from grader.checks.declaration import Expectation, expect
from grader.kinds.value.evidence import ValueEvidence
from grader.kinds.value.part import Value
from grader.values.compare import Tolerance, difference
from grader.values.decode import UnreadableError, decode
from grader.values.records import Opaque
from grader.values.wording import kind_of, shown

MAX_TEXT = 10_000
EMPTY = "Write your answer in the place of None."
NO_QUOTES = "A number is written without quotes."
FORM = "Write it as {}."
_TRUTHS = (bool, np.bool_)
_NUMBERS = (int, float, np.integer, np.floating)
# Of a longer number, Python may refuse to make a text.
_MOST_BITS = 1_000
# What is written around the letter of a choice.
_BEFORE, _BEHIND = " \t\n([\"'", " \t\n)].:,;\"'"


class ValueView:
    """A value, and whether it is right. No report says what is.

    Args:
        part: What the author asked for.
        record: What was observed.
    """

    def __init__(self, part: Value, record: ValueEvidence) -> None:
        self._part = part
        self.value: Any = Opaque("a value that cannot be looked at")
        if record.outcome == "large":
            self.value = Opaque("more than can be looked at")
        elif record.outcome == "value":
            self.value = _read(record.value)

    @property
    def name(self) -> str:
        """The graded name."""
        return self._part.name

    def equals(self, right: object, tolerance: Tolerance = Tolerance()) -> Expectation:  # noqa: B008 - frozen
        """It is the right one; of a text alone, case and spaces make no difference.

        Args:
            right: A number, a text, or a container of them.
            tolerance: How far numbers may be off; whole numbers must be exact.
        """
        form = _form(right)
        found = difference(_plain(right), _plain(self.value), tolerance) is None
        return self._told(form, met=found, fits=_alike(right, self.value))

    def within(self, low: float, high: float) -> Expectation:
        """It is a number from ``low`` to ``high``, both included.

        Raises:
            ValueError: There is no such number.
        """
        if not low <= high:
            raise ValueError(f"no number is from {low!r} to {high!r}")
        fits = _is_number(self.value)
        return self._told("a number", met=fits and bool(low <= self.value <= high), fits=fits)

    def one_of(self, choices: Sequence[object], *right: object) -> Expectation:
        """It is one of the choices that are right; case, spaces and brackets make no difference.

        Args:
            choices: All that there are; a report names them.
            right: Those that are right.

        Raises:
            ValueError: Nothing is right, or what is right is no choice.
        """
        known = _known(choices, right)
        found = _choice(self.value)
        met = found is not None and found in map(_choice, right)
        fits = found is not None and found in known
        form = f"one of {', '.join(map(str, choices))}"
        return self._told(form, met=met, fits=fits)

    def all_of(self, choices: Sequence[object], *right: object) -> Expectation:
        """It is a list of those of the choices that are right, in any order, and of no others.

        A tuple or a set will do, and so will a text with commas between them.

        Args:
            choices: All that there are; a report names them.
            right: Those that are right; no report says how many they are.

        Raises:
            ValueError: Nothing is right, or what is right is no choice.
        """
        known = _known(choices, right)
        found = {*map(_choice, _chosen(self.value))}
        fits = bool(found) and found <= known
        form = f"a list of those that are right of {', '.join(map(str, choices))}"
        return self._told(form, met=found == {*map(_choice, right)}, fits=fits)

    def in_order(
        self,
        right: Sequence[object],
        tolerance: Tolerance = Tolerance(),  # noqa: B008 - frozen
    ) -> Expectation:
        """It has these items in this order; a report says which is the first that is not right.

        A list, a tuple or an array will do.

        Args:
            right: Numbers, texts, or tuples of them.
            tolerance: How far numbers may be off; whole numbers must be exact.
        """
        items = _items(self.value)
        pairs = list(zip(right, items or (), strict=False))
        wrong = [at for at, pair in enumerate(pairs, 1) if not _same(*pair, tolerance)]
        met = items is not None and not wrong and len(items) == len(right)
        told = self._told("a list", met=met, fits=items is not None)
        if items is None or met:
            return told
        few = "too few" if len(items) < len(right) else "too many"
        where = f"number {wrong[0]} of them is not right" if wrong else f"they are {few}"
        return replace(told, actual=f"{told.actual}: {where}")

    def matches(self, pattern: str, flags: int = re.IGNORECASE) -> Expectation:
        """It is a text that a regular expression matches as a whole, but for spaces around it.

        Args:
            pattern: The expression.
            flags: As ``re`` has them.
        """
        fits = isinstance(self.value, str)
        met = fits and re.fullmatch(pattern, self.value.strip()[:MAX_TEXT], flags) is not None
        return self._told("a text", met=met, fits=fits)

    def _told(self, form: str, *, met: bool, fits: bool) -> Expectation:
        """Say what was expected and found.

        Args:
            form: What an answer looks like, where the author does not say.
            met: Whether it is right.
            fits: Whether it looks so.
        """
        asked = self._part.form or form
        simple = isinstance(self.value, str | int | float | bool | np.generic) or fits
        actual = shown(self.value) if simple else kind_of(self.value)
        return expect(met, f"the right answer, {asked}", actual, self._hint(asked, fits=fits))

    def _hint(self, form: str, *, fits: bool) -> str:
        if self.value is None:
            return EMPTY
        if fits:
            return ""
        if isinstance(self.value, str) and "number" in form and _reads_as_number(self.value):
            return NO_QUOTES
        return FORM.format(form)


def _known(choices: Sequence[object], right: Sequence[object]) -> set[str | None]:
    """Return all choices as they are compared.

    Raises:
        ValueError: Nothing is right, or what is right is no choice.
    """
    known = {*map(_choice, choices)}
    if not right or not known.issuperset(map(_choice, right)):
        raise ValueError(f"what is right is one of the choices {choices!r}, found {right!r}")
    return known


def _chosen(value: object) -> Sequence[object]:
    if isinstance(value, str):
        return value[:MAX_TEXT].strip("()[]{} \t\n").split(",")
    return [*value] if isinstance(value, list | tuple | set | frozenset) else [value]


def _items(value: object) -> Sequence[object] | None:
    """Return the items of what has them in order; None of anything else."""
    if isinstance(value, np.ndarray):
        return value.tolist() if value.ndim else None
    return value if isinstance(value, list | tuple) else None


def _same(right: object, item: object, tolerance: Tolerance) -> bool:
    found = tuple(item) if isinstance(right, tuple) and isinstance(item, list) else item
    return difference(_plain(right), _plain(found), tolerance) is None


def _read(text: str) -> Any:
    try:
        value = decode(text)
    except UnreadableError:
        return Opaque("a value that cannot be looked at")
    return value[()] if isinstance(value, np.ndarray) and not value.ndim else value


def _form(right: object) -> str:
    if isinstance(right, _TRUTHS):
        return "True or False"
    if isinstance(right, str):
        return "a text"
    return "a number" if _is_number(right) else kind_of(right).partition(" of ")[0]


def _alike(right: object, value: object) -> bool:
    """Whether two values are of one kind, whatever they are."""
    return _form(right) == _form(value) and not isinstance(value, Opaque)


def _is_number(value: object) -> bool:
    return isinstance(value, _NUMBERS) and not isinstance(value, _TRUTHS)


def _plain(value: object) -> object:
    return " ".join(value.casefold().split()) if isinstance(value, str) else value


def _choice(value: object) -> str | None:
    """Return a choice as it is compared; None for what can be none."""
    plain = value.item() if isinstance(value, np.generic) else value
    if isinstance(plain, float) and plain.is_integer():
        return str(int(plain))
    huge = isinstance(plain, int) and plain.bit_length() > _MOST_BITS
    if huge or not isinstance(plain, str | int | float):
        return None
    return " ".join(str(plain).lstrip(_BEFORE).rstrip(_BEHIND).casefold().split())


def _reads_as_number(text: str) -> bool:
    try:
        float(text.strip()[:MAX_TEXT].replace(",", "."))
    except ValueError:
        return False
    return True
