"""Gives hooks to functions."""

import inspect
from types import CodeType
from typing import Any

from grader.hooks import rewriting
from grader.hooks.calls import Hook, Hooks


def attach(function: Any, hook: Hook) -> None:
    """Have a function call a hook, before those that it calls already.

    A hook is a generator function. It is given the arguments of a call, by name, and the function's
    body runs where it yields. It is sent what that returns, or thrown what it raises; what the hook
    returns, the call returns. If it returns without yielding, the body does not run.

    Args:
        function: A function written in Python; of a decorated one, what is decorated.
        hook: What to call.

    Raises:
        ValueError: The function's source is missing, or it is a generator.
    """
    plain = inspect.unwrap(function)
    plain.__code__ = _with(plain.__code__, hook)


def prepare(function: Any) -> None:
    """Compile what hooks of a function need, for processes that are forked from this one.

    Args:
        function: As for ``attach``.

    Raises:
        ValueError: The function's source is missing, or it is a generator.
    """
    rewriting.prepared(inspect.unwrap(function).__code__)


def _with(code: CodeType, hook: Hook) -> CodeType:
    known = next((value for value in code.co_consts if isinstance(value, Hooks)), None)
    if known is None:
        return rewriting.calling(code, Hooks((hook,)))
    return rewriting.exchanged(code, known, Hooks((*known.hooks, hook)))
