"""Reads how arrays were made before ``fit``: a preparation, or the reason why it is not taken.

Nothing is made here. What comes out holds names of a dataset's splits, rows that those have, and
steps of a table with scalars, each of which can be done to what the one before it leaves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import cast

from grader.preparation.records import Preparation, RowNumbers, RowRange, Rows, Step
from grader.training.description import Json
from grader.training.reading import read
from grader.training.refusals import Refused, count, items, members, shown
from grader.training.tables.preparation import STEPS
from grader.training.tables.signatures import read_part

_MAX_STEPS = 8
_MAX_BYTES = 2**31
_SIZES = {"bool": 1, "8": 1, "16": 2, "32": 4, "64": 8}


@dataclass(frozen=True, slots=True)
class ArrayShape:
    """What an array is, but for its numbers.

    Args:
        shape: Its lengths, that of the samples first.
        dtype: NumPy's name of its type.
    """

    shape: tuple[int, ...]
    dtype: str


@dataclass(frozen=True, slots=True)
class SplitShapes:
    """What the arrays of a split are.

    Args:
        x: Of its samples.
        y: Of its labels, as many.
        classes: How many classes these are of; 0 where nobody counted them.
    """

    x: ArrayShape
    y: ArrayShape
    classes: int = 0


@dataclass(frozen=True, slots=True)
class Made:
    """What arrays are that were made as a preparation says.

    Args:
        x: The samples.
        y: Their labels.
        most: Bytes of the largest array on the way to them, that statistics are taken of included.
    """

    x: ArrayShape
    y: ArrayShape
    most: int


def accept_preparation(raw: bytes, splits: Mapping[str, SplitShapes]) -> Preparation:
    """Read how the arrays of one ``fit`` were made.

    Args:
        raw: JSON.
        splits: What the grader's own copy of the dataset has, by the name of the split.

    Raises:
        Refused: It is not taken, and why.
    """
    return read_preparation(read(raw), splits)


def read_preparation(value: Json, splits: Mapping[str, SplitShapes]) -> Preparation:
    """Read parsed JSON.

    Raises:
        Refused: It is not taken, and why.
    """
    found = members(value, "the preparation", ("split", "rows", "x", "y"))
    name = found["split"]
    if not isinstance(name, str) or name not in splits:
        raise Refused(f"the preparation: {shown(name)} is no split of the dataset")
    rows, total = _rows(found["rows"], splits[name].x.shape[0])
    x, y = _walks(splits, name, total)
    return Preparation(name, rows, _steps(found["x"], "x", x), _steps(found["y"], "y", y))


def _walks(splits: Mapping[str, SplitShapes], name: str, rows: int) -> tuple["_Walk", "_Walk"]:
    samples = {split: each.x for split, each in splits.items()}
    labels = {split: each.y for split, each in splits.items()}
    return _Walk(samples, name, rows), _Walk(labels, name, rows)


def made_of(preparation: Preparation, splits: Mapping[str, SplitShapes]) -> Made:
    """Return what arrays are made, without making any.

    Args:
        preparation: As it was read.
        splits: As it was read with.
    """
    total = preparation.rows.count
    walks = _walks(splits, preparation.split, total)
    for walk, steps in zip(walks, (preparation.x, preparation.y), strict=True):
        for step in steps:
            walk.take(step, step.part)
    x, y = (walk.reached(total) for walk in walks)
    return Made(x, y, max(walk.most for walk in walks))


def _rows(value: Json, most: int) -> tuple[Rows, int]:
    if isinstance(value, dict) and "numbers" in value:
        listed = items(members(value, "rows", ("numbers",))["numbers"], "rows: numbers", most, 1)
        numbers = tuple(count(each, "rows: a number", 0, most - 1) for each in listed)
        if len(set(numbers)) < len(numbers):
            raise Refused("rows: a number stands twice in numbers")
        return RowNumbers(numbers), len(numbers)
    found = members(value, "rows", ("start", "stop", "step"))
    start = count(found["start"], "rows: start", 0, most - 1)
    stop = count(found["stop"], "rows: stop", start + 1, most)
    step = count(found["step"], "rows: step", 1, most)
    return RowRange(start, stop, step), len(range(start, stop, step))


def _steps(value: Json, which: str, walk: "_Walk") -> tuple[Step, ...]:
    steps = []
    for position, each in enumerate(items(value, which, _MAX_STEPS)):
        where = f"{which}: step {position}"
        found = read_part(each, STEPS[which], "steps", where)
        step = Step(found.name, found.arguments)
        walk.take(step, f"{where} ({step.part})")
        steps.append(step)
    return tuple(steps)


class _Walk:
    """What an array is from one step to the next.

    Args:
        arrays: The dataset's, by the name of their split.
        name: Of the split that it is made of.
        count: How many of its rows.
    """

    def __init__(self, arrays: Mapping[str, ArrayShape], name: str, rows: int) -> None:
        own = arrays[name]
        self._arrays = {
            split: each for split, each in arrays.items() if each.shape[1:] == own.shape[1:]
        }
        self._rows = max(rows, *(each.shape[0] for each in self._arrays.values()))
        self._sample = own.shape[1:]
        self._dtype = own.dtype
        # Bytes of the largest array so far.
        self.most = self._bytes

    @property
    def _bytes(self) -> int:
        return self._rows * prod(self._sample) * _size(self._dtype)

    def reached(self, rows: int) -> ArrayShape:
        """Return what so many rows are now."""
        return ArrayShape((rows, *self._sample), self._dtype)

    def take(self, step: Step, where: str) -> None:
        """Go on by a step.

        Raises:
            Refused: It cannot be done to what is there, or that would be too large then.
        """
        if step.part == "Cast":
            self._dtype = str(step.arguments["dtype"])
        elif step.part == "OneHot":
            self._take_one_hot(cast("int", step.arguments["classes"]), where)
        elif step.part == "Transpose":
            self._take_axes(cast("Sequence[int]", step.arguments["axes"]), where)
        elif step.part == "Reshape":
            self._take_shape(cast("tuple[int, ...]", step.arguments["shape"]), where)
        else:
            self._compute(step, where)
        self.most = max(self.most, self._bytes)
        if self.most > _MAX_BYTES:
            raise Refused(f"{where} makes an array of {self.most} bytes, more than {_MAX_BYTES}")

    def _take_one_hot(self, classes: int, where: str) -> None:
        if self._sample:
            raise Refused(f"{where} takes one label of each sample, found the shape {self._sample}")
        self._sample, self._dtype = (classes,), "float64"

    def _take_axes(self, axes: Sequence[int], where: str) -> None:
        if sorted(axes) != list(range(1, len(self._sample) + 1)):
            raise Refused(f"{where}: axes {list(axes)} are not those of the shape {self._sample}")
        self._sample = tuple(self._sample[axis - 1] for axis in axes)

    def _take_shape(self, shape: tuple[int, ...], where: str) -> None:
        if prod(shape) != prod(self._sample):
            raise Refused(f"{where}: {self._sample} cannot have the shape {shape}")
        self._sample = shape

    def _compute(self, step: Step, where: str) -> None:
        if not self._dtype.startswith("float"):
            raise Refused(f"{where} computes with real numbers, found {self._dtype}")
        if step.arguments.get("axes") == "channels" and len(self._sample) < 2:  # noqa: PLR2004
            raise Refused(f"{where}: samples of the shape {self._sample} have no channels")
        of = step.arguments.get("of")
        if of is not None and of not in self._arrays:
            raise Refused(f"{where}: {shown(of)} is no split with samples of this shape")


def _size(dtype: str) -> int:
    return next(size for ending, size in _SIZES.items() if dtype.endswith(ending))
