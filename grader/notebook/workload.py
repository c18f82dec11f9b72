"""How much a notebook's trainings compute, as far as its source tells it: which ones take longest.

Nothing but an order depends on it. Multiplications of an image's way through the layers are
counted, in the order in which the source has them, and weights of dense layers with the update that
they need at each step. Epochs are anybody's guess, and what is no number is taken for a usual one.
"""

import ast
from collections.abc import Iterable, Sequence

from grader.notebook.source import parse

# Where the source has no number: filters and units, the edge of a kernel, that of an image.
USUAL, KERNEL, EDGE, CHANNELS = 32, 3, 100, 3
# An optimizer reads and writes each weight several times a step, and a step is of few images: what
# it takes was measured as that of so many multiplications an image, with batches of ten.
UPDATE = 6
MOST = 10**6
_POOLING = ("MaxPooling2D", "MaxPool2D", "AveragePooling2D", "AvgPool2D")
_GLOBAL = ("GlobalMaxPooling2D", "GlobalAveragePooling2D", "GlobalMaxPool2D", "GlobalAvgPool2D")


def workload(sources: Iterable[str]) -> float:
    """Return about how many multiplications one image of its trainings takes.

    Args:
        sources: Of the code cells, in their order.
    """
    count = _Count()
    for tree in filter(None, map(parse, sources)):
        for call in _calls(tree):
            count.layer(call)
    return count.multiplications


def _calls(tree: ast.Module) -> list[ast.Call]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return sorted(calls, key=lambda call: (call.lineno, call.col_offset))


class _Count:
    """Goes along the layers."""

    def __init__(self) -> None:
        self.multiplications = 0.0
        self._begin((EDGE, EDGE, CHANNELS))

    def _begin(self, shape: Sequence[int]) -> None:
        self._edge, self._channels = shape[0], shape[-1]
        self._features: int | None = None

    def layer(self, call: ast.Call) -> None:
        """Count what a call makes, if it is a layer that is known here."""
        name = call.func.attr if isinstance(call.func, ast.Attribute) else _id(call.func)
        shape = _given(call, "input_shape") or (_given(call, "shape", 0) if name == "Input" else ())
        if len(shape) == len(("height", "width", "channels")):
            self._begin(shape)
        if name == "Conv2D":
            self._convolution(call)
        elif name in _POOLING:
            pooled = _given(call, "pool_size", 0)
            self._edge = max(1, self._edge // (pooled[0] if pooled else 2))
        elif name in _GLOBAL:
            self._features = self._channels
        elif name == "Flatten":
            self._features = self._edge**2 * self._channels
        elif name == "Dense":
            self._dense((_given(call, "units", 0) or (USUAL,))[0])

    def _convolution(self, call: ast.Call) -> None:
        filters = (_given(call, "filters", 0) or (USUAL,))[0]
        kernel = (_given(call, "kernel_size", 1) or (KERNEL,))[0]
        strides = (_given(call, "strides", 2) or (1,))[0]
        self._edge = max(1, self._edge // strides)
        self.multiplications += float(self._edge**2 * kernel**2) * self._channels * filters
        self._channels = filters

    def _dense(self, units: int) -> None:
        inputs = self._channels if self._features is None else self._features
        self.multiplications += UPDATE * float(inputs) * units
        self._features = units


def _id(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""


def _given(call: ast.Call, name: str, place: int | None = None) -> tuple[int, ...]:
    """Return the number or numbers of an argument; none where it has no such."""
    given = next((each.value for each in call.keywords if each.arg == name), None)
    if given is None and place is not None and place < len(call.args):
        given = call.args[place]
    parts = given.elts if isinstance(given, ast.Tuple | ast.List) else [given]
    numbers = [part.value for part in parts if isinstance(part, ast.Constant)]
    whole = tuple(n for n in numbers if type(n) is int and 0 < n <= MOST)
    return whole if len(whole) == len(parts) else ()
