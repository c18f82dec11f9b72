"""Plays a training that happens elsewhere to Keras' own callbacks and to the student's."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from grader.probe.describing.request import DescribedFit
from grader.probe.fitting.landing import build
from grader.probe.fitting.mirror import ModelMirror, show_metrics

# The hooks within an epoch; the two without a batch are called with logs alone.
HOOKS = frozenset(
    {
        "on_train_batch_begin", "on_train_batch_end", "on_test_begin", "on_test_end",
        "on_test_batch_begin", "on_test_batch_end",
    }
)  # fmt: skip
Call = tuple[str, int | None, dict[str, float]]


class UntrainedError(Exception):
    """The grader did not train; the message says why, and the kernel trains by itself."""


class Play:
    """What ``fit`` does besides training.

    Args:
        model: The model.
        arguments: What ``fit`` was given, by name.
        asked: What is asked of the trainer, and what is called here.
        weights: Whether callbacks are shown the weights of each epoch.
    """

    def __init__(
        self, model: Any, arguments: Mapping[str, Any], asked: DescribedFit, *, weights: bool
    ) -> None:
        self._model = model
        self._arguments = arguments
        self._own = asked.own
        self._data = asked.data
        self._weights = weights
        self._mirror: ModelMirror | None = None
        self._callbacks: Any = None
        self._logs: dict[str, float] | None = None
        self._restored: list[Any] | None = None
        # What the epoch that was played last sets it to; None if it does not.
        self.learning_rate: float | None = None

    def begin(self) -> float | None:
        """Play the beginning, of the first epoch as well.

        Returns:
            The learning rate, if callbacks have set another one.

        Raises:
            UntrainedError: They did what cannot be done elsewhere.
        """
        try:
            build(self._model, self._data.training)
            self._mirror = ModelMirror(self._model, weights=self._weights)
        except Exception as error:  # noqa: BLE001 - whatever it is, Keras says it better
            raise UntrainedError(f"the model could not be built: {error}") from None
        self._callbacks = self._listed()
        self._model.stop_training = False
        self._callbacks.on_train_begin()
        if getattr(self._model, "_initial_epoch", 0):
            raise UntrainedError("a callback goes on from an earlier training")
        self._begin_epoch(self._arguments.get("initial_epoch", 0))
        return self._checked(stops=False)

    def _begin_epoch(self, number: int) -> None:
        self._model.reset_metrics()
        self._callbacks.on_epoch_begin(number)
        if self._model.stop_training:
            raise UntrainedError("a callback stops the training within an epoch")

    def within(self, calls: Sequence[Call]) -> None:
        """Play what happened within an epoch.

        Args:
            calls: Hooks, the number of the batch if they have one, and logs.

        Raises:
            UntrainedError: Callbacks did what is too late by now.
        """
        before = self._mirrored.iterations
        for hook, batch, logs in calls:
            if hook == "on_train_batch_end" and batch is not None:
                self._mirrored.iterations = before + batch + 1
            getattr(self._callbacks, hook)(*([] if batch is None else [batch]), logs)
            self._refuse(self._mirrored.forbidden(within_epoch=True))
        self._mirrored.iterations = before

    def update(
        self, learning_rate: float | None, weights: Sequence[Any] | None, updates: int
    ) -> None:
        """Have the model be as it is at the end of an epoch.

        Args:
            learning_rate: None if it is as before.
            weights: In the order of ``model.weights``; None if they are not shown.
            updates: Steps that the optimizer has made within it.

        Raises:
            ValueError: They are not this model's.
        """
        self._mirrored.update(learning_rate, weights)
        self._mirrored.iterations += updates

    def epoch(self, number: int, logs: dict[str, float], *, stopped: bool, last: bool) -> bool:
        """Play the end of an epoch, and the beginning of the next one.

        Args:
            number: As Keras counts: the first one is 0.
            logs: Loss and metrics by name.
            stopped: Whether one of the callbacks that are not here has stopped the training.
            last: Whether there is no next one, although ``fit`` was asked for more.

        Returns:
            Whether the training is to stop.

        Raises:
            UntrainedError: Callbacks did what cannot be done elsewhere.
        """
        self._model.stop_training = self._model.stop_training or stopped
        show_metrics(self._model, logs)
        self._callbacks.on_epoch_end(number, logs)
        self._logs = logs
        stops = bool(self._model.stop_training)
        last = last or number + 1 >= self._arguments.get("epochs", 1)
        if not stops and not last:
            self._begin_epoch(number + 1)
        self.learning_rate = self._checked(stops=stops or last)
        return stops

    def _checked(self, *, stops: bool) -> float | None:
        """Refuse what cannot be done elsewhere; return the learning rate if there is another."""
        self._refuse(self._mirrored.forbidden())
        weights = self._mirrored.changed_weights()
        if weights is not None and not stops:
            raise UntrainedError("a callback sets weights while the model is trained")
        # As Keras has it, a model whose training is over keeps those that it is given.
        self._restored = weights
        try:
            return self._mirrored.new_learning_rate()
        except ValueError as error:
            raise UntrainedError(str(error)) from None

    def _refuse(self, why: str | None) -> None:
        if why is not None:
            raise UntrainedError(why)

    def end(self) -> Any:
        """Play the end and return the ``History``."""
        if self._restored is not None:
            self._model.set_weights(self._restored)
        self._callbacks.on_train_end(self._logs)
        return self._model.history

    def undo(self) -> None:
        """Have the model be as it was before, to be trained here."""
        if self._mirror is not None:
            with suppress(Exception):  # Keras says what is wrong with the model
                self._mirror.restore()

    @property
    def begun(self) -> bool:
        """Whether the beginning was played."""
        return self._callbacks is not None

    @property
    def _mirrored(self) -> ModelMirror:
        assert self._mirror is not None  # noqa: S101 - nothing is played before the beginning
        return self._mirror

    def _listed(self) -> Any:
        import keras

        verbose = self._arguments.get("verbose", "auto")
        return keras.callbacks.CallbackList(
            self._own,
            add_history=True,
            add_progbar=verbose != 0,
            verbose=verbose,
            epochs=self._arguments.get("epochs", 1),
            steps=self._data.steps,
            model=self._model,
        )
