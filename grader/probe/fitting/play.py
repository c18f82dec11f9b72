"""Plays a training that happens elsewhere to Keras' own callbacks and to the student's."""

import time
from collections.abc import Mapping, Sequence
from typing import Any


class Play:
    """What ``fit`` does besides training.

    Args:
        model: The model.
        arguments: What ``fit`` was given, by name.
        callbacks: Those that are called here.
    """

    def __init__(self, model: Any, arguments: Mapping[str, Any], callbacks: Sequence[Any]) -> None:
        self._model = model
        self._arguments = arguments
        self._own = list(callbacks)
        self._callbacks: Any = None
        self._logs: dict[str, float] | None = None
        self._since = time.time()

    def epoch(self, number: int, logs: dict[str, float], *, stopped: bool) -> bool:
        """Play one epoch and return whether the training is to stop.

        Args:
            number: As Keras counts: the first one is 0.
            logs: Loss and metrics by name.
            stopped: Whether one of the callbacks that are not here has stopped it.
        """
        callbacks = self._begun()
        callbacks.on_epoch_begin(number)
        self._tell_time()
        self._model.stop_training = self._model.stop_training or stopped
        callbacks.on_epoch_end(number, logs)
        self._logs = logs
        self._since = time.time()
        return bool(self._model.stop_training)

    def end(self) -> Any:
        """Play the end and return the ``History``."""
        self._begun().on_train_end(self._logs)
        return self._model.history

    def _begun(self) -> Any:
        """Return the callbacks; the first time, after they have been told that it begins."""
        if self._callbacks is None:
            self._callbacks = self._listed()
            self._model.stop_training = False
            self._callbacks.on_train_begin()
        return self._callbacks

    def _listed(self) -> Any:
        import keras

        verbose = self._arguments.get("verbose", "auto")
        return keras.callbacks.CallbackList(
            self._own,
            add_history=True,
            add_progbar=verbose != 0,
            verbose=verbose,
            epochs=self._arguments.get("epochs", 1),
            steps=self._arguments.get("steps_per_epoch") or len(self._arguments["x"]),
            model=self._model,
        )

    def _tell_time(self) -> None:
        """Have the progress say how long the epoch took, not how long it took to play it."""
        logger = self._callbacks._progbar  # noqa: SLF001 - Keras shows it nowhere
        if logger is not None and logger.progbar is not None:
            logger.progbar._start = self._since  # noqa: SLF001
