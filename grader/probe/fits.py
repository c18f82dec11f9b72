"""Watches ``compile`` and ``fit``: what they were asked for, and how the training went."""

import functools
import inspect
import time
from collections.abc import Callable, Iterator
from typing import Any

from grader.probe import models
from grader.probe.channel import Channel, integer, number, text


class RehearsalEndedError(Exception):
    """Ends a rehearsal, in which a model is built and compiled but not trained."""


class Observer:
    """Wraps ``keras.Model.compile`` and ``fit`` and writes down each call.

    Args:
        channel: Where observations go.
        describe: Describes an exception of the student's code.
    """

    def __init__(
        self, channel: Channel, describe: Callable[[BaseException], dict[str, Any]]
    ) -> None:
        self._channel = channel
        self._describe = describe
        # Models and histories are kept alive, so that no two of them ever share an id().
        self._models: list[Any] = []
        self._compilations: dict[int, dict[str, Any]] = {}
        self._histories: list[Any] = []
        self.rehearsing = False

    def install(self) -> None:
        """Put the watching functions in place of Keras' own."""
        import keras

        keras.Model.compile = self._watched(keras.Model.compile, self._compile)
        keras.Model.fit = self._watched(keras.Model.fit, self._fit)

    def _watched(self, original: Any, watch: Any) -> Any:
        signature = inspect.signature(original)

        @functools.wraps(original)
        def watched(model: Any, *args: Any, **kwargs: Any) -> Any:
            def proceed() -> Any:
                return original(model, *args, **kwargs)

            try:
                arguments = signature.bind(model, *args, **kwargs).arguments
            except TypeError:
                return proceed()
            return watch(model, arguments, proceed)

        return watched

    def _compile(self, model: Any, arguments: dict[str, Any], proceed: Callable[[], Any]) -> Any:
        result = proceed()
        self._compilations[self._key(model)] = models.compilation(model, arguments)
        self.model(model)
        return result

    def _fit(self, model: Any, arguments: dict[str, Any], proceed: Callable[[], Any]) -> Any:
        index = len(self._histories)
        self._histories.append(None)
        asked = {"index": index, "model": self.model(model), **_asked(arguments)}
        self._channel.send("fit", **asked)
        if self.rehearsing:
            raise RehearsalEndedError
        start = time.monotonic()
        try:
            self._histories[index] = proceed()
        except BaseException as error:
            self._end(asked, model, start, error=self._describe(error))
            raise
        self._end(asked, model, start, finished=True)
        return self._histories[index]

    def _end(self, asked: dict[str, Any], model: Any, start: float, **ending: Any) -> None:
        self.model(model)
        self._channel.send(
            "fit",
            **asked,
            **ending,
            stopped=bool(getattr(model, "stop_training", False)),
            curves=_curves(model),
            wall_s=time.monotonic() - start,
        )

    def model(self, model: Any) -> str:
        """Describe a model as it is now and return its key."""
        number_ = self._key(model)
        self._channel.send(
            "model",
            key=f"model-{number_}",
            compilation=self._compilations.get(number_),
            **models.describe(model),
        )
        return f"model-{number_}"

    def _key(self, model: Any) -> int:
        for position, known in enumerate(self._models):
            if known is model:
                return position
        self._models.append(model)
        return len(self._models) - 1

    def fit_of(self, history: Any) -> int | None:
        """Return the number of the fit that returned ``history``."""
        return next((i for i, known in enumerate(self._histories) if known is history), None)

    @property
    def seen(self) -> bool:
        """Whether any model was compiled or fitted."""
        return bool(self._models)


def _asked(arguments: dict[str, Any]) -> dict[str, Any]:
    return {
        "epochs": integer(arguments.get("epochs", 1)),
        "steps_per_epoch": integer(arguments.get("steps_per_epoch")),
        "callbacks": [_callback(callback) for callback in _listed(arguments.get("callbacks"))],
        "loader": text(type(arguments.get("x")).__name__, 200),
    }


def _listed(callbacks: Any) -> Iterator[Any]:
    if isinstance(callbacks, list | tuple):
        for callback in callbacks:
            yield from _listed(callback)
    elif callbacks is not None:
        yield callbacks


def _callback(callback: Any) -> dict[str, Any]:
    kind = callback if isinstance(callback, type) else type(callback)
    return {
        "names": [text(base.__name__, 200) for base in kind.__mro__[:20]],
        "is_class": isinstance(callback, type),
    }


def _curves(model: Any) -> dict[str, list[float | None]]:
    history = getattr(getattr(model, "history", None), "history", None)
    if not isinstance(history, dict):
        return {}
    return {
        text(name, 200): [number(value) for value in values] for name, values in history.items()
    }
