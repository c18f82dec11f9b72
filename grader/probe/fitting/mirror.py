"""Keeps a model like the one that is trained elsewhere, epoch by epoch, for callbacks that look."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

# As the trainer takes them.
HIGHEST_RATE = 1e6


class ModelMirror:
    """A model, and what training changes of it: weights, learning rate, iterations, metrics.

    Args:
        model: The model, compiled and built.
        weights: Whether it is given its weights after each epoch.
    """

    def __init__(self, model: Any, *, weights: bool) -> None:
        self._model = model
        self._optimizer = model.optimizer
        self._rate = self._first_rate = self.learning_rate
        self._iterations = self._first_iterations = self.iterations
        self._weights = self._first_weights = model.get_weights() if weights else None

    @property
    def iterations(self) -> int:
        """How many steps the optimizer has made."""
        # Where gradients are accumulated, the public ones are no variable.
        return int(self._model.optimizer._iterations.numpy())  # noqa: SLF001

    @iterations.setter
    def iterations(self, made: int) -> None:
        self._iterations = made
        self._optimizer._iterations.assign(made)  # noqa: SLF001

    @property
    def learning_rate(self) -> float | None:
        """The learning rate; None where it follows a schedule of Keras."""
        import keras

        # In public, a schedule is a number as well.
        held = getattr(self._model.optimizer, "_learning_rate", None)
        return float(held.numpy()) if isinstance(held, keras.Variable) else None

    def update(self, learning_rate: float | None, weights: Sequence[Any] | None) -> None:
        """Take over what an epoch has left.

        Args:
            learning_rate: None if it is as before.
            weights: In the order of ``model.weights``; None if they are not sent.

        Raises:
            ValueError: They are not this model's.
        """
        if learning_rate is not None and self._rate is not None:
            self._optimizer.learning_rate = learning_rate
            self._rate = self.learning_rate
        if weights is not None and self._weights is not None:
            self._model.set_weights(weights)
            self._weights = list(weights)

    def new_learning_rate(self) -> float | None:
        """Return the learning rate if callbacks have set another one since this was last asked.

        Raises:
            ValueError: It is one with which nothing can be trained; the message says so.
        """
        rate = self.learning_rate
        if rate is None or rate == self._rate:
            return None
        if not math.isfinite(rate) or not 0 <= rate <= HIGHEST_RATE:
            raise ValueError(f"a callback sets a learning rate of {rate}")
        self._rate = rate
        return rate

    def changed_weights(self) -> list[Any] | None:
        """Return the weights if callbacks have set some since they were taken over, or None."""
        if self._weights is None:
            return None
        held = self._model.get_weights()
        return None if _same(held, self._weights) else held

    def forbidden(self, *, within_epoch: bool = False) -> str | None:
        """Return what callbacks have done that cannot be done elsewhere, or None.

        Args:
            within_epoch: Whether they were called in the middle of an epoch, which is over there.
        """
        if self._model.optimizer is not self._optimizer:
            return "a callback replaces the optimizer while the model is trained"
        if (self.learning_rate is None) != (self._rate is None):
            return "a callback replaces the learning rate by a schedule"
        if self.iterations != self._iterations:
            return "a callback sets the iterations of the optimizer"
        if within_epoch and self.learning_rate != self._rate:
            return "a callback changes the learning rate within an epoch"
        if within_epoch and self._model.stop_training:
            return "a callback stops the training within an epoch"
        return None

    def restore(self) -> None:
        """Have the model be as it was before it was trained."""
        if self._model.optimizer is not self._optimizer:
            self._model.optimizer = self._optimizer
        # Most callbacks change none of it, and to set a variable takes longer than to read it.
        first = self._first_weights
        if first is not None and not _same(self._model.get_weights(), first):
            self._model.set_weights(first)
        if self._first_rate is not None and self.learning_rate != self._first_rate:
            self._optimizer.learning_rate = self._first_rate
        if self.iterations != self._first_iterations:
            self.iterations = self._first_iterations


def _same(held: Sequence[Any], others: Sequence[Any]) -> bool:
    import numpy as np

    pairs = zip(held, others, strict=True)
    return all(np.array_equal(one, other, equal_nan=True) for one, other in pairs)


def show_metrics(model: Any, logs: Mapping[str, float]) -> None:
    """Have a model's metrics say what was logged, as far as they are means.

    Args:
        model: Compiled, with its metrics built.
        logs: Loss and metrics by name; those of a validation come last, as in ``fit``.
    """
    import keras

    for metric in _metrics(model):
        value = logs.get(f"val_{metric.name}", logs.get(metric.name))
        if isinstance(metric, keras.metrics.Mean) and value is not None:
            _set(metric, value, 1.0)


def reset_metrics(model: Any) -> None:
    """Do what ``model.reset_metrics`` does, in a third of the time where they are means."""
    import keras

    for metric in _metrics(model):
        if getattr(type(metric), "reset_state", None) is keras.metrics.Mean.reset_state:
            _set(metric, 0.0, 0.0)
        else:
            metric.reset_state()


def _metrics(model: Any) -> list[Any]:
    compiled = getattr(model, "_compile_metrics", None)
    others = [metric for metric in model.metrics if metric is not compiled]
    return [*others, *(getattr(compiled, "metrics", None) or ())]


def _set(mean: Any, total: float, count: float) -> None:
    # Keras' own way reads each variable again.
    mean.total.value.assign(total, read_value=False)
    mean.count.value.assign(count, read_value=False)
