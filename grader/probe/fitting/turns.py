"""Remembers which models the grader trained, so that a second ``fit`` goes on from the first."""

import weakref
from typing import Any

from grader.probe.describing.values import Undescribable
from grader.probe.identity import WeakIdKeyDictionary


class Turns:
    """Which request trained which model last."""

    def __init__(self) -> None:
        self._last: WeakIdKeyDictionary[tuple[int, weakref.ref[Any]]] = WeakIdKeyDictionary()
        self._numbers: WeakIdKeyDictionary[int] = WeakIdKeyDictionary()

    def note(self, model: Any, number: int) -> None:
        """Note that a model has the weights that a request left it with.

        Args:
            model: The model.
            number: Of the request.
        """
        self._last[model] = number, weakref.ref(model.optimizer)
        for variable in model.weights:
            self._numbers[variable] = number

    def before(self, model: Any) -> int | None:
        """Return the number of the request that a further one goes on from, or None.

        Args:
            model: The model.

        Raises:
            Undescribable: Its weights come from more than one training, or its optimizer does not
                come from the same one.
        """
        found = {self._numbers.get(variable) for variable in model.weights}
        if found <= {None}:
            return None
        number, optimizer = self._last.get(model) or (None, None)
        if found != {number}:
            raise Undescribable("the model shares layers with another that was trained before")
        if optimizer is None or model.optimizer is not optimizer():
            raise Undescribable("the model was compiled anew after it was trained")
        return number
