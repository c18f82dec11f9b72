"""Watches ``compile`` and ``fit``: what they were asked for, and how the training went."""

import itertools
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from traceback import walk_stack
from types import FrameType
from typing import Any

from grader import hooks
from grader.inspection import models
from grader.inspection.plain import attribute, text
from grader.probe import call_order, calls, compilations, weights
from grader.probe.channel import Channel
from grader.probe.fitting import Way
from grader.probe.identity import WeakIdKeyDictionary
from grader.probe.passed import GradedClasses, Passed, PastTrainings
from grader.probe.stopping import Followers, Stopping

_Begun = tuple[dict[str, Any], Passed]
# Names of graded cells in which frames are, the innermost one first.
_Functions = Callable[[Iterable[FrameType]], list[str]]


class RehearsalEndedError(Exception):
    """Ends a rehearsal, in which a model is built and compiled but not trained."""


class Observer:
    """Watches ``keras.Model.compile`` and ``fit`` and writes down each call.

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
        # Nothing of the notebook's is kept alive: who lets go of a model has its memory back.
        self._models: WeakIdKeyDictionary[int] = WeakIdKeyDictionary()
        self._histories: WeakIdKeyDictionary[int] = WeakIdKeyDictionary()
        self._fitted: dict[int, tuple[int, weakref.ref[Any]]] = {}
        self._described: dict[int, dict[str, Any]] = {}
        self._in_order: dict[int, dict[str, Any]] = {}
        self._compilations: dict[int, dict[str, Any]] = {}
        self._numbers = {"fit": itertools.count(), "model": itertools.count()}
        self._ways: Sequence[Way] = ()
        self._compare: Callable[[], None] = lambda: None
        self._functions: _Functions = lambda _: []
        self._trained: Callable[[], Any] = lambda: None
        self._followers = Followers()
        self.graded, self.past = GradedClasses(), PastTrainings()
        self._kept: Any = None
        # In which graded functions each model was first seen, by its number.
        self.seen_in: dict[int, list[str]] = {}
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

    def install(
        self,
        ways: Sequence[Way] = (),
        compare: Callable[[], None] = lambda: None,
        functions: _Functions = lambda _: [],
    ) -> None:
        """Begin to watch.

        Args:
            ways: How each ``fit`` goes, if the grader trains; it grows.
            compare: Is called when a ``fit`` begins: what is replaced may be put back later.
            functions: Names of graded cells in which frames are, the innermost one first.
        """
        import keras

        self._ways, self._compare, self._functions = ways, compare, functions
        hooks.attach(keras.Model.compile, self._compile)
        hooks.attach(keras.Model.fit, self._fit)
        hooks.attach(keras.callbacks.CallbackList.on_train_begin, self._followers.begin)

    def _safely(self, name: str, observe: Callable[[], Any]) -> Any:
        try:
            return observe()
        except Exception as error:  # noqa: BLE001 - a fault of ours must not look like a student's
            self._channel.send("fault", name=name, message=text(f"{type(error).__name__}: {error}"))
            return None

    def _compile(self, arguments: hooks.Arguments) -> hooks.Steps:
        if self._aside:
            return (yield)
        model = arguments["self"]
        try:
            result = yield
        except BaseException:
            self._safely("compile", lambda: self.model(model))
            raise
        self._safely("compile", lambda: self._compiled(model, arguments))
        return result

    def _compiled(self, model: Any, arguments: hooks.Arguments) -> None:
        self._compilations[self._key(model)] = compilations.describe(model, arguments)
        self.model(model)

    def _fit(self, arguments: hooks.Arguments) -> hooks.Steps:
        if self._aside:
            return (yield)
        model, index = arguments["self"], next(self._numbers["fit"])
        earlier = attribute(model, "history")
        begun = self._safely("fit", lambda: self._begun(index, model, arguments))
        if self.rehearsing:
            raise RehearsalEndedError
        start, ways = time.monotonic(), len(self._ways)

        def end(**ending: Any) -> None:
            shown = attribute(model, "history")
            curves = {} if shown is earlier else calls.curves(shown)
            ending |= {"curves": curves, "wall_s": time.monotonic() - start}
            way = next(filter(Way.is_here, self._ways[ways:]), None)
            ending |= way.told() if way else {}
            self._safely("fit", lambda: self._ended(begun, stopping, ending))

        with self._followers.following(model) as stopping:
            try:
                history = yield
            except BaseException as error:
                end(error=self._describe(error))
                raise
            end(finished=True)
        self._safely("fit", lambda: self._returned(index, model, history))
        return history

    def _begun(self, index: int, model: Any, arguments: hooks.Arguments) -> _Begun:
        self._compare()
        self._weights(index, model, "before")
        asked = {"index": index, "model": self.model(model), **calls.asked(arguments)}
        asked["functions"] = self._calling()
        passed = Passed(arguments, self.graded)
        self._channel.send("fit", **asked, callbacks=passed.told())
        return asked, passed

    def _ended(self, begun: _Begun | None, stopping: Stopping, ending: dict[str, Any]) -> None:
        model = stopping.model
        self.model(model)
        weights.taken(model)  # a callback of the student's may set some: that is training
        if begun is None:
            return
        asked, passed = begun
        index = asked["index"]
        self._fitted[self._key(model)] = (index, weakref.ref(model))
        told = passed.told(stopping)
        self._channel.send("fit", **asked, **ending, callbacks=told, stopped=stopping.asked)
        if ending.get("finished"):
            self.past.note(passed.past(index, ending["curves"]))

    def _returned(self, index: int, model: Any, history: Any) -> None:
        self._trained = weakref.ref(model)
        with suppress(TypeError):  # of what is no History, there may be no weak reference
            self._histories[history] = index
        if self._calling():
            # It may go with the function that trained it, and is to be looked at before.
            self._kept = model

    @property
    def trained(self) -> Any:
        """The model that was trained last, unless the notebook has let go of it."""
        return self._trained()

    def look(self) -> None:
        """Write down whether weights were set by hand since their model was fitted."""
        for index, fitted in self._fitted.values():
            if (model := fitted()) is not None:
                self._weights(index, model, "after")

    def let_go(self) -> None:
        """Keep no model and no callback alive any longer."""
        self._kept = None
        self.past.forget()

    def _weights(self, index: int, model: Any, when: str) -> None:
        by = weights.taken(model)
        if by is not None:
            self._channel.send("weights", fit=index, when=when, by=by)

    def _calling(self) -> list[str]:
        """Return in which graded functions the call is that is being watched."""
        return self._functions(frame for frame, _ in walk_stack(hooks.caller()))

    def model(self, model: Any, frames: Iterable[FrameType] | None = None) -> str:
        """Describe a model as it is now, unless that is known already, and return its key.

        Args:
            model: The model.
            frames: Where it is at hand; None where a call is being watched that it is given to.
        """
        key = self._key(model)
        if key not in self.seen_in:
            self.seen_in[key] = self._calling() if frames is None else self._functions(frames)
        known = self._in_order.get(key) or models.describe(model)
        found = {"compilation": self._compilations.get(key), **known}
        if self._described.get(key) != found:
            self._described[key] = found
            seen_in = self.seen_in[key]
            self._channel.send("model", key=f"model-{key}", functions=seen_in, **found)
        return f"model-{key}"

    def follow(self, model: Any, images: Any) -> None:
        """Describe a model's layers in the order of their calls, where it does not tell that.

        Args:
            model: A model.
            images: What it is shown, as NumPy array (batch, height, width, channels).
        """
        if call_order.is_needed(model) and (found := call_order.describe(model, images)):
            self._in_order[self._key(model)] = found
            self.model(model)

    def _key(self, model: Any) -> int:
        key = self._models.get(model)
        if key is None:
            key = self._models[model] = next(self._numbers["model"])
        return key

    def fit_of(self, history: Any) -> int | None:
        """Return the number of the fit that returned ``history``."""
        return self._histories.get(history)
