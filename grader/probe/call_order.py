"""Layers in the order in which a model calls them, where the model alone does not tell it.

A model of the notebook's own class lists its layers as they were assigned, one that is called three
times only once, and a layer of an own class hides those that it is made of. Shown an image, both
call them one after the other.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Any

from grader.inspection.bounded import extent, items
from grader.inspection.models import (
    MAX_LAYERS,
    called_through,
    describe_layer,
    is_of_keras,
    layers,
    leaves,
)
from grader.inspection.plain import attribute, shape, text

# What a function does that is called between layers, in terms of the layer that does the same.
POOLS, FLATTENS = "MaxPooling2D", "Flatten"
_MAPS, _VECTORS = 4, 2  # axes, that of the batch included


@dataclass(slots=True)
class Calls:
    """Which layers were called, with the shapes of what went in and came out of each."""

    made: list[tuple[Any, Any, Any]] = field(default_factory=list)
    last: Any = None

    def noting(self, layer: Any) -> Callable[..., Any]:
        """Build a function that calls a layer and writes that down."""
        original = layer.call

        def call(inputs: Any, *args: Any, **kwargs: Any) -> Any:
            output = original(inputs, *args, **kwargs)
            # Where a model is only built now, symbols go through it first, which hold nothing.
            if len(self.made) < MAX_LAYERS and (given := extent(output)) is not None:
                self.made.append((layer, extent(inputs), given))
                self.last = output
            return output

        return call


def is_needed(model: Any) -> bool:
    """Whether a model has to be called to know which layers and functions it calls, and when."""
    steps = [*islice(layers(model), MAX_LAYERS), *(attribute(model, "operations") or ())]
    calls = [id(attribute(node, "operation")) for node in attribute(model, "_nodes") or ()]
    repeated = len(calls) > len(set(calls))
    return attribute(model, "input_shape") is None or repeated or not all(map(_is_told, steps))


def _is_told(step: Any) -> bool:
    """Whether a step is a layer whose output is known, and holds none of the notebook's."""
    import keras

    hides = not is_of_keras(step) and bool(attribute(step, "_layers"))
    return isinstance(step, keras.Layer) and not hides and attribute(step, "output") is not None


def describe(model: Any, images: Any) -> dict[str, Any] | None:
    """Describe a model's layers in the order of their calls, a layer as often as it is called.

    Args:
        model: A model of one input.
        images: A batch from the loader, as NumPy array (batch, height, width, channels).

    Returns:
        As ``models.describe`` does; None if the model does not take the image.
    """
    calls, output = Calls(), None
    # Its functions are the student's: whatever they raise, the list of layers is still there.
    with suppress(Exception), ExitStack() as listening:
        for layer in {id(each): each for each in islice(leaves(model), MAX_LAYERS)}.values():
            listening.enter_context(called_through(layer, calls.noting(layer)))
        listening.enter_context(_eagerly())
        output = model(images[:1], training=False)
    if output is None or not calls.made:
        return None
    given = attribute(model, "input_shape") or (None, *images.shape[1:])
    rows = [*_rows(calls.made), *_activated(calls.last, output)]
    return {"type": text(type(model).__name__, 200), "input_shape": shape(given), "layers": rows}


@contextmanager
def _eagerly() -> Iterator[None]:
    """Have functions of TensorFlow run as they are written, with numbers instead of symbols."""
    import tensorflow as tf

    before = tf.config.functions_run_eagerly()
    tf.config.run_functions_eagerly(run_eagerly=True)
    try:
        yield
    finally:
        tf.config.run_functions_eagerly(before)


def _rows(calls: list[tuple[Any, Any, Any]]) -> Iterator[dict[str, Any]]:
    counted: set[int] = set()
    for (_, _, before), (layer, taken, given) in pairwise([(None, None, None), *calls]):
        yield from _between(before, taken)
        row = describe_layer(layer) | {"output_shape": _of_any_batch(given)}
        # Called again, it has the same weights.
        yield row if id(layer) not in counted else row | {"parameters": 0}
        counted.add(id(layer))


def _of_any_batch(known: Any) -> list[Any] | None:
    return shape((None, *known[1:])) if known else None


def _between(before: Any, after: Any) -> Iterator[dict[str, Any]]:
    """Yield what a function has done to maps between two layers, by what came out and went in."""
    if not before or not after or len(before) != _MAPS:
        return
    smaller = len(after) == _MAPS and after[1] < before[1] and after[2] < before[2]
    if smaller or len(after) == _VECTORS:
        yield _function(POOLS if smaller else FLATTENS, after)


def _function(like: str, known: Any, **settings: Any) -> dict[str, Any]:
    return {
        "name": "function",
        "type": "Function",
        "bases": [like],
        "output_shape": _of_any_batch(known),
        "parameters": 0,
        "settings": settings,
    }


def _activated(last: Any, output: Any) -> Iterator[dict[str, Any]]:
    """Yield the activation that a function applies to what the last layer puts out."""
    import keras
    import numpy as np

    before, after = items(last), items(output)
    if before is None or after is None or before.size != after.size:
        return
    after = after.reshape(before.shape)
    if not np.allclose(before, after):
        for name in ("sigmoid", "softmax"):
            if np.allclose(keras.activations.get(name)(before), after, atol=1e-5):
                yield _function("Activation", before.shape, activation=name)
                return
