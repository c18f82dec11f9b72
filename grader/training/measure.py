"""Measures how many images of a dataset a model tells right, with nothing of a student's in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

import keras
import numpy as np
import tensorflow as tf

from grader.training.description import Description
from grader.training.loader import Images, batches
from grader.training.results import Array
from grader.training.views import View

# Large enough that a batch is of mixed classes, small enough that its activations fit in memory.
BATCH = 20
Predict: TypeAlias = Callable[[Array], tf.Tensor]
Call: TypeAlias = Callable[..., tf.Tensor]


class Meter:
    """Measures one model, again and again.

    Args:
        model: Built.
        loader: All images of the dataset, from ``load_all``.
        seed: Of the order in which they are shown.
        view: How they are shown, and what outputs mean.
    """

    def __init__(
        self, model: keras.Model, loader: Images, seed: int, view: View | None = None
    ) -> None:
        self._model = model
        self._predict = _predicting(model)
        self._view = view or View()
        self._seed = seed
        self._loader = loader

    @property
    def images(self) -> int:
        """How many images the dataset has."""
        return int(self._loader.n)

    def inference(self) -> float:
        """Return the share of images that are told right in inference mode."""
        return self._share(self._predict)

    def by_batch_statistics(self) -> float | None:
        """Return the same, normalised by the statistics of each batch; None if nothing is.

        The running averages are put back afterwards.
        """
        found = _normalizing(self._model)
        if not found:
            return None
        with _by_batch(found):
            return self._share(_predicting(self._model))

    def _share(self, predict: Predict) -> float:
        view, classes = self._view, len(self._loader.class_indices)
        right = 0
        for images, labels in batches(self._loader, BATCH, self._seed):
            told = view.told(np.asarray(predict(view.shown(images))))
            right += int(np.sum(told == (labels + view.turned) % classes))
        return right / self.images


def _predicting(model: keras.Model) -> Predict:
    shape = tf.TensorSpec(model.input.shape, tf.float32)
    infer = tf.function(lambda images: model(images, training=False), autograph=False)
    predict: Predict = infer.get_concrete_function(shape)
    return predict


def view_of(description: Description) -> View:
    """Return how a description's model sees images: its loader scales them already."""
    return View(threshold=0.0 if _from_logits(description) else 0.5)


def _from_logits(description: Description) -> bool:
    """Whether the loss takes an output of one unit for a class from 0 on, not from 0.5 on."""
    loss = description.compile.loss
    return bool(loss.arguments.get("from_logits")) or loss.name in {"Hinge", "SquaredHinge"}


def _normalizing(model: keras.Model) -> list[keras.Layer]:
    return [each for each in model.layers if isinstance(each, keras.layers.BatchNormalization)]


@contextmanager
def _by_batch(layers: list[keras.Layer]) -> Iterator[None]:
    """Have only these layers compute as in training, so that no dropout interferes."""
    kept = [(layer, layer.get_weights(), layer.call) for layer in layers]
    try:
        for layer, _, call in kept:
            layer.call = _training(call)
        yield
    finally:
        for layer, weights, _ in kept:
            vars(layer).pop("call", None)
            layer.set_weights(weights)


def _training(call: Call) -> Call:
    def always(inputs: tf.Tensor, **given: object) -> tf.Tensor:
        return call(inputs, **given | {"training": True})

    return always
