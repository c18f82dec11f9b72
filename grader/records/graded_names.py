"""Graded names: what a cell defines, or a call on a variable, such as ``model.fit``."""

from collections.abc import Iterable

_DOT = "."


def is_call(name: str) -> bool:
    """Whether a graded name is a call on a variable, and nothing that a cell defines."""
    return _DOT in name


def variable_of(name: str) -> str:
    """Return the variable that a graded name is a call on; empty where it is none."""
    return name.partition(_DOT)[0] if is_call(name) else ""


def method_of(name: str) -> str:
    """Return what a graded name calls on its variable; empty where it is no call."""
    return name.partition(_DOT)[2]


def calls_of(names: Iterable[str]) -> frozenset[str]:
    """Return the graded names that are calls."""
    return frozenset(filter(is_call, names))
