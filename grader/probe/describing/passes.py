"""Notes which datasets a notebook has gone through before ``fit``: a cache is filled by that."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from grader import hooks
from grader.probe.identity import WeakIdKeyDictionary

if TYPE_CHECKING:
    from grader.probe.describing.datasets import DatasetCall

# Only what goes through these to its end has gone through all that they are made of.
_NOT_ALL = frozenset({"take"})


class Passes:
    """Passes over datasets.

    Args:
        of: Returns the call that made a dataset.
    """

    def __init__(self, of: "Callable[[Any], DatasetCall | None]") -> None:
        self._of = of
        self._iterated: WeakIdKeyDictionary[DatasetCall] = WeakIdKeyDictionary()
        self._paused = False

    def watch(self) -> None:
        """Have TensorFlow tell of each pass from now on."""
        for function, hook in zip(watched(), (self._begins, self._goes_on, self._all), strict=True):
            hooks.attach(function, hook)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Note no passes meanwhile."""
        self._paused = True
        try:
            yield
        finally:
            self._paused = False

    def _begins(self, arguments: hooks.Arguments) -> hooks.Steps:
        iterator = yield
        with suppress(Exception):  # whatever it is, nothing is known of this pass
            call = None if self._paused else self._of(arguments["self"])
            if call is not None:
                self._iterated[iterator] = call
                frame = hooks.caller()
                # Keras goes on within a graph, and nobody is told how far.
                if frame and str(frame.f_globals.get("__name__")).startswith("keras."):
                    _mark(call, "unsure")
        return iterator

    def _goes_on(self, arguments: hooks.Arguments) -> hooks.Steps:
        try:
            return (yield)
        except Exception as error:
            call = self._iterated.get(arguments["self"])
            if call is not None and type(error).__name__ == "OutOfRangeError":
                _mark(call, "passed")
            raise

    def _all(self, arguments: hooks.Arguments) -> hooks.Steps:
        found = yield
        call = None if self._paused else self._of(arguments["self"])
        if call is not None:
            _mark(call, "passed")
        return found


def watched() -> "tuple[Any, ...]":
    """Return the functions of which it is told."""
    import tensorflow as tf
    from tensorflow.python.data.ops import iterator_ops

    iterator = iterator_ops.OwnedIterator
    return tf.data.Dataset.__iter__, iterator._next_internal, tf.data.Dataset.reduce  # noqa: SLF001


def _mark(call: "DatasetCall", what: str) -> None:
    for each in _gone_through(call):
        setattr(each, what, True)


def _gone_through(call: "DatasetCall") -> "Iterator[DatasetCall]":
    """Yield a dataset and all of those that it goes through to their ends."""
    yield call
    if call.name not in _NOT_ALL:
        for each in call.inputs:
            if not isinstance(each, str):
                yield from _gone_through(each)
