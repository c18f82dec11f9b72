"""What the layers of a model contribute to its output.

A layer changes nothing in the output if that stays the same when what the layer puts out is
replaced by its mean over images: what it tells of a single image does not arrive.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import keras
import numpy as np
import tensorflow as tf

from grader.training import paths
from grader.training.build import Built
from grader.training.description import Architecture
from grader.training.measure import by_batch
from grader.training.results import Array

# Share of the differences between images that a layer makes up at least. Of networks with branches,
# trained for four epochs, the weakest made up 0.0076: three convolutions with 16 numbers in the
# end, beside 17,000 pixels.
LEAST = 0.001
# Below this, outputs for different images differ by rounding alone.
_ROUNDING = 1e-6


class Effects:
    """Calls the layers of one model one by one.

    Args:
        built: The model and its layers.
        architecture: What it was built from.
    """

    def __init__(self, built: Built, architecture: Architecture) -> None:
        self._layers = built.layers
        self._architecture = architecture
        self._scores_at = paths.scores_at(architecture)

    def ranges(self, images: Array, places: Sequence[int]) -> dict[int, tuple[float, float]]:
        """Return the least and the greatest value that reach some layers.

        Args:
            images: As the model takes them (batch, height, width, channels).
            places: Positions of the layers.
        """
        values = self._values({0: tf.constant(images)}, max(places, default=0))
        given = {at: [values[each] for each in self._inputs(at)] for at in places}
        return {
            at: (float(min(map(np.min, seen))), float(max(map(np.max, seen))))
            for at, seen in given.items()
        }

    def without_effect(self, images: Array, places: Sequence[int]) -> set[int]:
        """Return those of some layers that change nothing in the output.

        Where the output is the same for all images, nothing is known of any of them.

        Args:
            images: As the model takes them (batch, height, width, channels).
            places: Positions of the layers.
        """
        with _by_batch(self._layers), _linear(self._layers[self._scores_at]):
            values = self._values({0: tf.constant(images)}, self._scores_at)
            spread = _spread(values[self._scores_at])
            if not spread > _ROUNDING * _size(values[self._scores_at]):
                return set()
            return {at for at in places if not self._change(values, at) > LEAST * spread}

    def _change(self, values: Mapping[int, tf.Tensor], place: int) -> float:
        """Return how far the scores of images differ from what they are without a layer."""
        before = paths.ancestors(self._architecture)
        kept = {at: value for at, value in values.items() if place not in before[at]}
        mean = tf.reduce_mean(values[place], axis=0, keepdims=True)
        kept[place] = tf.broadcast_to(mean, tf.shape(values[place]))
        again = self._values(kept, self._scores_at)[self._scores_at]
        return _spread(values[self._scores_at] - again)

    def _values(self, known: Mapping[int, tf.Tensor], last: int) -> dict[int, tf.Tensor]:
        """Return what layers put out, up to the last one asked for, given what is known of it."""
        values = dict(known)
        for place in range(last + 1):
            if place not in values:
                given = [values[each] for each in self._inputs(place)]
                values[place] = _called(self._layers[place], given)
        return values

    def _inputs(self, place: int) -> tuple[int, ...]:
        return self._architecture.layers[place].inputs


def _called(layer: keras.Layer, given: Sequence[tf.Tensor]) -> tf.Tensor:
    training = {"training": False} if layer._call_has_training_arg else {}  # noqa: SLF001 - as Keras
    return layer(given[0] if len(given) == 1 else list(given), **training)


def _spread(scores: tf.Tensor) -> float:
    """Return how far scores (images, units) differ from image to image; NaN if they are none."""
    found = np.asarray(scores, dtype=np.float64).reshape(len(scores), -1)
    if found.shape[1] > 1:
        # What is added to the scores of all classes makes no difference.
        found = found - found.mean(axis=1, keepdims=True)
    return float(np.sqrt(np.mean(np.square(found - found.mean(axis=0)))))


def _size(scores: tf.Tensor) -> float:
    return float(np.abs(np.asarray(scores)).max())


@contextmanager
def _by_batch(layers: Sequence[keras.Layer]) -> Iterator[None]:
    """Normalise by the statistics of each batch, and leave the running averages as they were."""
    normalizing = [each for each in layers if isinstance(each, keras.layers.BatchNormalization)]
    kept = [(layer, layer.get_weights()) for layer in normalizing]
    try:
        with by_batch(normalizing):
            yield
    finally:
        for layer, weights in kept:
            layer.set_weights(weights)


@contextmanager
def _linear(layer: keras.Layer) -> Iterator[None]:
    """Take the activation of a dense layer away: where it is saturated, no difference is seen."""
    if not isinstance(layer, keras.layers.Dense):
        yield
        return
    activation = layer.activation
    layer.activation = keras.activations.linear
    try:
        yield
    finally:
        layer.activation = activation
