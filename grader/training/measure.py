"""Measures how many images of a dataset a model classifies correctly, by the grader's own code."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import TypeAlias

import keras
import numpy as np
import tensorflow as tf

from grader.training.data import Samples, batches
from grader.training.description import Description
from grader.training.memory import MEASURED_AT_ONCE
from grader.training.results import Array
from grader.training.views import SHARE, THRESHOLDS, View

# Large enough that a batch is of mixed classes, small enough that its activations fit in memory.
BATCH = MEASURED_AT_ONCE
Predict: TypeAlias = Callable[[Array], tf.Tensor]
Call: TypeAlias = Callable[..., tf.Tensor]


class Meter:
    """Measures one model, again and again.

    Args:
        model: Built.
        loader: All samples of the dataset.
        seed: Of the order in which they are shown.
        view: How they are shown, and what outputs mean.
    """

    def __init__(
        self, model: keras.Model, loader: Samples, seed: int, view: View | None = None
    ) -> None:
        self._model = model
        self._predict = _predicting(model)
        self._view = view or View()
        self._seed = seed
        self._loader = loader
        self._classes = loader.shifted(self._view.turned)
        self._normalizing = _normalizing(model)
        self._by_batch: Predict | None = None

    def on(self, loader: Samples) -> "Meter":
        """Return a meter of the same model on other images of the same classes.

        Args:
            loader: All of these samples.
        """
        other = copy(self)
        other._loader = loader  # noqa: SLF001 - a copy of this one
        return other

    @property
    def images(self) -> int:
        """How many images it measures on."""
        return int(self._loader.n)

    @property
    def best(self) -> float:
        """The best of ``shares``, from 0 to 1."""
        return max(share for share in self.shares() if share is not None)

    def loss(self, *, one_hot: bool) -> float:
        """Return the mean loss over all images, as Keras' ``evaluate`` has it.

        Args:
            one_hot: Whether labels are vectors of one number for each class.
        """
        return self.evaluated(one_hot=one_hot)["loss"]

    def evaluated(self, *, one_hot: bool) -> dict[str, float]:
        """Return what Keras' ``evaluate`` has of all images: loss and metrics, by name.

        Args:
            one_hot: As for ``loss``.
        """
        labelled = self._labelled(one_hot=one_hot)
        # Without their number, Keras warns of there being no more of them.
        steps = math.ceil(self.images / BATCH)
        found = self._model.evaluate(labelled, steps=steps, verbose=0, return_dict=True)
        return {name: float(value) for name, value in found.items()}

    def _labelled(self, *, one_hot: bool) -> Iterator[tuple[Array, Array]]:
        """Yield all images with labels as ``fit`` has them."""
        # There may be more outputs than classes, and labels have as many numbers then.
        width = max(len(self._classes), int(self._model.output_shape[-1]))
        of_class = np.eye(width, dtype=np.float32)
        for images, labels in batches(self._loader, BATCH, self._seed):
            classes = self._classes[labels]
            told = of_class[classes] if one_hot else classes.astype(np.float32)
            yield self._view.shown(images), told

    def shares(self) -> tuple[float | None, float | None]:
        """Return what ``inference`` and ``by_batch_statistics`` do.

        None instead of the first where the second has all images: running averages are far behind
        after few steps, so that it seldom has more, and each takes as long as a third of an epoch.
        """
        batches = self.by_batch_statistics()
        return None if batches == 1.0 else self.inference(), batches

    def inference(self) -> float:
        """Return the share of images that are classified correctly in inference mode."""
        return self._share(self._predict)

    def by_batch_statistics(self) -> float | None:
        """Return the same, normalised by the statistics of each batch; None if nothing is.

        The running averages are put back afterwards.
        """
        if not self._normalizing:
            return None
        kept = [(layer, layer.get_weights()) for layer in self._normalizing]
        try:
            return self._share(self._predict_by_batch())
        finally:
            for layer, weights in kept:
                layer.set_weights(weights)

    def _predict_by_batch(self) -> Predict:
        # Traced once: a training may be measured after every epoch.
        if self._by_batch is None:
            with by_batch(self._normalizing):
                self._by_batch = _predicting(self._model)
        return self._by_batch

    def _share(self, predict: Predict) -> float:
        view, classes = self._view, self._classes
        counts = [
            view.correct(np.asarray(predict(view.shown(images))), classes[labels])
            for images, labels in batches(self._loader, BATCH, self._seed)
        ]
        return float(np.sum(counts, axis=0).max()) / self.images


def _predicting(model: keras.Model) -> Predict:
    shape = tf.TensorSpec(model.input.shape, tf.float32)
    infer = tf.function(lambda images: model(images, training=False), autograph=False)
    predict: Predict = infer.get_concrete_function(shape)
    return predict


def view_of(description: Description) -> View:
    """Return how a description's model sees images: its loader scales them already.

    A loss that takes logits has 0 between the classes, Keras' ``accuracy`` still has 0.5. Which of
    them the training went by depends on the activation as well (a sigmoid's output is no logit,
    whatever the loss was told), so the better one counts.
    """
    return View(thresholds=THRESHOLDS if _from_logits(description) else (SHARE,))


def _from_logits(description: Description) -> bool:
    """Whether the loss takes an output of one unit for a class from 0 on, not from 0.5 on."""
    loss = description.compile.loss
    return bool(loss.arguments.get("from_logits")) or loss.name in {"Hinge", "SquaredHinge"}


def _normalizing(model: keras.Model) -> list[keras.Layer]:
    return [each for each in model.layers if isinstance(each, keras.layers.BatchNormalization)]


@contextmanager
def by_batch(layers: list[keras.Layer]) -> Iterator[None]:
    """Have only these layers compute as in training, so that no dropout interferes.

    Args:
        layers: With batch normalisation; their running averages go on.
    """
    try:
        for layer in layers:
            layer.call = _training(layer.call)
        yield
    finally:
        for layer in layers:
            vars(layer).pop("call", None)


def _training(call: Call) -> Call:
    def always(inputs: tf.Tensor, **given: object) -> tf.Tensor:
        return call(inputs, **given | {"training": True})

    return always
