"""When a callback is tried, and with which model: once it is defined, and after training."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from grader.probe import callbacks, stand_in
from grader.probe.callbacks import USUAL, Describe, Setting
from grader.probe.channel import attribute


class Trying:
    """The trials of one kernel's callbacks.

    A callback is tried when it is defined, as no training may follow. It is tried again after one
    that gave callbacks other parameters, or where the first trial raised: the names that it uses
    may be defined later, and the student's own model has what another one lacks.

    Args:
        describe: Describes an exception of the student's code.
        trained: Returns the model that was trained last; None if there is none.
    """

    def __init__(self, describe: Describe, trained: Callable[[], Any]) -> None:
        self._describe = describe
        self._trained = trained
        self._params: dict[str, Mapping[str, Any]] = {}
        self._raised: set[str] = set()

    def of(self, name: str, factory: Any, asked: Mapping[str, Any]) -> list[Any] | None:
        """Try a callback.

        Args:
            name: Of the callback.
            factory: Makes one.
            asked: Has the ``trials``, and whether it is tried ``again``.

        Returns:
            What it did in each trial; None if there is no reason to try it again.
        """
        params = self._fitted_with() if asked["again"] else USUAL
        if asked["again"] and not self._is_cause(name, params):
            return None
        own = self._trained() if name in self._raised else None
        # Until it has come to an end, there is no second time.
        self._params.pop(name, None)
        setting = Setting(self._model if own is None else own, params, own=own is not None)
        found = callbacks.observe(factory, asked["trials"], self._describe, setting)
        self._params[name] = params
        raised = any(trial["error"] for trial in found)
        (self._raised.add if raised else self._raised.discard)(name)
        return found

    def _is_cause(self, name: str, params: Mapping[str, Any]) -> bool:
        """Whether what was seen of a callback may be otherwise by now."""
        return name in self._params and (self._params[name] != params or name in self._raised)

    @cached_property
    def _model(self) -> Any:
        return stand_in.make()

    def _fitted_with(self) -> Mapping[str, Any]:
        """Return what the last training gave to callbacks, or what it is likely to give."""
        found = attribute(attribute(self._trained(), "history"), "params")
        known = isinstance(found, dict) and found.keys() == USUAL.keys()
        return dict(found) if known and isinstance(found["steps"], int) else USUAL
