"""Writes down what an author has set, so that what is set alike is written down alike.

An author's function is written down by its code, and by all that this code uses of the author's
own. Where that cannot be told, it is all code of the assignment: rather too much than too little.
"""

import ast
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import Field, fields, is_dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

from grader.assignments.assignment import Assignment
from grader.assignments.digests.sources import Module, Sources, digest_of, imported_from
from grader.values.encode import MAX_ASKED_CHARS, TooLargeError, encode

_PLAIN = (type(None), bool, int, float, str)
_LISTS = (list, tuple)
_SETS = (set, frozenset)
# With these, code uses what it does not name.
_ANYTHING = frozenset(
    {"eval", "exec", "getattr", "globals", "import_module", "locals", "vars", "__import__"}
)
_MOST_DEPTH = 40
_KIT = "grader."
# Under which module a class was first digested: that it has moved changes nothing for a class of
# students that was graded before.
_FIRST_IN = {
    "grader.kinds.callback.part": "grader.assignments.parts",
    "grader.kinds.loader.part": "grader.assignments.parts",
    "grader.kinds.training.part": "grader.assignments.parts",
    "grader.processes.limits": "grader.kernel.limits",
}


class Settings:
    """Writes down values of one assignment.

    Args:
        sources: Its modules.
    """

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._depth = 0
        self._functions: set[int] = set()

    def of(self, value: object) -> object:
        """Return what a value is made of, as JSON has it."""
        if self._depth > _MOST_DEPTH:
            return self._sources.everything
        self._depth += 1
        try:
            return self._of(value)
        finally:
            self._depth -= 1

    def _of(self, value: Any) -> object:  # noqa: ANN401, PLR0911 - of any kind, each in its way
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind in _LISTS:
            return [kind.__name__, [self.of(each) for each in value]]
        if kind in _SETS:
            return [kind.__name__, sorted((self.of(each) for each in value), key=json.dumps)]
        if isinstance(value, Mapping):
            return ["mapping", [[self.of(key), self.of(each)] for key, each in value.items()]]
        if isinstance(value, Enum):
            return [kind.__name__, value.name, self.of(value.value)]
        if isinstance(value, Path):
            return ["path", self._path(value)]
        if isinstance(value, ModuleType):
            return self._named(value.__name__, "")
        if is_dataclass(value) and not isinstance(value, type | Assignment):
            set_so = {each.name: self.of(getattr(value, each.name)) for each in _told(value)}
            module = _FIRST_IN.get(kind.__module__, kind.__module__)
            return [self._named(module, kind.__qualname__), set_so]
        if kind.__module__.startswith(_KIT) and getattr(value, "__dict__", None) == {}:
            # It stands for something, as for a value that only a reference knows.
            return [kind.__module__, kind.__qualname__]
        return self._called(value) if callable(value) else self._written(value)

    def _path(self, path: Path) -> list[str]:
        # Where a folder lies says nothing of what is in it.
        return [path.name, digest_of(path)] if path.is_file() else []

    def _written(self, value: object) -> object:
        try:
            text = encode(value, MAX_ASKED_CHARS)
        except TooLargeError:
            text = ""
        known = text and '["other", ' not in text
        return text if known else [type(value).__qualname__, self._sources.everything]

    def _called(self, value: Any) -> object:  # noqa: ANN401 - of any kind
        if isinstance(value, partial):
            return ["partial", *map(self.of, (value.func, value.args, value.keywords))]
        if isinstance(value, MethodType):
            return ["method", self.of(value.__func__), self.of(value.__self__)]
        if isinstance(value, FunctionType):
            return self._function(value)
        if not isinstance(value, type) and hasattr(value, "__wrapped__"):
            return ["wrapped", self.of(value.__wrapped__)]
        name = getattr(value, "__qualname__", getattr(value, "__name__", None))
        module = getattr(value, "__module__", None) or type(value).__module__
        if isinstance(name, str) and _is_at(module, name, value):
            return self._named(module, name)
        return self._sources.everything

    def _named(self, module: str, name: str) -> object:
        """Return what has a name: of another package, its version is not the assignment's."""
        return [name, self._sources.below(module)] if self._sources.has(module) else [module, name]

    def _function(self, function: FunctionType) -> object:
        code = function.__code__
        if id(function) in self._functions:
            return ["function", code.co_name]
        self._functions.add(id(function))
        cells = [cell.cell_contents for cell in function.__closure__ or () if _is_full(cell)]
        beside = self.of((function.__defaults__, function.__kwdefaults__, cells))
        module = self._sources.of_file(code.co_filename)
        if module is not None:
            return [self._code(function, module), beside]
        if function.__globals__.get("__file__") == code.co_filename:
            return [self._named(function.__module__, function.__qualname__), beside]
        # It was made while running.
        return self._sources.everything

    def _code(self, function: FunctionType, module: Module) -> object:
        nodes = list(_nodes(function.__code__, module))
        names = sorted(set(_names(function.__code__)))
        if not nodes or _ANYTHING & {*names}:
            return self._sources.everything
        known, inner = function.__globals__, [n for node in nodes for n in ast.walk(node)]
        used = {name: self.of(known[name]) for name in names if name in known}
        late = [self._sources.below(name) for name in self._imported(inner, module)]
        return [[ast.unparse(node) for node in nodes], used, self._sources.named(inner), late]

    def _imported(self, inner: Sequence[ast.AST], module: Module) -> list[str]:
        """Return the modules of the assignment that code imports by itself."""
        plain = {a.name for each in inner if isinstance(each, ast.Import) for a in each.names}
        some = (imported_from(each, module) for each in inner if isinstance(each, ast.ImportFrom))
        return sorted(filter(self._sources.has, plain.union(*some)))


def _is_at(module: str, name: str, value: object) -> bool:
    """Whether a name is that of a value: others may be called like a function that they have."""
    found: object = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return found is value


def _is_full(cell: Any) -> bool:  # noqa: ANN401 - its type has no name
    try:
        return cell.cell_contents is not cell
    except ValueError:
        return False


def _nodes(code: CodeType, module: Module) -> Iterator[ast.AST]:
    """Yield the definition of a function; of a lambda, all lambdas in its line."""
    for node in module.code.nodes if module.code else ():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == code.co_name:
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            if first == code.co_firstlineno:
                yield node
        elif isinstance(node, ast.Lambda) and node.lineno == code.co_firstlineno:
            yield node


def _names(code: CodeType) -> Iterator[str]:
    """Yield the names of globals and attributes that code uses, and functions in it."""
    yield from code.co_names
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _names(each)


def _told(value: Any) -> Iterator[Field[Any]]:  # noqa: ANN401 - a dataclass of any kind
    """Yield what is set: what came later says nothing where it is left out, as before it came."""
    for each in fields(value):
        if "later" not in each.metadata or getattr(value, each.name) != each.default:
            yield each
