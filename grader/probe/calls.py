"""What ``fit`` was asked for, and the curves that it returned."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from grader.inspection.plain import MAX_ITEMS, attribute, integer, number, text
from grader.probe import shell

# Lists in lists of callbacks; one may hold itself.
MAX_DEPTH = 5
_MOST_NAMES = 20


def asked(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Describe what ``fit`` was asked for, the callbacks left out.

    Args:
        arguments: What it was given, by name.
    """
    return {
        "epochs": integer(arguments.get("epochs", 1)),
        "steps_per_epoch": integer(arguments.get("steps_per_epoch")),
        "loader": text(type(arguments.get("x")).__name__, 200),
        "given": _names_of(arguments.get("x")),
    }


def _names_of(value: Any) -> list[str]:
    """Return the variables of the notebook that hold an object."""
    if value is None or shell.shell() is None:
        return []
    names = (name for name, held in list(shell.namespace().items()) if held is value)
    return [text(name, 200) for name in islice(names, _MOST_NAMES)]


def callbacks_of(callbacks: Any, depth: int = MAX_DEPTH) -> Iterator[Any]:
    """Go through what ``fit`` was given as its callbacks, one by one."""
    inner = attribute(callbacks, "callbacks")  # of a CallbackList
    callbacks = inner if isinstance(inner, list) else callbacks
    if isinstance(callbacks, list | tuple):
        for callback in islice(callbacks if depth else (), MAX_ITEMS):
            yield from callbacks_of(callback, depth - 1)
    elif callbacks is not None:
        yield callbacks


def describe_callback(callback: Any) -> dict[str, Any]:
    """Describe a callback as ``fit`` was given it."""
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
        text(name, 200): [number(value) for value in islice(values, MAX_ITEMS)]
        for name, values in islice(shown.items(), 50)
        if isinstance(name, str) and isinstance(values, list | tuple)
    }
