"""A few features of samples, which tell as much as all do."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

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


def picked(array: "Array", columns: "Array") -> "Array":
    """Return a few features of all samples, without a copy of the others.

    Args:
        array: Samples (samples, ...).
        columns: The places of these features in a sample that is put into a row.

    Returns:
        An array (samples, columns).
    """
    samples = array if array.ndim > 1 else array[:, None]
    places: tuple[Any, ...] = np.unravel_index(columns, samples.shape[1:])
    found: Array = samples[(slice(None), *places)]
    return found


def _looked_at(given: "Array") -> "Array":
    few = some(given, _LOOKED_AT)
    return few.reshape(len(few), -1)


def varied(given: "Array") -> "Array":
    """Return the places of the features of samples (samples, ...) in which these differ.

    Of one sample alone, these are all.
    """
    few = _looked_at(given)
    if len(few) == 1:
        return np.arange(few.shape[1])
    return np.flatnonzero(few.min(axis=0) < few.max(axis=0))


def telling(given: "Array", most: int) -> "Array":
    """Return the places of the features of samples (samples, ...) in which these differ most."""
    columns = varied(given)
    spread = _looked_at(given)[:, columns].astype(np.float64).std(axis=0)
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
            name: np.ascontiguousarray(picked(each, columns)) for name, each in arrays.items()
        }
        self._known: Known = {}

    def changed(self, steps: "Sequence[Step]") -> "Array":
        """Return those of the rows after steps, each of which changes features by themselves."""
        made = changes(steps, self._references, self._known)
        return applied(made, self._references[None])
