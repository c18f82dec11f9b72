"""Watches ``compile`` and ``fit``: what they were asked for, and how the training went."""

import functools
import inspect
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from grader.probe import calls, compilations, models, weights
from grader.probe.channel import Channel, attribute, text
from grader.probe.fitting import Way


class RehearsalEndedError(Exception):
    """Ends a rehearsal, in which a model is built and compiled but not trained."""


class Observer:
    """Wraps ``keras.Model.compile`` and ``fit`` and writes down each call.

    Nothing that goes wrong in here may reach the student's code: it is a fault, and told as one.

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
        self._described: dict[int, dict[str, Any]] = {}
        self._compilations: dict[int, dict[str, Any]] = {}
        self._histories: list[Any] = []
        self._fitted: dict[int, tuple[int, Any]] = {}
        self._ways: Sequence[Way] = ()
        self._compare: Callable[[], None] = lambda: None
        self.trained: Any = None
        self.rehearsing = False
        self._aside = False

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Write nothing down meanwhile: what is compiled or fitted is none of the notebook's."""
        self._aside = True
        try:
            yield
        finally:
            self._aside = False

    def install(self, ways: Sequence[Way] = (), compare: Callable[[], None] = lambda: None) -> None:
        """Put the watching functions in place of those that are there.

        Args:
            ways: How each ``fit`` goes, if the grader trains; it grows.
            compare: Is called when a ``fit`` begins: what is replaced may be put back later.
        """
        import keras

        self._ways, self._compare = ways, compare
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

    def _safely(self, name: str, observe: Callable[[], Any]) -> Any:
        try:
            return observe()
        except Exception as error:  # noqa: BLE001 - a fault of ours must not look like a student's
            self._channel.send("fault", name=name, message=text(f"{type(error).__name__}: {error}"))
            return None

    def _compile(self, model: Any, arguments: dict[str, Any], proceed: Callable[[], Any]) -> Any:
        if self._aside:
            return proceed()
        try:
            result = proceed()
        except BaseException:
            self._safely("compile", lambda: self.model(model))
            raise
        self._safely("compile", lambda: self._compiled(model, arguments))
        return result

    def _compiled(self, model: Any, arguments: dict[str, Any]) -> None:
        self._compilations[self._key(model)] = compilations.describe(model, arguments)
        self.model(model)

    def _fit(self, model: Any, arguments: dict[str, Any], proceed: Callable[[], Any]) -> Any:
        if self._aside:
            return proceed()
        index = len(self._histories)
        self._histories.append(None)
        earlier = attribute(model, "history")
        asked = self._safely("fit", lambda: self._begun(index, model, arguments))
        if self.rehearsing:
            raise RehearsalEndedError
        start, begun = time.monotonic(), len(self._ways)

        def end(**ending: Any) -> None:
            shown = attribute(model, "history")
            curves = {} if shown is earlier else calls.curves(shown)
            ending |= {"curves": curves, "wall_s": time.monotonic() - start}
            for way in self._ways[begun : begun + 1]:
                ending |= way.told()
            self._safely("fit", lambda: self._ended(asked, model, ending))

        try:
            self._histories[index] = proceed()
        except BaseException as error:
            end(error=self._describe(error))
            raise
        end(finished=True)
        self.trained = model
        return self._histories[index]

    def _begun(self, index: int, model: Any, arguments: dict[str, Any]) -> dict[str, Any]:
        self._compare()
        self._weights(index, model, "before")
        asked = {"index": index, "model": self.model(model), **calls.asked(arguments)}
        self._channel.send("fit", **asked)
        return asked

    def _ended(self, asked: dict[str, Any] | None, model: Any, ending: dict[str, Any]) -> None:
        self.model(model)
        weights.taken(model)  # a callback of the student's may set some: that is training
        if asked is not None:
            self._fitted[self._key(model)] = (asked["index"], model)
            stopped = attribute(model, "stop_training") is True
            self._channel.send("fit", **asked, **ending, stopped=stopped)

    def look(self) -> None:
        """Write down whether weights were set by hand since their model was fitted."""
        for index, model in self._fitted.values():
            self._weights(index, model, "after")

    def _weights(self, index: int, model: Any, when: str) -> None:
        by = weights.taken(model)
        if by is not None:
            self._channel.send("weights", fit=index, when=when, by=by)

    def model(self, model: Any) -> str:
        """Describe a model as it is now, unless that is known already, and return its key."""
        key = self._key(model)
        found = {"compilation": self._compilations.get(key), **models.describe(model)}
        if self._described.get(key) != found:
            self._described[key] = found
            self._channel.send("model", key=f"model-{key}", **found)
        return f"model-{key}"

    def _key(self, model: Any) -> int:
        for position, known in enumerate(self._models):
            if known is model:
                return position
        self._models.append(model)
        return len(self._models) - 1

    def fit_of(self, history: Any) -> int | None:
        """Return the number of the fit that returned ``history``."""
        if history is None:
            return None
        return next((i for i, known in enumerate(self._histories) if known is history), None)

    @property
    def seen(self) -> bool:
        """Whether any model was compiled or fitted."""
        return bool(self._models)
