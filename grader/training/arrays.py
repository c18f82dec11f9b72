"""What the dataset's own arrays are, which the grader wrote down in folders."""

from collections.abc import Mapping
from functools import cache

import numpy as np

from grader.preparation.files import opened
from grader.preparation.labels import codes
from grader.preparation.records import LabelledArrays
from grader.training.prepared import ArrayShape, SplitShapes


@cache
def shapes(folder: str) -> SplitShapes:
    """Return what the arrays of a folder are; it stays as it is."""
    found = opened(folder)
    x, y = (ArrayShape(each.shape, each.dtype.name) for each in (found.x, found.y))
    return SplitShapes(x, y, classes_of(found))


def all_shapes(folders: Mapping[str, str]) -> dict[str, SplitShapes]:
    """Return the same of several, by their names."""
    return {name: shapes(folder) for name, folder in folders.items()}


def classes_of(arrays: LabelledArrays) -> int:
    """Count the classes of labels, from label 0 on: each has one, in a row or one-hot."""
    if arrays.y.ndim > 1 and arrays.y.shape[1] > 1:
        return int(arrays.y.shape[1])
    return int(classes(arrays).max()) + 1


def classes(arrays: LabelledArrays) -> np.ndarray:
    """Return the number of the class of each sample (samples,)."""
    found = codes(arrays.y)
    if found is None:
        raise ValueError("the dataset's labels are no classes")
    return found
