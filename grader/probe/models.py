"""What a Keras model is made of and how it was compiled, by attribute access alone."""

from collections.abc import Iterator
from typing import Any

from grader.probe.channel import integer, number, plain, shape, text

SETTINGS = (
    "activation", "axis", "cropping", "depth_multiplier", "dilation_rate", "filters",
    "kernel_size", "keepdims", "offset", "padding", "pool_size", "rate", "scale", "size",
    "strides", "target_shape", "units", "use_bias",
)  # fmt: skip
MAX_DEPTH = 20


def layers(model: Any, depth: int = 0) -> Iterator[Any]:
    """Layers in order, those of nested models in their place."""
    for layer in getattr(model, "layers", ()):
        if getattr(layer, "layers", None) and depth < MAX_DEPTH:
            yield from layers(layer, depth + 1)
        else:
            yield layer


def describe(model: Any) -> dict[str, Any]:
    """Describe a model's layers."""
    return {
        "type": type(model).__name__,
        "input_shape": shape(_attribute(model, "input_shape")),
        "layers": [_layer(layer) for layer in layers(model)],
    }


def _layer(layer: Any) -> dict[str, Any]:
    configured = {name: _setting(layer, name) for name in SETTINGS if hasattr(layer, name)}
    return {
        "name": text(getattr(layer, "name", ""), 200),
        "type": text(type(layer).__name__, 200),
        "bases": [text(base.__name__, 200) for base in type(layer).__mro__[:20]],
        "output_shape": shape(getattr(_attribute(layer, "output"), "shape", None)),
        "parameters": integer(layer.count_params()) if getattr(layer, "built", False) else None,
        "settings": configured,
    }


def _attribute(owner: Any, name: str) -> Any:
    # Keras raises from these properties while a layer or model is not built yet.
    try:
        return getattr(owner, name)
    except Exception:  # noqa: BLE001
        return None


def _setting(layer: Any, name: str) -> Any:
    value = _attribute(layer, name)
    if callable(value):
        return text(getattr(value, "__name__", type(value).__name__), 200)
    if isinstance(value, list | tuple):
        return shape(value)
    value = plain(value)
    return text(value, 200) if isinstance(value, str) else value


def compilation(model: Any, arguments: dict[str, Any]) -> dict[str, Any]:
    """Describe what ``compile`` was given, with the names that Keras gives to it."""
    optimizer = getattr(model, "optimizer", None)
    return {
        **_loss(arguments.get("loss")),
        "optimizer": text(type(optimizer).__name__, 200) if optimizer is not None else None,
        "learning_rate": number(_attribute(optimizer, "learning_rate")),
        "metrics": [_metric(metric) for metric in _flat(arguments.get("metrics"))],
    }


def _loss(loss: Any) -> dict[str, Any]:
    import keras

    if isinstance(loss, str):
        loss = _attribute_of(keras.losses.get, loss)
    name = getattr(loss, "__name__", None) or type(loss).__name__
    return {
        "loss": None if loss is None else text(name, 200),
        "from_logits": bool(getattr(loss, "from_logits", False))
        or bool(getattr(loss, "_fn_kwargs", {}).get("from_logits", False)),
    }


def _attribute_of(getter: Any, identifier: str) -> Any:
    # An identifier that Keras does not know is told to the student when the cell raises.
    try:
        return getter(identifier)
    except Exception:  # noqa: BLE001
        return None


def _flat(metrics: Any) -> Iterator[Any]:
    if isinstance(metrics, list | tuple):
        for metric in metrics:
            yield from _flat(metric)
    elif isinstance(metrics, dict):
        yield from _flat(list(metrics.values()))
    elif metrics is not None:
        yield metrics


def _metric(metric: Any) -> dict[str, str]:
    if isinstance(metric, str):
        return {"name": text(metric, 200), "type": text(metric, 200)}
    name = getattr(metric, "name", None) or getattr(metric, "__name__", type(metric).__name__)
    kind = metric if isinstance(metric, type) or hasattr(metric, "__name__") else type(metric)
    return {"name": text(name, 200), "type": text(kind.__name__, 200)}


def before_first_convolution(model: Any, images: Any) -> tuple[float, float] | None:
    """Return the least and greatest value that reach the first convolution, in inference mode.

    Args:
        model: A built model of one input.
        images: A batch from the loader, as NumPy array (batch, height, width, channels).
    """
    import keras
    import numpy as np

    first = next((layer for layer in layers(model) if "Conv" in type(layer).__name__), None)
    if first is None or first not in getattr(model, "layers", ()):
        return None
    front = keras.Model(model.inputs, first.input)
    values = np.asarray(front(images, training=False))
    return float(values.min()), float(values.max())
