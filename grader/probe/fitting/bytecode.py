"""What functions do with a model, as their bytecode tells it without running them."""

import dis
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import CodeType, FunctionType, MethodType
from typing import Any

# Enough for any callback; whoever has more is taken to do everything.
MOST_FUNCTIONS = 200
_ATTRIBUTES = ("LOAD_ATTR", "LOAD_METHOD", "STORE_ATTR", "DELETE_ATTR")
_UNCHANGING = ("LOAD_ATTR", "LOAD_METHOD")
_INNER = ("__func__", "__wrapped__", "func", "fget", "fset")


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a model.

    Args:
        path: Attributes, each of the one before: ``("optimizer", "learning_rate")``. Empty where
            the model itself is handed on.
        changes: Whether the last of them is set.
    """

    path: tuple[str, ...]
    changes: bool = False


def functions(value: Any) -> Iterator[FunctionType]:
    """Yield the functions of Python that a member of a class, or a callable, is made of."""
    for held in (value, *(_attribute(value, name) for name in _INNER)):
        if isinstance(held, MethodType):
            held = held.__func__  # noqa: PLW2901 - the same thing, unwrapped
        if isinstance(held, FunctionType):
            yield held


def _attribute(value: Any, name: str) -> Any:
    try:
        return getattr(value, name, None)
    except Exception:  # noqa: BLE001 - a student's object may answer with anything
        return None


def reached(
    start: Iterable[FunctionType], members: Mapping[str, Iterable[FunctionType]]
) -> list[FunctionType]:
    """Return functions and those that they may call: members by name, others of their module.

    Args:
        start: The functions.
        members: Functions of the class, by name.
    """
    found: dict[int, FunctionType] = {}
    waiting = list(start)
    while waiting and len(found) <= MOST_FUNCTIONS:
        function = waiting.pop()
        if id(function) not in found:
            found[id(function)] = function
            waiting += _called(function, members)
    return list(found.values())


def _called(
    function: FunctionType, members: Mapping[str, Iterable[FunctionType]]
) -> Iterator[FunctionType]:
    used = names(function)
    for name in used & members.keys():
        yield from members[name]
    for _, value in outside(function, used):
        for held in functions(value):
            # What a library defines knows no model that it is not given.
            if held.__globals__ is function.__globals__:
                yield held


def names(function: FunctionType) -> set[str]:
    """Return the names of variables and attributes that a function uses."""
    return {name for code in _codes(function.__code__) for name in code.co_names}


def outside(function: FunctionType, used: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """Yield the variables outside a function that it refers to, with what they hold."""
    for name in set(used) & function.__globals__.keys():
        yield name, function.__globals__[name]
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=False):
        try:
            yield name, cell.cell_contents
        except ValueError:  # it is still to be assigned
            continue


def uses(function: FunctionType, models: frozenset[str]) -> Iterator[Use]:
    """Yield the uses that a function makes of a model.

    Args:
        function: The function.
        models: Names of variables and attributes that hold it.
    """
    for code in _codes(function.__code__):
        steps = [step for step in dis.get_instructions(code) if step.opname != "EXTENDED_ARG"]
        for place, step in enumerate(steps):
            if _loads(step, models):
                yield _use(steps[place + 1 :])


def _use(following: list[dis.Instruction]) -> Use:
    path: list[str] = []
    for step in following:
        if step.opname not in _ATTRIBUTES:
            break
        path.append(str(step.argval))
        if step.opname not in _UNCHANGING:
            return Use(tuple(path), changes=True)
    return Use(tuple(path))


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _loads(step: dis.Instruction, models: frozenset[str]) -> bool:
    held = step.argval if isinstance(step.argval, tuple) else (step.argval,)
    variable = step.opname.startswith("LOAD_") and step.opname != "LOAD_CONST"
    return variable and not models.isdisjoint(map(str, held))
