"""What ``compile`` was asked for, with the names that Keras gives to it."""

from collections.abc import Iterator, Mapping
from typing import Any

from grader.inspection.plain import attribute, number, text


def describe(model: Any, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Describe what ``compile`` was given.

    Args:
        model: The model, compiled.
        arguments: Arguments of the call, by name.
    """
    optimizer = attribute(model, "optimizer")
    return {
        **_loss(only(arguments.get("loss"))),
        "optimizer": text(type(optimizer).__name__, 200) if optimizer is not None else None,
        "learning_rate": _rate(optimizer),
        "metrics": [_metric(metric) for metric in flat(arguments.get("metrics"))],
    }


def _rate(optimizer: Any) -> float | None:
    """Return the learning rate; a schedule that is not Keras' own is not called."""
    schedule = attribute(optimizer, "_learning_rate")
    if callable(schedule) and not type(schedule).__module__.startswith("keras."):
        return None
    return number(attribute(optimizer, "learning_rate"))


def only(loss: Any) -> Any:
    """Return the one loss of a model with one output; Keras takes it in a list or dict as well."""
    entries = list(loss.values()) if isinstance(loss, dict) else loss
    return entries[0] if isinstance(entries, list | tuple) and len(entries) == 1 else loss


def flat(metrics: Any) -> Iterator[Any]:
    """Yield the metrics one by one; Keras takes them in lists and dicts, to any depth."""
    if isinstance(metrics, list | tuple):
        for metric in metrics:
            yield from flat(metric)
    elif isinstance(metrics, dict):
        yield from flat(list(metrics.values()))
    elif metrics is not None:
        yield metrics


def _loss(loss: Any) -> dict[str, Any]:
    if isinstance(loss, str):
        loss = _known(loss)
    if loss is None or isinstance(loss, str):
        return {"loss": None if loss is None else text(loss, 200), "from_logits": False}
    function = attribute(loss, "func")  # of a functools.partial
    known = function or loss
    name = attribute(known, "__name__") or type(loss).__name__
    kind = known if hasattr(known, "__name__") else type(loss)
    return {
        "loss": text(name, 200),
        "own_loss": not _is_of_keras(kind),
        "from_logits": _from_logits(loss),
    }


def _is_of_keras(kind: Any) -> bool:
    """Whether a class or function is one of Keras' own."""
    return str(attribute(kind, "__module__")).partition(".")[0] == "keras"


def _from_logits(loss: Any) -> bool:
    given = [attribute(loss, name) for name in ("_fn_kwargs", "keywords")]
    said = [options.get("from_logits") for options in given if isinstance(options, dict)]
    return any(value is True for value in (attribute(loss, "from_logits"), *said))


def _known(name: str) -> Any:
    import keras

    # A name that Keras does not know is told to the student by fit; here it is shown as it is.
    try:
        return keras.losses.get(name)
    except Exception:  # noqa: BLE001
        return name


def _metric(metric: Any) -> dict[str, Any]:
    if isinstance(metric, str):
        return {"name": text(metric, 200), "type": text(metric, 200)}
    name = attribute(metric, "name") or attribute(metric, "__name__") or type(metric).__name__
    kind = metric if isinstance(metric, type) or hasattr(metric, "__name__") else type(metric)
    own = not _is_of_keras(kind)
    return {"name": text(name, 200), "type": text(kind.__name__, 200), "own": own}
