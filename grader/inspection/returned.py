"""What a student's function returned, in plain words, where it is not what it should be."""

import functools
from types import (
    BuiltinFunctionType,
    FunctionType,
    GeneratorType,
    MethodType,
    MethodWrapperType,
    ModuleType,
)
from typing import Any

from grader.inspection.bounded import extent, is_of
from grader.inspection.plain import MAX_NAME, attribute, text

_FUNCTIONS = (FunctionType, BuiltinFunctionType, functools.partial)
_METHODS = (MethodType, MethodWrapperType)
_COLLECTIONS = (list, tuple, dict, set, frozenset)
_NEVER = (str, bytes, bytearray, memoryview, set, frozenset, type, ModuleType)
_NAMED = {"str": "a text (str)", "bytes": "bytes", "bool": "a truth value (bool)"}
# Not U: it is a user, but an umbrella.
_VOWELS = "AEIOaeio"


def describe(value: object, also: str = "") -> dict[str, str]:
    """Describe what was returned, for the evidence.

    Args:
        value: What was returned.
        also: What else is to be said of it.
    """
    return {"kind": _kind(value), "words": text(f"{words(value)}{also}", 2 * MAX_NAME)}


def words(value: Any) -> str:
    """Say in a phrase what a value is, such as "a tuple of 2"."""
    kind = type(value)
    name = type_name(value)
    if value is None:
        return "nothing"
    if is_of(value, type):
        return f"the class {_name(value)}"
    if is_of(value, *_METHODS):
        return f"the method {_name(value)}"
    if is_of(value, *_FUNCTIONS):
        return f"the function {_name(value)}"
    if is_of(value, ModuleType):
        return f"the module {_name(value)}"
    if kind in _COLLECTIONS:
        count = len(value)
        return f"{article(name)} of {count}" if count else f"an empty {name}"
    if is_of(value, GeneratorType):
        return "a generator"
    if kind in {int, float, complex}:
        return f"a number ({name})"
    shape = extent(value)
    if shape:
        return f"an array of shape {shape}"
    return _NAMED.get(name) or article(name)


def _kind(value: object) -> str:
    """Return which advice fits."""
    if value is None:
        return "nothing"
    if is_of(value, type):
        return "class"
    if is_of(value, *_METHODS, *_FUNCTIONS):
        return "function"
    return "collection" if is_of(value, *_COLLECTIONS) else "object"


def article(name: str) -> str:
    """Put an article before a name."""
    return f"{'an' if name[:1] in _VOWELS else 'a'} {name}"


def type_name(value: object) -> str:
    """Return the name of a value's class, whatever the class says of itself."""
    name: str = type.__dict__["__name__"].__get__(type(value))
    return text(name, MAX_NAME) or "object"


def _name(value: object) -> str:
    name = attribute(value, "__name__")
    return text(name, MAX_NAME) if isinstance(name, str) else type_name(value)


def gives_batches(value: Any) -> bool:
    """Whether a value is of a kind that can give images and labels, batch by batch or at once."""
    if is_of(value, list):
        return bool(value) and is_of(value[0], list, tuple)
    if is_of(value, tuple):
        return bool(value) and extent(value[0]) is not None
    kind = type(value)
    if is_of(value, *_NEVER) or extent(value) is not None or hasattr(kind, "keys"):
        return False
    by_index = hasattr(kind, "__getitem__") and hasattr(kind, "__len__")
    return by_index or hasattr(kind, "__iter__") or hasattr(kind, "__next__")
