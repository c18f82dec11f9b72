"""The layers of a sequential or functional model, in an order in which each can be called."""

from collections.abc import Callable
from typing import Any

from grader.probe.describing.objects import part
from grader.probe.describing.values import Undescribable, encoded

Number = Callable[[Any], int | None]


def describe(model: Any, image_shape: tuple[int, ...], number: Number) -> dict[str, Any]:
    """Describe a model; models inside it are taken apart.

    Args:
        model: A ``Sequential`` or functional model of one input and one output.
        image_shape: Height, width and channels of the images that it is given.
        number: Returns the number that a layer had when it was made, if that is known.

    Raises:
        Undescribable: It is of another class, or has a layer that is not Keras' own, that is called
            more than once, or that is called with something else than the output of one.
    """
    found = _Layers(image_shape)
    output = found.enter(model, None)
    return {"layers": found.described, "output": output, "created": found.order(number)}


class _Layers:
    def __init__(self, image_shape: tuple[int, ...]) -> None:
        self.described: list[dict[str, Any]] = []
        self._image_shape = image_shape
        self._layers: list[Any] = []

    def order(self, number: Number) -> list[int]:
        """Positions as the layers were made; the input, which draws nothing, comes first."""
        numbers = [-1 if (made := number(layer)) is None else made for layer in self._layers[1:]]
        return [0, *sorted(range(1, len(self._layers)), key=lambda at: numbers[at - 1])]

    def enter(self, model: Any, given: int | None) -> int:
        """Add a model's layers; ``given`` is the position of what it is called with."""
        import keras
        from keras.src.models import Functional

        if type(model) is keras.Sequential:
            return self._chain(model, given)
        if type(model) is Functional:
            return self._graph(model, given)
        raise Undescribable(f"the model is of a class of its own: {type(model).__name__}")

    def _chain(self, model: Any, given: int | None) -> int:
        import keras

        layers = list(model._layers)  # noqa: SLF001 - `layers` lacks the input
        first = layers.pop(0) if layers and type(layers[0]) is keras.layers.InputLayer else None
        position = self._input(first) if given is None else given
        for layer in layers:
            position = self._called(layer, [position])
        return position

    def _graph(self, model: Any, given: int | None) -> int:
        if len(model.inputs) != 1 or len(model.outputs) != 1:
            raise Undescribable("the model has more than one input or output")
        start = model.inputs[0]._keras_history.operation  # noqa: SLF001 - Keras has no other way
        positions = {id(start): self._input(start) if given is None else given}
        for operation in model.operations:
            if operation is not start:
                _refuse_bare(operation)
                sources = [positions[id(source)] for source in _sources(model, operation)]
                positions[id(operation)] = self._called(operation, sources)
        return positions[id(model.outputs[0]._keras_history.operation)]  # noqa: SLF001

    def _input(self, layer: Any) -> int:
        """Add the input; what it leaves open about its shape, the images say."""
        batch, *shape = getattr(layer, "batch_shape", None) or (None, *self._image_shape)
        if len(shape) == len(self._image_shape):
            pairs = zip(shape, self._image_shape, strict=True)
            shape = [ours if own is None else own for own, ours in pairs]
        if getattr(layer, "dtype", "float32") != "float32":
            raise Undescribable(f"the model's input is of type {layer.dtype}")
        arguments = {"shape": encoded(shape, "the model's input shape")}
        arguments |= {} if batch is None else {"batch_size": encoded(batch, "its batch size")}
        return self._add(layer, {"part": "InputLayer", "arguments": arguments, "inputs": []})

    def _called(self, layer: Any, inputs: list[int]) -> int:
        import keras

        if isinstance(layer, keras.Model):
            if len(inputs) != 1:
                raise Undescribable(f"the model {layer.name} inside it takes several inputs")
            return self.enter(layer, inputs[0])
        if any(layer is known for known in self._layers):
            raise Undescribable(f"the layer {layer.name} is called more than once")
        described = part(layer, keras.layers, f"the layer {layer.name}")
        return self._add(layer, {**described, "inputs": inputs})

    def _add(self, layer: Any, described: dict[str, Any]) -> int:
        self._layers.append(layer)
        self.described.append(described)
        return len(self._layers) - 1


def _refuse_bare(operation: Any) -> None:
    import keras

    if not isinstance(operation, keras.layers.Layer):
        raise Undescribable(f"the model computes something without a layer: {operation.name}")


def _sources(model: Any, operation: Any) -> list[Any]:
    """Return the operations whose outputs one is called with."""
    from keras.src.ops.function import make_node_key

    nodes = [
        node
        for index, node in enumerate(operation._inbound_nodes)  # noqa: SLF001
        if make_node_key(operation, index) in model._nodes  # noqa: SLF001
    ]
    if len(nodes) != 1:
        raise Undescribable(f"the layer {operation.name} is called more than once")
    given = nodes[0].arguments
    tensors = list(given.keras_tensors)
    # `training` is what the whole model is called with, whatever a call of its layer said.
    others = {name: value for name, value in given.kwargs.items() if name != "training"}
    if any(value is not None for value in others.values()) or not _only(given.args, tensors):
        raise Undescribable(f"the layer {operation.name} is called with more than tensors")
    return [tensor._keras_history.operation for tensor in tensors]  # noqa: SLF001


def _only(args: tuple[Any, ...], tensors: list[Any]) -> bool:
    """Whether a layer was called with these tensors, in a list or not, and nothing else."""
    given = list(args[0]) if args and isinstance(args[0], list | tuple) else list(args[:1])
    rest = [value for value in args[1:] if value is not None]
    same = len(given) == len(tensors)
    return same and not rest and all(a is b for a, b in zip(given, tensors, strict=True))
