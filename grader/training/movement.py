"""How far training has moved a model's kernels, from a few numbers of each."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from grader.training.results import Array

if TYPE_CHECKING:
    import keras

# Of each kernel; the largest have millions, whose copies would cost memory.
_MOST = 1024


def sample(model: "keras.Model") -> list[Array]:
    """Return numbers of each kernel, taken evenly.

    Args:
        model: Built.
    """
    return [_some(each) for each in model.weights if each.name.endswith("kernel")]


def _some(variable: "keras.Variable") -> Array:
    numbers = np.asarray(variable.value).reshape(-1)
    # An odd step takes from every unit, as a layer's units are most often an even number.
    return numbers[:: (len(numbers) // _MOST) | 1].copy()


def least(before: Sequence[Array], after: Sequence[Array]) -> float | None:
    """Return the change of the kernel that changed least; None where there is no kernel.

    Args:
        before: As ``sample`` returned it.
        after: The same of the same model, later.

    Returns:
        The length of the change, as a share of the length that it had; infinite from zero.
    """
    return min(map(_change, before, after), default=None)


def _change(before: Array, after: Array) -> float:
    moved, length = float(np.linalg.norm(after - before)), float(np.linalg.norm(before))
    if length == 0.0:
        return math.inf if moved else 0.0
    return moved / length
