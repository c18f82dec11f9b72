"""What a callback's code makes use of: where the grader trains, there are logs and no weights."""

import dis
from collections.abc import Iterator
from itertools import pairwise
from types import CodeType, FunctionType
from typing import Any

_PLAYED = frozenset({"on_train_begin", "on_train_end", "on_epoch_begin", "on_epoch_end"})
_HARMLESS = ("History", "ProgbarLogger", "CSVLogger", "LambdaCallback")
_MODEL = frozenset({"model", "_model"})
_STOP = "stop_training"
_ATTRIBUTES = ("LOAD_ATTR", "LOAD_METHOD", "STORE_ATTR")
_TOUCHING = frozenset(
    {
        "optimizer", "learning_rate", "lr", "weights", "get_weights", "set_weights", "variables",
        "trainable_variables", "assign", "layers", "get_layer", "save", "save_weights",
        "load_weights", "predict", "predict_on_batch", "evaluate", "fit", "train_on_batch",
    }
)  # fmt: skip


def objection(callback: Any) -> str | None:
    """Return why a callback must be called where training happens, or None.

    Args:
        callback: What ``fit`` was given, none of those that are described.
    """
    import keras

    name = type(callback).__name__
    if not isinstance(callback, keras.callbacks.Callback):
        return f"a callback is no object of a class of keras.callbacks.Callback: {name}"
    for member, value in _members(callback):
        found = _of_hook(member) or _of_value(member, value)
        if found is not None:
            return f"the callback {name} {found}"
    return None


def _members(callback: Any) -> Iterator[tuple[str, Any]]:
    """Yield what a callback's own classes define, and what it holds."""
    import keras

    kinds = [getattr(keras.callbacks, name) for name in ("Callback", *_HARMLESS)]
    for kind in type(callback).__mro__[:-1]:
        if not any(kind is known for known in kinds):
            yield from list(vars(kind).items())
    # Keras itself puts the model there.
    yield from [item for item in vars(callback).items() if item[0] != "_model"]


def _of_hook(name: str) -> str | None:
    import keras

    hook = name.startswith("on_") and hasattr(keras.callbacks.Callback, name)
    return f"has {name}, which is called during an epoch" if hook and name not in _PLAYED else None


def _of_value(name: str, value: Any) -> str | None:
    if _is_part(value):
        return f"holds a model or a part of one: {name}"
    functions = list(_functions(value))
    if name in _PLAYED and not functions:
        return f"has {name}, which is no plain function"
    return next(filter(None, map(_misuse, functions)), None)


def _is_part(value: Any) -> bool:
    import keras

    return isinstance(value, keras.Layer | keras.Variable | keras.optimizers.Optimizer)


def _functions(value: Any) -> Iterator[FunctionType]:
    for held in (value, *(getattr(value, name, None) for name in ("__func__", "fget", "fset"))):
        if isinstance(held, FunctionType):
            yield held


def _misuse(function: FunctionType) -> str | None:
    codes = list(_codes(function.__code__))
    names = {name for code in codes for name in code.co_names}
    touched = sorted(names & _TOUCHING)
    if touched:
        return f"uses {touched[0]}"
    known = dict(_known(function, names))
    parts = frozenset(name for name, value in known.items() if _is_part(value))
    return next(filter(None, (_model_use(code, _MODEL | parts) for code in codes)), None)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _known(function: FunctionType, names: set[str]) -> Iterator[tuple[str, Any]]:
    """Yield the variables outside a function that it refers to."""
    for name in names & function.__globals__.keys():
        yield name, function.__globals__[name]
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=False):
        try:
            yield name, cell.cell_contents
        except ValueError:  # it is still to be assigned
            continue


def _model_use(code: CodeType, models: frozenset[str]) -> str | None:
    """Return what else is done with a model than to look at, or set, whether it stops."""
    steps = [step for step in dis.get_instructions(code) if step.opname != "EXTENDED_ARG"]
    for step, following in pairwise(steps):
        if not _loads(step, models):
            continue
        used = following.argval if following.opname in _ATTRIBUTES else None
        if used != _STOP:
            return f"uses the model's {used}" if used else "hands the model on"
    return None


def _loads(step: dis.Instruction, models: frozenset[str]) -> bool:
    names = step.argval if isinstance(step.argval, tuple) else (step.argval,)
    variable = step.opname.startswith("LOAD_") and step.opname != "LOAD_CONST"
    return variable and not models.isdisjoint(map(str, names))
