"""Notices when what training and grading rest on is replaced: Keras' own parts, and the probe's.

It costs no points, as they come from trainings of the grader's own, with a Keras of its own.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from types import FunctionType, ModuleType
from typing import Any

_OWN = (
    "grader.hooks.", "grader.inspection.", "grader.isolation.locks",
    "grader.preparation.", "grader.probe.", "grader.kinds.", "grader.values.",
)  # fmt: skip
# All three are of the same classes; each has modules of its own, the last one when a notebook
# imports them by this name: the same files are then loaded a second time.
_KERAS, _AS_TENSORFLOW, _TENSORFLOW = "keras", "keras._tf_keras.keras", "tensorflow.keras"
_PARTS = (
    "callbacks", "datasets", "datasets.boston_housing", "datasets.california_housing",
    "datasets.cifar10", "datasets.cifar100", "datasets.fashion_mnist", "datasets.imdb",
    "datasets.mnist", "datasets.reuters", "initializers", "layers", "losses", "metrics", "models",
    "optimizers", "preprocessing.image", "regularizers", "utils",
)  # fmt: skip
# Python itself gives these to a class when it is first looked at or pickled.
_LAZY = frozenset({"__annotations__", "__slotnames__", "__abstractmethods__"})
_MADE_OF = (attrgetter("__code__"), attrgetter("__defaults__"), attrgetter("__kwdefaults__"))
_MISSING = object()

Read = Callable[[], Mapping[str, Any]]


class Integrity:
    """The names of Keras and of the probe as they are now, to be compared with later on.

    Args:
        objects: Objects of the probe whose methods count as well.
    """

    def __init__(self, objects: tuple[object, ...] = ()) -> None:
        modules = sorted(_modules(), key=_publicity)
        kinds = _classes(modules)
        self._places = [_Place(name, _vars(module)) for name, module in modules]
        self._places += [
            _Place(name, _vars(kind), kind.__mro__[1:]) for kind, name in kinds.items()
        ]
        self._places += [_Place(name, read) for name, read in _loaded_later()]
        self._places.append(_Place(_TENSORFLOW, _as_seen_from_tensorflow()))
        # A function of several places is named by the first of them.
        named = [each for place in reversed(self._places) for each in place.functions()]
        self._code = _Code(dict(named))
        self._objects = objects
        self._told: set[str] = set()

    def changes(self) -> list[str]:
        """Return what was replaced or removed since it was last asked, by full names."""
        places = [name for place in self._places for name in place.changes()]
        found = dict.fromkeys([*places, *self._code.changes(), *self._shadowed()])
        # One module may be reached by both names.
        once = [
            name for name in found if name.removeprefix("tensorflow.") not in found.keys() - {name}
        ]
        new = [name for name in once if name not in self._told]
        self._told |= found.keys()
        return new

    def _shadowed(self) -> Iterator[str]:
        for each in self._objects:
            kind = type(each)
            for name in sorted(vars(each).keys() & set(dir(kind))):
                yield f"{kind.__module__}.{kind.__qualname__}.{name}"


class _Place:
    """One module or class, and what its names stood for at first."""

    def __init__(self, name: str, read: Read, bases: tuple[type, ...] = ()) -> None:
        self._name = name
        self._read = read
        self._bases = bases
        self._first = dict(read())
        # Numbers are quickly compared, and those of objects that are kept are theirs alone.
        self._ids = list(map(id, self._first.values()))

    def changes(self) -> Iterator[str]:
        now = self._read()
        if list(map(id, now.values())) == self._ids:
            return
        for name, value in self._first.items():
            if not _same(value, now.get(name, _MISSING)):
                yield f"{self._name}.{name}"
        for name in sorted(now.keys() - self._first.keys() - _LAZY):
            if any(name in vars(base) for base in self._bases[:-1]):
                yield f"{self._name}.{name}"

    def functions(self) -> Iterator[tuple[FunctionType, str]]:
        for name, value in self._first.items():
            if isinstance(function := _plain(value), FunctionType):
                yield function, f"{self._name}.{name}"


class _Code:
    """What functions are made of; they can be changed without being replaced."""

    def __init__(self, functions: Mapping[FunctionType, str]) -> None:
        functions = dict(_with_decorated(functions))
        self._functions, self._names = list(functions), list(functions.values())
        self._cells = [(cell, n) for f, n in functions.items() for cell in f.__closure__ or ()]
        self._first = self._read()

    def changes(self) -> Iterator[str]:
        for (names, values), (_, first) in zip(self._read(), self._first, strict=True):
            if list(map(id, values)) != list(map(id, first)):
                pairs = zip(names, values, first, strict=True)
                yield from (name for name, now, was in pairs if now is not was)

    def _read(self) -> list[tuple[list[str], list[Any]]]:
        parts = [list(map(part, self._functions)) for part in _MADE_OF]
        contents = [name for _, name in self._cells], [_content(cell) for cell, _ in self._cells]
        return [*((self._names, part) for part in parts), contents]


def _with_decorated(functions: Mapping[FunctionType, str]) -> Iterator[tuple[FunctionType, str]]:
    """Yield functions and those that they decorate, which are of the same name."""
    waiting, seen = list(functions.items()), set(functions)
    while waiting:
        function, name = waiting.pop()
        yield function, name
        for inner in map(_content, function.__closure__ or ()):
            if isinstance(inner, FunctionType) and inner not in seen:
                seen.add(inner)
                waiting.append((inner, name))


def _plain(value: Any) -> Any:
    if isinstance(value, staticmethod | classmethod):
        return value.__func__
    return value.fget if isinstance(value, property) else value


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # it is still empty
        return _MISSING


def _modules() -> Iterator[tuple[str, ModuleType]]:
    public = [f"{keras}.{part}" for keras in (_KERAS, _AS_TENSORFLOW) for part in _PARTS]
    own = [name for name in sys.modules if f"{name}.".startswith(_OWN)]
    for name in (_KERAS, _AS_TENSORFLOW, *public, *own):
        if name in sys.modules:
            yield name.replace(_AS_TENSORFLOW, _TENSORFLOW), sys.modules[name]


def _publicity(named: tuple[str, Any]) -> tuple[bool, str]:
    return named[0].startswith(_TENSORFLOW), named[0]


def _classes(modules: Iterable[tuple[str, ModuleType]]) -> dict[type, str]:
    found: dict[type, str] = {}
    inherited: list[type] = []
    for place, module in modules:
        for name, value in vars(module).items():
            if isinstance(value, type) and _counts(value):
                found.setdefault(value, f"{place}.{name}")
                inherited += value.__mro__[1:]
    for kind in filter(_counts, inherited):
        found.setdefault(kind, f"{kind.__module__}.{kind.__qualname__}")
    return found


def _counts(kind: type) -> bool:
    return f"{kind.__module__}.".startswith(("keras.", *_OWN))


def _vars(owner: Any) -> Read:
    return lambda: vars(owner)


def _loaded_later() -> Iterator[tuple[str, Read]]:
    for part in _PARTS:
        yield f"{_TENSORFLOW}.{part}", _second(part)


def _second(part: str) -> Read:
    """Return what reads a module that may be loaded later; until then, it reads one like it."""
    name, like = f"{_TENSORFLOW}.{part}", attrgetter(part)(sys.modules[_AS_TENSORFLOW])
    names = [each for each in vars(like) if not each.startswith("_")]
    return lambda: {each: getattr(sys.modules.get(name, like), each, _MISSING) for each in names}


def _as_seen_from_tensorflow() -> Read:
    """Return what reads ``tf.keras``: it stands for one module at first, for another one later."""
    import tensorflow as tf

    # Until a notebook first looks at it, there is something else, which has its names loaded.
    first, like = tf.keras, sys.modules[_AS_TENSORFLOW]
    names = [name for name in vars(like) if not name.startswith("_")]

    def read() -> Mapping[str, Any]:
        seen = like if tf.keras is first and type(first) is not ModuleType else tf.keras
        return {name: vars(seen).get(name, _MISSING) for name in names}

    return read


def _same(first: Any, now: Any) -> bool:
    if now is first:
        return True
    # Importing ``tensorflow.keras.ops`` puts it in the place of ``keras.ops``, which is the same.
    modules = isinstance(first, ModuleType) and isinstance(now, ModuleType)
    loaded = modules and sys.modules.get(now.__name__) is now
    return loaded and first.__name__.split("keras.")[-1] == now.__name__.split("keras.")[-1]
