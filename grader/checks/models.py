"""Expectations on the layers of a model."""

from collections.abc import Sequence

from grader.checks.declaration import Expectation, expect, missed
from grader.evidence import Layer, Model

CONVOLUTIONS = {"Conv2D", "SeparableConv2D", "DepthwiseConv2D"}
POOLING = {"MaxPooling2D", "AveragePooling2D"}
GLOBAL_POOLING = {"GlobalMaxPooling2D", "GlobalAveragePooling2D"}
_BY_MEAN = {"AveragePooling2D", "GlobalAveragePooling2D"}
FLATTENING = {"Flatten", *GLOBAL_POOLING}
# Layers that are an activation, whatever their settings are.
ACTIVATION_LAYERS = {"ReLU", "LeakyReLU", "PReLU", "ELU"}
_IDLE = {
    "untrained": ("is not trained", "are not trained"),
    "without_effect": ("changes nothing in the output", "change nothing in the output"),
    "behind_dense": ("comes behind a dense layer", "come behind a dense layer"),
}
NOT_LAST = {"InputLayer", "Dropout", "Flatten", "Reshape", "Identity"}


def is_a(layer: Layer, kinds: set[str]) -> bool:
    """Whether a layer is of one of these classes, or derived from one."""
    return bool(kinds & {layer.type, *layer.bases})


def takes_images(model: Model, image: tuple[int, int, int]) -> Expectation:
    """The input fits images of that shape; an axis of any length fits too."""
    shape = model.input_shape
    found = None if shape is None else shape[1:]
    met = (
        found is not None
        and len(found) == len(image)
        and all(axis in (None, length) for axis, length in zip(found, image, strict=True))
    )
    return expect(met, f"input shape {image}", "no input shape" if found is None else _shape(found))


def convolutions(model: Model, least: int) -> Expectation:
    """Enough convolutions, with pooling or strides between the first and the last of them.

    Where one is enough, they may come after it as well, and be global. Where the grader trained,
    layers that do nothing are not counted.
    """
    layers = [layer for layer in model.layers if layer.idle is None]
    places = [place for place, layer in enumerate(layers) if is_a(layer, CONVOLUTIONS)]
    end = places[-1] if places and least > 1 else None
    between = layers[places[0] : end] if places else ()
    where = "between" if least > 1 else "from there on"
    shrinking = sum(_downsamples(layer) for layer in between)
    if least == 1:
        shrinking += sum(is_a(layer, GLOBAL_POOLING) for layer in between)
    found = f"{_count(len(places), 'convolution')}, {shrinking or 'no'} downsampling {where}"
    if len(places) < least:
        found += _not_counted([each for each in model.layers if is_a(each, CONVOLUTIONS)])
    return expect(
        len(places) >= least and shrinking > 0,
        f"at least {_count(least, 'convolution')} with downsampling {where}",
        found,
    )


def activated(model: Model) -> Expectation:
    """An activation that is not linear comes between the first convolution and the output."""
    layers = [layer for layer in model.layers if layer.idle != "without_effect"]
    first = next((at for at, each in enumerate(layers) if is_a(each, CONVOLUTIONS)), None)
    last = max((at for at, each in enumerate(layers) if not is_a(each, NOT_LAST)), default=0)
    # A layer of the output's activation alone is not in between.
    while last and is_a(layers[last], {"Activation", "Softmax"}):
        last -= 1
    between = layers[first:last] if first is not None else ()
    found = [name for name in map(_activation_of, between) if name]
    return expect(
        bool(found),
        "an activation such as relu between convolution and output",
        ", ".join(dict.fromkeys(found)) or ("none" if first is not None else "no convolution"),
    )


def _activation_of(layer: Layer) -> str:
    """Return the activation of a layer; empty where it has none, or a linear one."""
    if is_a(layer, ACTIVATION_LAYERS):
        return layer.type
    named = layer.settings.get("activation", "linear")
    return "" if named == "linear" else str(named)


def growing_filters(model: Model) -> Expectation:
    """No convolution has fewer filters than the one before."""
    layers = [layer for layer in model.layers if is_a(layer, CONVOLUTIONS)]
    counts = [count for layer in layers if isinstance(count := layer.settings.get("filters"), int)]
    found = ", ".join(map(str, counts))
    return expect(
        bool(counts) and counts == sorted(counts),
        "filters that never become fewer",
        f"{found} filters" if counts else "no convolution",
    )


def _not_counted(layers: Sequence[Layer]) -> str:
    """Say how many convolutions do nothing, and why."""
    reasons = []
    for idle, words in _IDLE.items():
        count = sum(layer.idle == idle for layer in layers)
        if count:
            reasons.append(f"{count} more {words[count > 1]}")
    return f" ({', '.join(reasons)})" if reasons else ""


