"""Tries a callback inside the kernel."""

from collections.abc import Mapping
from typing import Any

from grader.kinds.callback.inside.trying import Trying
from grader.probe.notebook import Notebook


def look(asked: Mapping[str, Any], notebook: Notebook) -> None:
    """Try the callback and write down what it did, where there is a reason to try it.

    Args:
        asked: Its ``name``, the logs of its ``trials``, and whether it is tried ``again``.
        notebook: Where it is.
    """
    import keras

    name = asked["name"]
    factory = notebook.namespace.get(name)
    if factory is None:
        return
    notebook.observer.graded.note(name)
    with notebook.aside():
        played = _trying(notebook).of(name, factory, asked)
    if played is not None:
        is_one = isinstance(factory, type) and issubclass(factory, keras.callbacks.Callback)
        notebook.send("callback", name=name, is_callback=is_one, **played)


def _trying(notebook: Notebook) -> Trying:
    """Return what tries all callbacks of a notebook, with one and the same model."""
    memory, observer = notebook.memory("callback", ""), notebook.observer
    if "trying" not in memory:
        memory["trying"] = Trying(notebook.describe, lambda: observer.trained, observer.past)
    found: Trying = memory["trying"]
    return found
