"""Reads a model's layers: each of the table, called once, and with earlier layers only."""

from grader.training.description import Architecture, Json, LayerSpec
from grader.training.refusals import Refused, count, items, members
from grader.training.tables.layers import LAYERS
from grader.training.tables.signatures import read_part

MAX_LAYERS = 64
_MAX_INPUTS = 16
_INPUT = "InputLayer"


def read_architecture(value: Json) -> Architecture:
    """Read a model.

    Args:
        value: Parsed JSON.

    Raises:
        Refused: It has a layer that is not in the table or has arguments that are not, or its
            layers do not hang together as ``Architecture`` says.
    """
    found = members(value, "architecture", ("layers", "output", "created"))
    listed = items(found["layers"], "architecture: layers", MAX_LAYERS, least=1)
    layers = tuple(_layer(position, each) for position, each in enumerate(listed))
    output = count(found["output"], "architecture: output", 0, len(layers) - 1)
    _refuse_loose_ends(layers, output)
    return Architecture(layers, output, _order(found["created"], len(layers)))


def _layer(position: int, value: Json) -> LayerSpec:
    where = f"layer {position}"
    found = members(value, where, ("part", "arguments", "inputs"))
    part = read_part({name: found[name] for name in ("part", "arguments")}, LAYERS, "layers", where)
    where = f"{where} ({part.name})"
    if (part.name == _INPUT) != (position == 0):
        raise Refused(f"{where}: the first layer must be an {_INPUT}, and no other")
    least, most = (0, 0) if part.name == _INPUT else (1, _MAX_INPUTS)
    listed = items(found["inputs"], f"{where}: inputs", most, least)
    inputs = tuple(count(each, f"{where}: an input", 0, position - 1) for each in listed)
    return LayerSpec(part, inputs)


def _refuse_loose_ends(layers: tuple[LayerSpec, ...], output: int) -> None:
    used = {output}.union(*(layer.inputs for layer in layers))
    for position, layer in enumerate(layers):
        if position not in used:
            raise Refused(f"layer {position} ({layer.part.name}): nothing uses what it puts out")


def _order(value: Json, layers: int) -> tuple[int, ...]:
    where = "architecture: created"
    listed = items(value, where, MAX_LAYERS)
    order = tuple(count(each, where, 0, layers - 1) for each in listed)
    if sorted(order) != list(range(layers)):
        raise Refused(f"{where} must name each of the {layers} layers once")
    return order