def _downsamples(layer: Layer) -> bool:
    if is_a(layer, POOLING):
        return max(_longest(layer, "pool_size", 2), _longest(layer, "strides", 1)) > 1
    return is_a(layer, CONVOLUTIONS) and _longest(layer, "strides", 1) > 1


def _longest(layer: Layer, name: str, unknown: int) -> int:
    lengths = layer.settings.get(name)
    return (
        max((axis or 1 for axis in lengths), default=1) if isinstance(lengths, tuple) else unknown
    )


def at_most_parameters(model: Model, most: int) -> Expectation:
    """The model has at most so many parameters, trained or not."""
    counted = [each.parameters for each in model.layers if each.parameters is not None]
    expected = f"at most {most:,} parameters"
    if not counted:
        return missed(expected, "a model that is not built")
    return expect(sum(counted) <= most, expected, f"{sum(counted):,} parameters")


def flattened(model: Model) -> Expectation:
    """Dense layers see one vector an image."""
    expected = "flattening or global pooling, then dense layers"
    layers = [layer for layer in model.layers if layer.idle != "without_effect"]
    for place, layer in enumerate(layers):
        if is_a(layer, {"Dense"}):
            if not any(_flattens(before) for before in layers[:place]):
                return missed(expected, f"dense layer {layer.name} on feature maps")
            break
    flat = any(_flattens(layer) for layer in layers)
    return expect(flat, expected, "flattened" if flat else "feature maps are never flattened")


def _flattens(layer: Layer) -> bool:
    vector = layer.output_shape is not None and len(layer.output_shape) == 2  # noqa: PLR2004
    return is_a(layer, FLATTENING) or (is_a(layer, {"Reshape"}) and vector)


def units(model: Model) -> int | None:
    """Return how many numbers the model puts out for an image."""
    last = model.layers[-1] if model.layers else None
    shape = last.output_shape if last else None
    if shape:
        return shape[-1]
    dense = [layer for layer in model.layers if is_a(layer, {"Dense"})]
    found = dense[-1].settings.get("units") if dense else None
    return found if isinstance(found, int) else None


def activation(model: Model) -> str:
    """Return the activation of the output: that of the last layer that has one.

    It may be pooled: a mean or a maximum of sigmoids is from 0 to 1, a mean of softmaxes sums to 1.
    """
    pooling: list[Layer] = []
    for layer in reversed(model.layers):
        if is_a(layer, POOLING | GLOBAL_POOLING):
            pooling.append(layer)
        elif not is_a(layer, NOT_LAST):
            named = "softmax" if is_a(layer, {"Softmax"}) else layer.settings.get("activation")
            return str(named or "linear") if _outlives(named, pooling) else "linear"
    return "linear"


def _outlives(activation: object, pooling: Sequence[Layer]) -> bool:
    """Whether what comes out of pooling is still in the range of an activation."""
    if activation == "softmax":
        return all(is_a(layer, _BY_MEAN) for layer in pooling)
    return activation == "sigmoid" or not pooling


def two_class_output(model: Model, *, from_logits: bool | None) -> Expectation:
    """One unit with sigmoid or two with softmax; linear where the loss takes logits, or may."""
    found = units(model), activation(model)
    linear, active = {(1, "linear"), (2, "linear")}, {(1, "sigmoid"), (2, "softmax")}
    allowed = linear | active if from_logits is None else linear if from_logits else active
    wanted = "1 unit with sigmoid, or 2 with softmax"
    if from_logits:
        wanted = "1 or 2 units without activation, as the loss takes logits"
    return expect(found in allowed, wanted, f"{_count(found[0] or 0, 'unit')} with {found[1]}")


def class_output(model: Model, classes: int, *, from_logits: bool | None) -> Expectation:
    """One unit a class, with softmax; linear where the loss takes logits, or may.

    For two classes, ``two_class_output`` takes a single unit, too.
    """
    found = units(model), activation(model)
    fitting = {None: ("linear", "softmax"), True: ("linear",), False: ("softmax",)}[from_logits]
    wanted = "without activation, as the loss takes logits" if from_logits else "with softmax"
    return expect(
        found[0] == classes and found[1] in fitting,
        f"{_count(classes, 'unit')} {wanted}",
        f"{_count(found[0] or 0, 'unit')} with {found[1]}",
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _shape(shape: tuple[int | None, ...]) -> str:
    return f"input shape ({', '.join(str(axis) for axis in shape)})"
