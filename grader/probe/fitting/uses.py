"""What callbacks need where the grader trains, besides the logs of each epoch.

In doubt it is more that is sent; what cannot be sent is trained where it is.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import FunctionType
from typing import Any

from grader.probe.describing.values import Undescribable
from grader.probe.fitting import bytecode
from grader.probe.fitting.bytecode import Use

_TRAIN_BATCHES = frozenset(
    {"on_batch_begin", "on_batch_end", "on_train_batch_begin", "on_train_batch_end"}
)
_TEST = frozenset({"on_test_begin", "on_test_end", "on_test_batch_begin", "on_test_batch_end"})
# They are called before the first epoch or after the last one, or never while a model is fitted.
_OUTSIDE_OF_EPOCHS = frozenset(
    {
        "__init__", "set_model", "set_params", "on_train_begin", "on_train_end",
        "on_predict_begin", "on_predict_end", "on_predict_batch_begin", "on_predict_batch_end",
    }
)  # fmt: skip
_MODEL = frozenset({"model", "_model"})
# A model that is not trained here shows these as one that is.
_SHOWN = frozenset(
    {
        "stop_training", "name", "summary", "count_params", "to_json", "get_config", "input_shape",
        "output_shape", "history", "metrics", "metrics_names", "get_metrics_result", "loss",
        "built", "compiled",
    }
)  # fmt: skip
_SHOWN_OF_OPTIMIZER = frozenset({"learning_rate", "lr", "iterations", "name", "get_config"})
# Names that speak for a model, or a part of one, under whatever name it is held.
_TOUCHING = frozenset(
    {
        "weights", "get_weights", "set_weights", "variables", "trainable_variables", "assign",
        "layers", "get_layer", "save", "save_weights", "load_weights", "predict",
        "predict_on_batch", "evaluate", "fit", "train_on_batch",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Needs:
    """What is to be sent of each epoch.

    Args:
        weights: The model's weights at its end.
        batches: What the hooks within it are called with.
    """

    weights: bool = False
    batches: bool = False

    def __or__(self, other: "Needs") -> "Needs":
        return Needs(self.weights or other.weights, self.batches or other.batches)


def needs(callback: Any, *, validated: bool) -> Needs:
    """Return what a callback needs.

    Args:
        callback: What ``fit`` was given, none of those that are described.
        validated: Whether ``fit`` validates, and so calls the hooks of tests.

    Raises:
        Undescribable: It must be called where training happens, and why.
    """
    import keras

    name = type(callback).__name__
    if not isinstance(callback, keras.callbacks.Callback):
        raise Undescribable(
            f"a callback is no object of a class of keras.callbacks.Callback: {name}"
        )
    found = Needs()
    for known, needed in _OF_KERAS.items():
        if isinstance(callback, getattr(keras.callbacks, known)):
            found |= needed(callback)
    return found | _of_members(callback, _TRAIN_BATCHES | (_TEST if validated else frozenset()))


def _checkpoint(callback: Any) -> Needs:
    if callback.save_freq != "epoch":
        raise Undescribable(f"the callback {type(callback).__name__} saves weights within an epoch")
    return Needs(weights=True)


def _board(callback: Any) -> Needs:
    within = callback.update_freq != "epoch" or callback.write_steps_per_second
    # What is profiled is what this process computes meanwhile; nothing fails by it.
    within = within or callback._should_trace  # noqa: SLF001 - Keras keeps it nowhere else
    return Needs(bool(callback.histogram_freq or callback.embeddings_freq), bool(within))


def _swapping(callback: Any) -> Needs:
    raise Undescribable(f"the callback {type(callback).__name__} exchanges weights within an epoch")


# Those that need nothing are here as well: what Keras wrote of them is not looked at.
_OF_KERAS: Mapping[str, Callable[[Any], Needs]] = {
    **dict.fromkeys(
        (
            "Callback", "History", "ProgbarLogger", "CSVLogger", "LambdaCallback", "RemoteMonitor",
            "LearningRateScheduler", "ReduceLROnPlateau",
        ),
        lambda _: Needs(),
    ),
    "TerminateOnNaN": lambda _: Needs(batches=True),
    "EarlyStopping": lambda callback: Needs(weights=bool(callback.restore_best_weights)),
    "ModelCheckpoint": _checkpoint,
    "BackupAndRestore": _checkpoint,
    "TensorBoard": _board,
    "SwapEMAWeights": _swapping,
}  # fmt: skip


def _of_members(callback: Any, within_epochs: frozenset[str]) -> Needs:
    """Return what the classes of a student's own need, and what a callback holds."""
    members = list(_members(callback))
    by_name: dict[str, list[FunctionType]] = {}
    for member, value in members:
        by_name.setdefault(member, []).extend(bytecode.functions(value))
    hooks = [(member, value) for member, value in members if member in within_epochs]
    for member, _ in hooks:
        found = _touched(bytecode.reached(by_name[member], by_name), within_epochs=True)
        if found is not None or not by_name[member]:
            why = f"{found} in {member}" if found else f"has {member}, which is no plain function"
            raise Undescribable(f"the callback {type(callback).__name__} {why}, within an epoch")
    return Needs(_needs_weights(members, by_name), bool(hooks))


