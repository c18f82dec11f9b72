"""How an array was made of a dataset's own, as plain records that hold no array."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[Any]

# Bounds of what numbers are multiplied or divided by, whatever the sign; nor is more added.
LEAST_FACTOR = 1e-9
MOST_FACTOR = 1e9


@dataclass(frozen=True, slots=True)
class Step:
    """One change of an array.

    Args:
        part: Name of a step in ``grader.preparation.steps``.
        arguments: What it is done with: scalars and short tuples of them.
    """

    part: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowRange:
    """Rows of a split in their order, as ``array[start:stop:step]`` has them.

    Args:
        start: The first row.
        stop: The row before which it ends.
        step: From one row to the next, at least 1.
    """

    start: int
    stop: int
    step: int = 1

    @property
    def count(self) -> int:
        """How many rows these are."""
        return len(range(self.start, self.stop, self.step))


@dataclass(frozen=True, slots=True)
class RowNumbers:
    """Rows of a split in another order, each at most once.

    Args:
        numbers: Their places in the split.
    """

    numbers: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many rows these are."""
        return len(self.numbers)


Rows: TypeAlias = RowRange | RowNumbers


@dataclass(frozen=True, slots=True)
class Preparation:
    """How samples and labels that ``fit`` was given were made of a split's.

    Args:
        split: Name of the split.
        rows: Which of its samples, in which order.
        x: What was done to the samples, in this order.
        y: What was done to the labels, in this order.
    """

    split: str
    rows: Rows
    x: tuple[Step, ...] = ()
    y: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class LabelledArrays:
    """A split's own arrays.

    Args:
        x: Samples (samples, ...).
        y: Labels (samples, ...).
    """

    x: "Array"
    y: "Array"
