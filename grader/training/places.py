"""Which convolutions see the places of an image, and not what a dense layer has made of it."""

from collections.abc import Sequence

from grader.training import paths
from grader.training.axes import Shape
from grader.training.description import Architecture

_Grid = tuple[int, int]
_WEIGHTED = paths.CONVOLUTIONS | {"Dense"}
# Their values stay in order, so that maps of the size before are those maps again.
_IN_ORDER = frozenset({"Flatten", "Reshape"})


def behind_dense(architecture: Architecture, shapes: Sequence[Shape]) -> list[int]:
    """Return the positions of convolutions none of whose inputs has the places of the image.

    A dense layer keeps them where it works on each place of a feature map alone, as a convolution
    of one pixel does, and loses them where it works on a flat vector. What is put together has
    them if one part has, as a feature map that is multiplied by a gate.

    Args:
        architecture: The network.
        shapes: Those of what comes out of its layers, without the axis of the batch.
    """
    grids: list[_Grid | None] = []
    found = []
    for at, layer in enumerate(architecture.layers):
        seen = [(grid, shapes[place]) for place in layer.inputs if (grid := grids[place])]
        maps = any(shape[:2] == grid and _is_map(shape) for grid, shape in seen)
        if layer.part.name in paths.CONVOLUTIONS and not maps:
            found.append(at)
        grids.append(_grid(layer.part.name, shapes[at], [grid for grid, _ in seen], maps=maps))
    return found


def _grid(name: str, shape: Shape, before: list[_Grid], *, maps: bool) -> _Grid | None:
    """Return height and width of the maps that a layer's output is, or can be put in order to."""
    if (maps and name not in _IN_ORDER) or name == "InputLayer":
        return (shape[0], shape[1]) if _is_map(shape) else (1, 1)
    if not before or name in _WEIGHTED:
        return None
    return before[0]


def _is_map(shape: Shape) -> bool:
    return len(shape) == 3  # noqa: PLR2004 - height, width and channels
