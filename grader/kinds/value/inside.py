"""Looks at a value inside the kernel."""

from collections.abc import Mapping
from typing import Any

from grader.kinds.answering import answer
from grader.probe.notebook import Notebook

_MISSING = object()


def look(asked: Mapping[str, Any], notebook: Notebook) -> None:
    """Write the value down, if it is another one than before.

    Args:
        asked: Its ``name``.
        notebook: Where it is.
    """
    name = asked["name"]
    memory = notebook.memory("value", name)
    value = notebook.namespace.get(name, _MISSING)
    if value is _MISSING:
        return
    found = answer(value)
    if memory.get("found") != found:
        memory["found"] = found
        notebook.send("value", name=name, **found)
