"""Recognises arrays that `fit` was given as a dataset's own, and says how they were made."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.preparation import labels, rows, values
from grader.preparation.features import FIRST, MANY, Features, picked, telling
from grader.preparation.rebuild import select
from grader.preparation.records import LabelledArrays, Preparation, Rows, Step
from grader.preparation.shapes import reshapings
from grader.preparation.steps import applied, changes, references

if TYPE_CHECKING:
    from grader.preparation.records import Array

_KINDS = "biuf"
# How far a search came that found samples, but not how their labels were made.
_OF_LABELS = 3


class Unrecognised(Exception):  # noqa: N818 - it is an answer: this one is described in no way
    """Arrays are not known to be made of the dataset's; the message says what of them."""


@np.errstate(all="ignore")
def recognise(x: Any, y: Any, splits: Mapping[str, LabelledArrays]) -> Preparation:  # noqa: ANN401
    """Return how arrays were made, so that ``rebuild`` makes the same ones, to the last bit.

    Args:
        x: Samples that ``fit`` was given.
        y: Their labels.
        splits: The dataset's own arrays, by the name of their split.

    Raises:
        Unrecognised: They are not made of a split's in a way that is known.
    """
    given = LabelledArrays(_array(x, "x"), _array(y, "y"))
    if len(given.x) != len(given.y):
        raise Unrecognised(f"x has {len(given.x)} samples, and y has {len(given.y)} labels")
    reasons = []
    splits = {name: each for name, each in splits.items() if _are_numbers(each)}
    # An array is of all samples of a split more often than of some.
    for name in sorted(splits, key=lambda name: len(splits[name].x) != len(given.x)):
        search = _Search(given, splits, name)
        found = search.preparation()
        if found is not None:
            return found
        reasons.append(search.reason)
        if search.knows_samples:
            break
    raise Unrecognised(
        max(reasons, key=_rank)[1] if reasons else "the dataset has no arrays of numbers"
    )


def _are_numbers(split: LabelledArrays) -> bool:
    return {split.x.dtype.kind, split.y.dtype.kind} <= {*_KINDS}


def _array(value: Any, name: str) -> "Array":  # noqa: ANN401
    if type(value) is not np.ndarray:
        raise Unrecognised(f"{name} is no array but {type(value).__name__}")
    if value.dtype.kind not in _KINDS or value.dtype.itemsize > 8:  # noqa: PLR2004
        raise Unrecognised(f"{name} is an array of {value.dtype.name}, not of numbers")
    if value.ndim == 0 or not value.size:
        raise Unrecognised(f"{name} has no samples")
    if not np.isfinite(value).all():
        raise Unrecognised(f"{name} has numbers that are infinite or NaN")
    return value.astype(value.dtype.newbyteorder("="), copy=False)


def _rank(reason: tuple[int, str]) -> int:
    """Return how far a search came; of reasons alike, the first split's is given."""
    return reason[0]


class _Search:
    """Looks for arrays in one split.

    Args:
        given: The arrays.
        splits: The dataset's own.
        name: Of the split.
    """

    def __init__(
        self, given: LabelledArrays, splits: Mapping[str, LabelledArrays], name: str
    ) -> None:
        self._given = given
        self._name = name
        self._own = splits[name]
        self._splits = {
            key: each
            for key, each in splits.items()
            if each.x.shape[1:] == self._own.x.shape[1:]
            and each.y.shape[1:] == self._own.y.shape[1:]
        }
        self.reason = self._of_shape()

    def _of_shape(self) -> tuple[int, str]:
        found, known = len(self._given.x), len(self._own.x)
        if found > known:
            return 0, f"x has {found} samples, and {self._name} of the dataset has {known}"
        shapes = self._given.x.shape[1:], self._own.x.shape[1:]
        return 0, "each sample of x has the shape {}, and each of the dataset's {}".format(*shapes)

    @property
    def knows_samples(self) -> bool:
        """Whether the samples were found, so that they need not be looked for elsewhere."""
        return self.reason[0] == _OF_LABELS

    def _because(self, rank: int, reason: str) -> None:
        self.reason = max(self.reason, (rank, reason), key=_rank)

    def preparation(self) -> Preparation | None:
        """Return how the arrays were made; None if not of this split, or in no known way."""
        if len(self._given.x) > len(self._own.x):
            return None
        shapes = reshapings(self._own.x.shape[1:], self._given.x.shape[1:])
        for steps in shapes:
            found = self._shaped(steps)
            if found is not None or self.knows_samples:
                return found
        return None

    def _shaped(self, steps: tuple[Step, ...]) -> Preparation | None:
        self._because(1, "samples of x are none of the dataset's, or were changed beyond knowing")
        made = changes(steps, {})
        shaped = {name: applied(made, each.x) for name, each in self._splits.items()}
        for chosen in _once(self._rows(shaped)):
            own = references(select(shaped[self._name], chosen), shaped)
            found = values.find(own, self._given.x)
            if found is None:
                continue
            of_labels = self._labels(chosen)
            if of_labels is not None:
                return Preparation(self._name, chosen, (*steps, *found), of_labels)
            self._because(
                _OF_LABELS, "labels in y are not made of those that the dataset has for x"
            )
        return None

    def _labels(self, chosen: Rows) -> tuple[Step, ...] | None:
        known = {name: each.y for name, each in self._splits.items()}
        return labels.find(known, self._name, chosen, self._given.y)

    def _rows(self, shaped: Mapping[str, "Array"]) -> Iterator[Rows]:
        own, given = shaped[self._name], self._given.x
        yield from rows.usual(len(own), len(given))
        both = [labels.codes(each.y) for each in (self._own, self._given)]
        known = [each for each in both if each is not None]
        marks = known if len(known) == len(both) else []
        for found in rows.by_order(own, given, marks):
            self._because(2, "values of x were computed in a way that the grader does not know")
            yield found
        yield from self._by_values(shaped, marks)

    def _by_values(self, shaped: Mapping[str, "Array"], marks: list["Array"]) -> Iterator[Rows]:
        """Yield rows for each of the ways in which every feature is changed by itself."""
        given = self._given.x
        own = references(shaped[self._name], shaped)
        places = [telling(given, most) for most in (FIRST, MANY)]
        few, many = (Features(own, each) for each in places)
        for steps in values.by_feature(shaped, self._own.x.dtype.name, given.dtype.name):
            if rows.holds(few.changed(steps), picked(given, places[0])):
                yield from rows.by_values(many.changed(steps), picked(given, places[1]), marks)


def _once(candidates: Iterator[Rows]) -> Iterator[Rows]:
    tried: list[Rows] = []
    for each in candidates:
        if each not in tried:
            tried.append(each)
            yield each
