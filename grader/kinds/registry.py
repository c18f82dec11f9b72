"""Finds the kinds of graded parts, each in its folder."""

import importlib
from functools import cache
from types import ModuleType

from grader.kinds.folders import folders
from grader.kinds.kind import GradedPart


@cache
def kinds() -> tuple[type[GradedPart], ...]:
    """Return the classes of parts that authors can ask for, sorted by name."""
    return tuple(_part(importlib.import_module(f"{folder}.part")) for folder in folders())


def _part(module: ModuleType) -> type[GradedPart]:
    found = [
        each
        for each in vars(module).values()
        if isinstance(each, type)
        and issubclass(each, GradedPart)
        and each.__module__ == module.__name__
    ]
    [part] = found
    return part
