"""What a Keras model is made of, by attribute access alone."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from typing import Any

from grader.inspection.bounded import items
from grader.inspection.plain import attribute, integer, number, plain, shape, text

SETTINGS = (
    "activation", "axis", "cropping", "depth_multiplier", "dilation_rate", "filters",
    "kernel_size", "keepdims", "offset", "padding", "pool_size", "rate", "scale", "size",
    "strides", "target_shape", "units", "use_bias",
)  # fmt: skip
MAX_DEPTH = 20
MAX_LAYERS = 1_000


def layers(model: Any, depth: int = 0) -> Iterator[Any]:
    """Layers in order, those of nested models in their place."""
    for layer in _listed(model):
        if depth < MAX_DEPTH and _listed(layer):
            yield from layers(layer, depth + 1)
        else:
            yield layer


def leaves(model: Any, depth: int = 0) -> Iterator[Any]:
    """Layers that hold no others, those inside of layers of the notebook's own classes as well."""
    parts = _listed(model) or _held(model)
    if depth < MAX_DEPTH and parts:
        for part in parts:
            yield from leaves(part, depth + 1)
    else:
        yield model


def is_of_keras(layer: Any) -> bool:
    """Whether a layer's class is Keras' own."""
    return str(type(layer).__module__).startswith("keras.")


def _held(layer: Any) -> list[Any]:
    """Return the layers that a layer of the notebook's own class is made of."""
    found = [] if is_of_keras(layer) else attribute(layer, "_layers")
    return found if isinstance(found, list) else []


def _listed(model: Any) -> list[Any] | tuple[Any, ...]:
    found = attribute(model, "layers")
    return found if isinstance(found, list | tuple) else ()


def describe(model: Any) -> dict[str, Any]:
    """Describe a model's layers."""
    return {
        "type": text(type(model).__name__, 200),
        "input_shape": shape(attribute(model, "input_shape")),
        "layers": [describe_layer(layer) for layer in islice(layers(model), MAX_LAYERS)],
    }


def describe_layer(layer: Any) -> dict[str, Any]:
    """Describe one layer."""
    configured = {name: _setting(layer, name) for name in SETTINGS if _has(layer, name)}
    return {
        "name": text(attribute(layer, "name") or "", 200),
        "type": text(type(layer).__name__, 200),
        "bases": [text(base.__name__, 200) for base in type(layer).__mro__[:20]],
        "output_shape": shape(attribute(attribute(layer, "output"), "shape")),
        "parameters": _parameters(layer),
        "settings": configured,
    }


def _has(layer: Any, name: str) -> bool:
    try:
        return hasattr(layer, name)
    except Exception:  # noqa: BLE001 - a property may raise anything
        return False


def _parameters(layer: Any) -> int | None:
    count = attribute(layer, "count_params")
    if not attribute(layer, "built") or not callable(count):
        return None
    try:
        return integer(count())
    except Exception:  # noqa: BLE001 - a student's layer may raise anything
        return None


def _setting(layer: Any, name: str) -> Any:
    value = attribute(layer, name)
    if callable(value):
        return text(getattr(value, "__name__", type(value).__name__), 200)
    if isinstance(value, list | tuple):
        return shape(value)
    if isinstance(value, Mapping | set | frozenset):
        return None
    value = plain(value)
    return text(value, 200) if isinstance(value, str) else value


class SeenError(Exception):
    """Ends a call of a model once its first convolution was reached."""


def before_first_convolution(model: Any, images: Any) -> tuple[float, float] | None:
    """Return the least and greatest value that reach the first convolution, in inference mode.

    The model is shown the images while its convolutions write down what they are given: that
    works for models of every kind. One that cannot be called so has no such range.

    Args:
        model: A built model of one input.
        images: A batch from the loader, as NumPy array (batch, height, width, channels).
    """
    seen: list[Any] = []
    # Its purpose is fulfilled when it raises; or the model is at fault.
    with suppress(Exception), ExitStack() as listening:
        for layer in filter(_convolves, islice(leaves(model), MAX_LAYERS)):
            listening.enter_context(called_through(layer, _listener(layer, seen)))
        model(images, training=False)
    if not seen:
        return None
    least, most = number(seen[0].min()), number(seen[0].max())
    return None if least is None or most is None else (least, most)


def _convolves(layer: Any) -> bool:
    return "Conv" in type(layer).__name__


@contextmanager
def called_through(layer: Any, call: Callable[..., Any]) -> Iterator[None]:
    """Have a layer called by way of another function; its own variables are as before afterwards.

    Args:
        layer: A layer.
        call: Stands for the layer's ``call``.
    """
    own = {"call": vars(layer)["call"]} if "call" in vars(layer) else {}
    # Keras keeps a list of much that is assigned to a layer.
    vars(layer)["call"] = call
    try:
        yield
    finally:
        del vars(layer)["call"]
        vars(layer).update(own)


def _listener(layer: Any, seen: list[Any]) -> Any:
    original = layer.call

    def call(inputs: Any, *args: Any, **kwargs: Any) -> Any:
        # A model that is only built now is first called with symbols, which hold nothing.
        reached = items(inputs)
        if reached is not None:
            seen.append(reached)
        if seen:
            # What comes after the first convolution would be computed for nothing.
            raise SeenError
        return original(inputs, *args, **kwargs)

    return call
