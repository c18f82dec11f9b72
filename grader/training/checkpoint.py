"""A model as a training has left it, in a file: what comes next goes on as if in one process."""

import json
from pathlib import Path
from typing import IO, Any

import keras
import numpy as np

from grader.training import checkpoint_files, random_states
from grader.training.loaders import Loaders
from grader.training.results import Array


def write(path: Path, model: keras.Model, loaders: Loaders) -> None:
    """Write down what the next training of a model depends on; nothing where it cannot be.

    It may be too large, or depend on the generators of a dataset of ``tf.data``.

    Nobody but the grader reads it. It has no checksum: writing takes no longer than copying.

    Args:
        path: Of the file.
        model: Trained, nothing else done since.
        loaders: Of its trainings.
    """
    variables = _variables(model)
    if not _fit_in(variables) or not loaders.have_positions:
        return
    told = {"random": random_states.told(), "loaders": loaders.positions()}
    with path.open("wb") as file:
        _save(file, np.frombuffer(json.dumps(told).encode(), dtype=np.uint8))
        for each in variables:
            _save(file, each.numpy())


def restore(path: Path, model: keras.Model, loaders: Loaders) -> None:
    """Bring a model, and all that is random, to where ``write`` was called.

    Args:
        path: Of the file.
        model: Built and compiled as the one that was written down.
        loaders: Of the training that comes next.
    """
    with path.open("rb") as file:
        told = json.loads(_load(file).tobytes())
        for each in _variables(model):
            each.assign(_load(file))
    loaders.go_on_from(told["loaders"])
    # The last thing: whatever is done besides may draw from them.
    random_states.put_back(told["random"])


def _variables(model: keras.Model) -> list[keras.Variable]:
    """Return all that training changes: weights, what is random in layers, the optimizer's own."""
    optimizer = model.optimizer
    if not optimizer.built:
        optimizer.build(model.trainable_variables)
    return [*model.variables, *optimizer.variables]


def _fit_in(variables: list[keras.Variable]) -> bool:
    """Whether they are not too large, and NumPy's format has a name for each of their types."""
    dtypes = [np.dtype(each.value.dtype.as_numpy_dtype) for each in variables]
    sizes = [each.value.shape.num_elements() for each in variables]
    whole = sum(size * dtype.itemsize for size, dtype in zip(sizes, dtypes, strict=True))
    return whole <= checkpoint_files.MOST_BYTES and all(each.kind in "fiub" for each in dtypes)


def _save(file: IO[bytes], array: Array) -> None:
    np.save(file, array, allow_pickle=False)


def _load(file: IO[bytes]) -> Any:  # noqa: ANN401 - as NumPy has it
    return np.load(file, allow_pickle=False)
