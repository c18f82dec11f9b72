"""What a model was compiled with."""

from typing import Any

from grader.probe.compilations import flat, only
from grader.probe.describing.objects import part
from grader.probe.describing.values import Undescribable, encoded

_OPTIONS = ("run_eagerly", "steps_per_execution", "jit_compile")
_SHORT_WORD = "accuracy"


def describe(model: Any) -> dict[str, Any]:
    """Describe what a model was compiled with.

    Args:
        model: A Keras model.

    Raises:
        Undescribable: It was not compiled, or with what is not Keras' own.
    """
    import keras

    if not getattr(model, "compiled", False):
        raise Undescribable("the model was not compiled")
    given = model._compile_config.config  # noqa: SLF001 - Keras keeps it nowhere else as it was
    for name in ("loss_weights", "weighted_metrics"):
        if given.get(name):
            raise Undescribable(f"compile was given {name}")
    _refuse_exclusions(model.optimizer)
    return {
        "optimizer": part(model.optimizer, keras.optimizers, "the optimizer"),
        "loss": _loss(given.get("loss")),
        "metrics": [_metric(metric) for metric in flat(given.get("metrics"))],
        "options": {name: encoded(given[name], f"compile: {name}") for name in _OPTIONS},
    }


def _refuse_exclusions(optimizer: Any) -> None:
    for name in ("_exclude_from_weight_decay", "_exclude_from_weight_decay_pattern"):
        if getattr(optimizer, name, None):
            raise Undescribable("the optimizer leaves some weights out of their decay")


def _loss(given: Any) -> dict[str, Any]:
    import keras

    loss = only(given)
    if loss is None:
        raise Undescribable("compile was given no loss")
    if isinstance(loss, str):
        try:
            loss = keras.losses.get(loss)
        except ValueError:
            raise Undescribable(f"Keras knows no loss of the name {loss!r}") from None
    if isinstance(loss, type):
        loss = _made(loss, keras.losses, "the loss")
    if isinstance(loss, keras.losses.Loss):
        return part(loss, keras.losses, "the loss")
    return part(_of_function(loss, keras.losses, "fn", "the loss"), keras.losses, "the loss")


def _made(kind: type, home: Any, where: str) -> Any:
    """Return an object of a class of Keras; what else making one would do is not known."""
    if getattr(home, kind.__name__, None) is not kind:
        raise Undescribable(f"{where} is of a class that is not Keras' own: {kind.__name__}")
    return kind()


def _of_function(function: Any, home: Any, attribute: str, where: str) -> Any:
    """Return an object of the class that stands for a function of Keras."""
    name = str(getattr(function, "__name__", type(function).__name__))
    for kind in vars(home).values():
        if isinstance(kind, type) and kind.__name__.lower() == name.replace("_", "").lower():
            made = kind()
            if getattr(made, attribute, None) is function:
                return made
    raise Undescribable(f"{where} is a function that is not Keras' own: {name}")


def _metric(given: Any) -> dict[str, Any]:
    """Describe a metric with its name, which is what its values are called in the History."""
    import keras

    if isinstance(given, str) and given.lower() in {_SHORT_WORD, "acc"}:
        return {"part": _SHORT_WORD, "arguments": {"name": given}}
    if isinstance(given, type):
        given = _made(given, keras.metrics, "a metric")
    metric = keras.metrics.get(given)
    name = given if isinstance(given, str) else getattr(metric, "name", None)
    if not isinstance(metric, keras.metrics.Metric):
        name = name or getattr(metric, "__name__", None)
        metric = _of_function(metric, keras.metrics, "_fn", "a metric")
    described = part(metric, keras.metrics, f"the metric {name}")
    described["arguments"]["name"] = encoded(name, "a metric's name")
    return described
