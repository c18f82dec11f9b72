"""What a function does that is mapped over a dataset, read from the graph that TensorFlow runs.

TensorFlow has looked at the function already: nothing of the student's is called here. What is not
in the tables of what the trainer does again is a reason to train where the function is.
"""

from collections.abc import Callable, Sequence
from typing import Any

from grader.probe.describing.layer_calls import LayerCall
from grader.probe.describing.objects import part
from grader.probe.describing.values import Undescribable

_PAIR = 2
# They give what they are given.
_SAME = frozenset({"Identity", "EnsureShape", "StopGradient"})
_MOST_STEPS = 100
Step = dict[str, Any]


def described(dataset: Any, layers: Sequence[LayerCall], where: str) -> dict[str, list[Step]]:
    """Describe the function that a dataset was made with.

    Args:
        dataset: What ``map`` returned.
        layers: The layers that the function called.
        where: What it is, for messages.

    Raises:
        Undescribable: It does something else than the trainer can do again.
    """
    graph = dataset._map_func.function.graph  # noqa: SLF001 - TensorFlow has no other way
    given = dataset._input_dataset.element_spec  # noqa: SLF001
    if not (_is_pair(given) and _is_pair(dataset.element_spec)):
        raise Undescribable(f"the function of {where} takes or gives other than images and labels")
    walk = _Walk(graph, layers, where)
    x, y = (walk.steps(place) for place in range(_PAIR))
    return {"x": x, "y": y}


def _is_pair(spec: Any) -> bool:
    import tensorflow as tf

    return (
        type(spec) is tuple
        and len(spec) == _PAIR
        and all(type(each) is tf.TensorSpec for each in spec)
    )


class _Walk:
    """Goes from what a function returns back to what it is given.

    Args:
        graph: Of the function.
        layers: The layers that it called.
        where: What it is, for messages.
    """

    def __init__(self, graph: Any, layers: Sequence[LayerCall], where: str) -> None:
        self._graph = graph
        self._where = where
        self._layers = {call.made.name: call for call in layers if self._is_here(call)}

    def _is_here(self, call: LayerCall) -> bool:
        import keras
        import tensorflow as tf

        both = (call.given, call.made)
        # A model is its layers.
        return not isinstance(call.layer, keras.Model) and all(
            isinstance(each, tf.Tensor) and getattr(each, "graph", None) is self._graph
            for each in both
        )

    def _refuse(self, what: str) -> Undescribable:
        return Undescribable(f"the function of {self._where} {what}")

    def steps(self, place: int) -> list[Step]:
        """Return what is done to images (0) or labels (1)."""
        tensor, start = self._graph.outputs[place], self._graph.inputs[place]
        found: list[Step] = []
        while tensor.name != start.name:
            if len(found) > _MOST_STEPS:
                raise self._refuse("does more than the grader looks at")
            call = self._layers.get(tensor.name)
            if call is not None:
                found.append(self._layer(call))
                tensor = call.given
                continue
            step, tensor = self._operation(tensor)
            found.extend(step)
        return found[::-1]

    def _layer(self, call: LayerCall) -> Step:
        import keras

        name = call.layer.name
        if call.training is False and type(call.layer).__name__.startswith("Random"):
            raise self._refuse(f"calls the layer {name} with training=False")
        return part(call.layer, keras.layers, f"the layer {name}, called by {self._where},")

    def _operation(self, tensor: Any) -> tuple[list[Step], Any]:
        operation = tensor.op
        kind = str(operation.type)
        if kind in _SAME:
            return [], operation.inputs[0]
        if kind == "Cast":
            return [_step("Cast", dtype=tensor.dtype.name)], operation.inputs[0]
        if kind in _ARITHMETIC:
            return self._arithmetic(operation, kind)
        if kind in _OTHERS:
            step = _OTHERS[kind](operation)
            if step is not None:
                return [step], operation.inputs[0]
        if kind == "Placeholder":
            raise self._refuse("gives labels for images, or uses what is neither of them")
        raise self._refuse(f"computes something that the grader does not do again: {kind}")

    def _arithmetic(self, operation: Any, kind: str) -> tuple[list[Step], Any]:
        name, commutes = _ARITHMETIC[kind]
        one, other = operation.inputs
        by = _number(other)
        if by is None and commutes:
            one, by = other, _number(one)
        if by is None:
            raise self._refuse(f"computes with more than one number: {kind}")
        return [_step(name, by=by)], one


def _step(name: str, **arguments: Any) -> Step:
    return {"part": name, "arguments": arguments}


# The step that an operation is, and whether the number may stand before the images as well.
_ARITHMETIC = {
    "RealDiv": ("Divide", False),
    "Mul": ("Multiply", True),
    "AddV2": ("Add", True),
    "Sub": ("Subtract", False),
}


def _number(tensor: Any) -> float | None:
    """Return the one number that a tensor always is; None where it is another thing."""
    import numpy as np
    import tensorflow as tf

    value = tf.get_static_value(tensor)
    if not isinstance(value, np.ndarray | np.generic) or value.size != 1 or np.ndim(value):
        return None
    number = float(value)
    return number if np.isfinite(number) else None


def _one_hot(operation: Any) -> Step | None:
    depth, on, off = (_number(each) for each in list(operation.inputs)[1:])
    usual = (on, off, operation.get_attr("axis"), operation.outputs[0].dtype.name)
    if depth is None or usual != (1.0, 0.0, -1, "float32"):
        return None
    return _step("OneHot", classes=int(depth))


def _expanded(operation: Any) -> Step | None:
    rank = operation.inputs[0].shape.rank
    axis = _number(operation.inputs[1])
    return _step("ExpandDims") if rank is not None and axis in {-1.0, float(rank)} else None


def _resized(operation: Any) -> Step | None:
    import tensorflow as tf

    size = tf.get_static_value(operation.inputs[1])
    as_usual = operation.get_attr("half_pixel_centers") and not operation.get_attr("align_corners")
    if size is None or not as_usual:
        return None
    return _step("Resize", size=[int(length) for length in size])


_OTHERS: dict[str, Callable[[Any], Step | None]] = {
    "OneHot": _one_hot,
    "ExpandDims": _expanded,
    "ResizeBilinear": _resized,
}
