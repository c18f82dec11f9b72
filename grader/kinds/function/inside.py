"""Calls a student's function inside the kernel."""

from collections.abc import Callable, Mapping
from typing import Any

from grader.kinds.answering import answer
from grader.kinds.calling import call
from grader.probe.notebook import Notebook
from grader.probe.returned import words
from grader.values.decode import decode
from grader.values.encode import MAX_ASKED_CHARS, MAX_CHARS, encode
from grader.values.pandas_tables import put_together

_MISSING = object()


def look(asked: Mapping[str, Any], notebook: Notebook) -> None:
    """Call the function and write down what came of each call.

    Args:
        asked: Its ``name``, the ``calls``, for how many ``seconds`` all of them.
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
        answers = _Calls(notebook, asked).answers(function)
    memory["raised"] = any(answer["outcome"] == "raised" for answer in answers)
    notebook.send("function", name=name, answers=answers)


class _Calls:
    def __init__(self, notebook: Notebook, asked: Mapping[str, Any]) -> None:
        self._describe = notebook.describe
        self._texts: list[str] = asked["calls"]
        self._seconds = asked["seconds"] / len(self._texts)
        # For all values together: they are one line of the evidence.
        self._left = MAX_CHARS

    def answers(self, function: Callable[..., Any]) -> list[dict[str, Any]]:
        return [self._answer(function, text) for text in self._texts]

    def _answer(self, function: Callable[..., Any], text: str) -> dict[str, Any]:
        arguments = decode(text, put_together)
        before = _written(arguments)
        found = call(function, arguments, self._seconds, self._describe, self._value)
        return found | {"changed": _written(arguments) != before}

    def _value(self, value: Any) -> dict[str, Any]:
        found = answer(value, self._left)
        self._left -= len(found["value"].text)
        return found


def _written(arguments: Any) -> str:
    """Write arguments down, to be compared; empty where a function has made too much of them."""
    try:
        return encode(arguments, MAX_ASKED_CHARS)
    except Exception:  # noqa: BLE001 - likewise
        return ""
