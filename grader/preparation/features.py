"""Samples as rows of features, and a few of these, which tell as much as all do."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from grader.preparation.exact import some
from grader.preparation.steps import Known, References, applied, changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.preparation.records import Array, Step

_LOOKED_AT = 256
# So many features show of most arrays that they were made in another way.
FIRST = 8
MANY = 64


def flat(array: "Array") -> "Array":
    """Return samples as rows (samples, features)."""
    return array.reshape(len(array), -1)


def varied(given: "Array") -> "Array":
    """Return the places of the features (samples, features) in which samples differ.

    Of one sample alone, these are all.
    """
    few = some(given, _LOOKED_AT)
    if len(few) == 1:
        return np.arange(given.shape[1])
    return np.flatnonzero(few.min(axis=0) < few.max(axis=0))


def telling(given: "Array", most: int) -> "Array":
    """Return the places of the features (samples, features) in which samples differ most."""
    columns = varied(given)
    spread = some(given, _LOOKED_AT)[:, columns].astype(np.float64).std(axis=0)
    return columns[np.sort(np.argsort(spread)[::-1][:most])]


class Features:
    """A few features of all samples.

    Args:
        arrays: What statistics may be of, as ``steps.references`` has it.
        columns: Which features.
    """

    def __init__(self, arrays: Mapping[str | None, "Array"], columns: "Array") -> None:
        # As indexing leaves them, statistics would add in another order, to other last digits.
        self._references: References = {
            name: np.ascontiguousarray(flat(each)[:, columns]) for name, each in arrays.items()
        }
        self._known: Known = {}

    def changed(self, steps: "Sequence[Step]") -> "Array":
        """Return those of the rows after steps, each of which changes features by themselves."""
        made = changes(steps, self._references, self._known)
        return applied(made, self._references[None])
