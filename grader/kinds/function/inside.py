"""Calls a student's function inside the kernel."""

from collections.abc import Mapping
from typing import Any

from grader.kinds.calling import Caller
from grader.probe.notebook import Notebook
from grader.probe.returned import words

_MISSING = object()


def look(asked: Mapping[str, Any], notebook: Notebook) -> None:
    """Case the function and write down what came of each call.

    Args:
        asked: Its ``name``, the ``calls``, and how much time there is.
        notebook: Where it is.
    """
    name, memory = asked["name"], notebook.memory("function", asked["name"])
    function = notebook.namespace.get(name, _MISSING)
    known = function is memory.get("function", _MISSING) and not memory.get("raised")
    if function is _MISSING or known:
        return
    memory["function"] = function
    if not callable(function):
        notebook.send("function", name=name, found=words(function))
        return
    with notebook.aside():
        answers = Caller(asked, notebook).answers(function)
    memory["raised"] = any(answer["outcome"] == "raised" for answer in answers)
    notebook.send("function", name=name, answers=answers)
