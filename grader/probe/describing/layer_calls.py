"""Notes which layers of Keras a mapped function calls while TensorFlow looks at it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from grader import hooks


@dataclass(frozen=True, slots=True)
class LayerCall:
    """A call of a layer.

    Args:
        layer: The layer.
        given: The tensor that it was called with.
        made: The tensor that it returned.
        training: Whether it was called as in training; None where nobody said so.
    """

    layer: Any
    given: Any
    made: Any
    training: bool | None


class LayerCalls:
    """Calls of layers, while they are noted."""

    def __init__(self) -> None:
        self._noted = threading.local()

    @contextmanager
    def noted(self) -> Iterator[list[LayerCall]]:
        """Note calls in this thread; the list grows."""
        found: list[LayerCall] = []
        self._noted.calls, self._noted.training = found, [None]
        try:
            yield found
        finally:
            self._noted.calls = None

    def calling(self, arguments: hooks.Arguments) -> hooks.Steps:
        """Note a call of a layer."""
        calls = getattr(self._noted, "calls", None)
        if calls is None:
            return (yield)
        outer = self._noted.training
        said = arguments["kwargs"].get("training")
        outer.append(outer[-1] if said is None else said)
        try:
            made = yield
        finally:
            training = outer.pop()
        given = arguments["args"]
        if len(given) == 1 and given[0] is not made:
            calls.append(LayerCall(arguments["self"], given[0], made, training))
        return made
