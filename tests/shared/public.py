"""Walks what Keras shows to a notebook, and writes down what can be told of each of its parts."""

import copy
import hashlib
import importlib
import inspect
import pickle
import re
from collections.abc import Callable, Iterator, Mapping
from types import FunctionType, ModuleType
from typing import Any

import keras

FACES = ("keras", "tensorflow.keras")
_CODE = (
    "co_name", "co_qualname", "co_filename", "co_firstlineno", "co_argcount", "co_flags",
    "co_posonlyargcount", "co_kwonlyargcount", "co_freevars", "co_cellvars",
)  # fmt: skip
_FUNCTION = ("__name__", "__qualname__", "__module__", "__defaults__", "__kwdefaults__")
_CLASS = ("__name__", "__qualname__", "__module__", "__mro__", "__bases__")
# Python itself gives these to a class when it is first looked at or pickled.
_LAZY = {"__annotations__", "__slotnames__"}
_NUMBER_OF_OBJECT = "_api_export_symbol_id"
_ADDRESS = re.compile(r"0x[0-9a-f]+")
# The source of a class takes Python a tenth of a second.
_SOURCES = {keras.Model, keras.Sequential, keras.Layer, keras.Variable}
Facts = dict[str, str]


def walk() -> dict[str, Facts]:
    """Return what is known of every module, class, function and attribute, by its first path."""
    return _Walk().found


class _Walk:
    def __init__(self) -> None:
        self.found: dict[str, Facts] = {}
        self._paths: dict[int, str] = {}
        # What is looked at is kept, so that no other object has its number.
        self._kept: list[Any] = []
        for face in FACES:
            self._visit(face, importlib.import_module(face))

    def _visit(self, path: str, value: Any) -> None:
        known = self._paths.get(id(value))
        if known is not None:
            self.found[path] = {"is": known}
            return
        self._paths[id(value)] = path
        self._kept.append(value)
        facts = self.found[path] = {"type": _type(value)}
        if isinstance(value, ModuleType):
            self._module(path, value)
        elif isinstance(value, type):
            self._class(path, value, facts)
        elif isinstance(value, FunctionType):
            self._function(path, value, facts)
        else:
            self._other(path, value, facts)

    def _module(self, path: str, module: ModuleType) -> None:
        for name, value in sorted(vars(module).items(), key=_publicity):
            inner = isinstance(value, ModuleType)
            if not name.startswith("__") and (not inner or _of_keras(value.__name__)):
                self._visit(f"{path}.{name}", value)

    def _class(self, path: str, kind: type, facts: Facts) -> None:
        facts |= {name: _text(getattr(kind, name)) for name in _CLASS}
        facts |= {"names": _text([name for name in vars(kind) if name not in _LAZY])}
        facts |= _common(kind)
        facts["source"] = _told(lambda: inspect.getsource(kind)) if kind in _SOURCES else ""
        if _of_keras(kind.__module__):
            for base in kind.__mro__[1:]:
                self._visit(f"{path}.__mro__.{base.__qualname__}", base)
            for name, value in sorted(vars(kind).items()):
                if name not in _LAZY:
                    self._visit(f"{path}.{name}", value)

    def _function(self, path: str, function: FunctionType, facts: Facts) -> None:
        facts |= {name: _text(getattr(function, name)) for name in _FUNCTION}
        facts |= {"names": _text(list(vars(function))), **_common(function)}
        facts |= {name: _text(getattr(function.__code__, name)) for name in _CODE}
        arguments = function.__code__.co_argcount + function.__code__.co_kwonlyargcount
        facts["arguments"] = _text(function.__code__.co_varnames[:arguments])
        facts["source"] = _told(lambda: _beginning(function))
        for name, value in (*vars(function).items(), *_variables(function)):
            self._visit(f"{path}.{name}", value)

    def _other(self, path: str, value: Any, facts: Facts) -> None:
        inner = {
            name: getattr(value, name)
            for name in ("__func__", "fget", "fset", "fdel")
            if isinstance(value, staticmethod | classmethod | property)
            and getattr(value, name, None) is not None
        }
        if not inner and not path.endswith(_NUMBER_OF_OBJECT):
            facts["text"] = _text(value)
        for name, function in inner.items():
            self._visit(f"{path}.{name}", function)


def _publicity(item: tuple[str, Any]) -> tuple[bool, str]:
    """Order names so that what is public is found by its public path."""
    return item[0].startswith("_") or item[0] == "src", item[0]


def _beginning(function: FunctionType) -> str:
    """Return the lines at which Python finds a function; to find where it ends takes long."""
    lines, first = inspect.findsource(function.__code__)
    return "".join(lines[first : first + 9])


def _variables(function: FunctionType) -> Iterator[tuple[str, Any]]:
    names = function.__code__.co_freevars
    for name, cell in zip(names, function.__closure__ or (), strict=True):
        try:
            yield f"<{name}>", cell.cell_contents
        except ValueError:
            yield f"<{name}>", "empty"


def _common(value: Any) -> Facts:
    return {
        "doc": _told(lambda: inspect.getdoc(value) or ""),
        "signature": _told(lambda: str(inspect.signature(value))),
        "annotations": _text(getattr(value, "__annotations__", {})),
        "file": _told(lambda: str(inspect.getsourcefile(value))),
        "pickled": _told(lambda: str(pickle.dumps(value))),
        "copied": str(copy.deepcopy(value) is value and value == copy.copy(value)),
    }


def _told(tell: Callable[[], str]) -> str:
    """Return an answer, shortened, or which error it is."""
    try:
        return _short(_ADDRESS.sub("0x", tell()))
    except Exception as error:  # noqa: BLE001 - that it is the same one is the point
        return type(error).__name__


def _text(value: Any) -> str:
    """Return an object as a text in which there are no addresses."""
    # Keras makes some dictionaries of sets.
    if isinstance(value, Mapping):
        return _text({f"{_text(key)}: {_text(item)}" for key, item in value.items()})
    if isinstance(value, tuple | list):
        return _short(f"({', '.join(map(_text, value))})")
    if isinstance(value, set | frozenset):
        return _text(sorted(map(_text, value)))
    if isinstance(value, type | FunctionType):
        return f"{value.__module__}.{value.__qualname__}"
    plain = isinstance(value, str | int | float | bool | bytes | None)
    return _short(repr(value)) if plain else _type(value)


def _short(text: str) -> str:
    return text if len(text) < 100 else hashlib.sha256(text.encode()).hexdigest()[:12]


def _type(value: Any) -> str:
    return f"{type(value).__module__}.{type(value).__qualname__}"


def _of_keras(name: str) -> bool:
    return f"{name}.".startswith(("keras.", "tensorflow.keras."))