def _members(callback: Any) -> Iterator[tuple[str, Any]]:
    import keras

    known = [kind for name in _OF_KERAS for kind in getattr(keras.callbacks, name).__mro__]
    for kind in type(callback).__mro__:
        of_keras = any(kind is each for each in known)
        for name, value in list(vars(kind).items()):
            if not of_keras or _is_replaced(value):
                yield name, value
    # Keras itself puts the model there.
    yield from [item for item in vars(callback).items() if item[0] != "_model"]


def _is_replaced(member: Any) -> bool:
    """Whether something else stands for a method of a class of Keras."""
    made = (str(function.__globals__.get("__name__")) for function in bytecode.functions(member))
    return not all(name.partition(".")[0] == "keras" for name in made)


def _needs_weights(
    members: list[tuple[str, Any]], by_name: Mapping[str, list[FunctionType]]
) -> bool:
    for member, value in members:
        if _is_part(value) or (
            member in {"on_epoch_begin", "on_epoch_end"} and not by_name[member]
        ):
            return True
    start = [
        f for name, all_of in by_name.items() if name not in _OUTSIDE_OF_EPOCHS for f in all_of
    ]
    return _touched(bytecode.reached(start, by_name)) is not None


def _is_part(value: Any) -> bool:
    import keras

    parts = keras.Layer | keras.Variable | keras.optimizers.Optimizer
    if isinstance(value, list | tuple | set | dict):
        return any(isinstance(held, parts) for held in _held(value))
    return isinstance(value, parts)


def _held(value: Any) -> list[Any]:
    return list(value.values() if isinstance(value, dict) else value)


def _touched(functions: list[FunctionType], *, within_epochs: bool = False) -> str | None:
    """Return what functions do with a model for which they need its weights."""
    if len(functions) > bytecode.MOST_FUNCTIONS:
        return "calls a great many functions"
    found = (_touched_by(function, within_epochs=within_epochs) for function in functions)
    return next(filter(None, found), None)


def _touched_by(function: FunctionType, *, within_epochs: bool) -> str | None:
    names = bytecode.names(function)
    held = {name for name, value in bytecode.outside(function, names) if _is_part(value)}
    uses = list(bytecode.uses(function, _MODEL | held))
    for use in uses:
        if not _is_shown(use) or (within_epochs and _sets(use)):
            path = ".".join(use.path)
            return f"uses the model's {path}" if path else "hands the model on"
    elsewhere = names.difference(*(use.path for use in uses))
    return next((f"uses {name}" for name in sorted(elsewhere & _TOUCHING)), None)


def _is_shown(use: Use) -> bool:
    if use.path[:1] == ("optimizer",):
        return not _SHOWN_OF_OPTIMIZER.isdisjoint(use.path[1:2])
    return not _SHOWN.isdisjoint(use.path[:1])


def _sets(use: Use) -> bool:
    """Whether a use sets more than that training is to stop, which is seen when it does."""
    return use.path[:1] == ("optimizer",) and (use.changes or "assign" in use.path)
