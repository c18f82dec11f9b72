"""What ``fit`` was asked for, and the curves that it returned."""

from collections.abc import Iterator, Mapping
from typing import Any

from grader.probe.channel import MAX_ITEMS, attribute, integer, number, text


def asked(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Describe what ``fit`` was asked for.

    Args:
        arguments: What it was given, by name.
    """
    return {
        "epochs": integer(arguments.get("epochs", 1)),
        "steps_per_epoch": integer(arguments.get("steps_per_epoch")),
        "callbacks": [_callback(callback) for callback in _listed(arguments.get("callbacks"))][:50],
        "loader": text(type(arguments.get("x")).__name__, 200),
    }


def _listed(callbacks: Any) -> Iterator[Any]:
    inner = attribute(callbacks, "callbacks")  # of a CallbackList
    callbacks = inner if isinstance(inner, list) else callbacks
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


def curves(result: Any) -> dict[str, list[float | None]]:
    """Return the curves that a ``History`` shows, or another object in its place.

    Args:
        result: What a training function returned.
    """
    shown = attribute(result, "history")
    if not isinstance(shown, dict):
        return {}
    return {
        text(name, 200): [number(value) for value in list(values)[:MAX_ITEMS]]
        for name, values in list(shown.items())[:50]
        if isinstance(values, list | tuple)
    }
