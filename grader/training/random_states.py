"""The states of all that random numbers are drawn from while a model is trained.

Layers draw from generators of their own, whose states are among a model's variables.
"""

import random
from collections.abc import Mapping
from typing import Any

import numpy as np
from keras.src.backend.common import global_state
from keras.src.random import seed_generator
from tensorflow.python.eager import context

# What Keras calls the generator of whatever has none of its own.
_OF_KERAS = "global_seed_generator"


def told() -> dict[str, Any]:
    """Return the states of Python, NumPy, TensorFlow and Keras, as ``json.dumps`` takes them."""
    numpy: Any = np.random.get_state(legacy=False)  # noqa: NPY002 - what Keras' loaders draw from
    state = {"key": numpy["state"]["key"].tolist(), "pos": int(numpy["state"]["pos"])}
    own = global_state.get_global_attribute(_OF_KERAS)
    return {
        "python": random.getstate(),
        "numpy": {**numpy, "state": state},
        "tensorflow": _seeds().getstate(),
        "keras": None if own is None else own.state.numpy().tolist(),
    }


def put_back(states: Mapping[str, Any]) -> None:
    """Go on drawing from where ``told`` was called, in whichever process that was.

    Args:
        states: What it returned.
    """
    if states["keras"] is None:
        global_state.set_global_attribute(_OF_KERAS, None)
    else:
        # Made by the seed of Python, whose state comes later.
        seed_generator.global_seed_generator().state.assign(states["keras"])
    numpy = states["numpy"]
    key = np.array(numpy["state"]["key"], dtype=np.uint32)
    np.random.set_state({**numpy, "state": {**numpy["state"], "key": key}})  # noqa: NPY002
    random.setstate(_python(states["python"]))
    _seeds().setstate(_python(states["tensorflow"]))


def _seeds() -> random.Random:
    """Return what TensorFlow draws the seeds of operations from that were given none."""
    drawn: random.Random = context.context()._rng  # noqa: SLF001 - it has no public name
    return drawn


def _python(state: Any) -> tuple[Any, ...]:  # noqa: ANN401 - as random has it
    version, numbers, gauss = state
    return version, tuple(numbers), gauss
