"""Reads how a ``tf.data.Dataset`` was made, or says why that is not taken.

Nothing is made here. What comes out holds names of the dataset's classes, numbers of datasets that
there are, and calls of a table with scalars.
"""

from collections.abc import Iterator

from grader.training.description import Json, ObjectSpec
from grader.training.folders import read_classes, read_files, read_folder
from grader.training.pipeline_specs import (
    DatasetNode,
    DirectorySpec,
    Made,
    MapSpec,
    PipelineSpec,
)
from grader.training.reading import read
from grader.training.refusals import Refused, count, items, members
from grader.training.streams import stream_of
from grader.training.tables.pipelines import DIRECTORY, INPUTS, METHODS, STEPS
from grader.training.tables.signatures import read_arguments, read_part

MOST_NODES = 60
# keras/src/utils/image_utils.py: smart_resize
_NOT_CROPPED = ("gaussian", "mitchellcubic")
_MOST_STEPS = 12
_MOST_IMAGES = 200_000
_MOST_NUMBER = 10_000


def accept_pipeline(raw: bytes) -> PipelineSpec:
    """Read how the dataset of one ``fit`` was made.

    Args:
        raw: JSON.

    Raises:
        Refused: It is not taken, and why.
    """
    return read_pipeline(read(raw), "the dataset")


def read_pipeline(value: Json, where: str) -> PipelineSpec:
    """Read parsed JSON.

    Args:
        value: An object.
        where: What it is, for messages.

    Raises:
        Refused: It is not taken, and why.
    """
    listed = items(members(value, where, ("nodes",))["nodes"], f"{where}: nodes", MOST_NODES, 1)
    nodes: list[DatasetNode] = []
    for position, each in enumerate(listed):
        nodes.append(_node(each, f"{where}: dataset {position}", nodes))
    used = {number for node in nodes for number in node.inputs} | {nodes[-1].number}
    unused = sorted({node.number for node in nodes} - used)
    if unused:
        raise Refused(f"{where}: nothing is made of dataset {unused[0]}")
    pipeline = PipelineSpec(tuple(nodes))
    try:
        stream_of(pipeline)
    except Refused as error:
        raise Refused(f"{where}: {error}") from None
    return pipeline


def refuse_unlike(one: PipelineSpec, other: PipelineSpec) -> None:
    """Refuse two descriptions of the same dataset that differ.

    Args:
        one: What is trained on.
        other: What is validated with.

    Raises:
        Refused: A number stands for two datasets.
    """
    known = {node.number: node for node in one.nodes}
    for node in other.nodes:
        if known.get(node.number, node) != node:
            raise Refused(f"dataset {node.number} is another one in training and in validation")


def _node(value: Json, where: str, earlier: list[DatasetNode]) -> DatasetNode:
    found = members(value, where, ("number", "made", "inputs"))
    least = earlier[-1].number + 1 if earlier else 0
    number = count(found["number"], f"{where}: number", least, _MOST_NUMBER)
    made = _made(found["made"], where)
    known = {node.number for node in earlier}
    inputs = tuple(_inputs(found["inputs"], where, made))
    for each in inputs:
        if each not in known:
            raise Refused(f"{where} is made of dataset {each}, and there is none before it")
    return DatasetNode(number, made, inputs)


def _inputs(value: Json, where: str, made: Made) -> Iterator[int]:
    many = 1
    if isinstance(made, DirectorySpec):
        many = 0
    elif isinstance(made, ObjectSpec):
        many = INPUTS[made.name]
    for each in items(value, f"{where}: inputs", many, many):
        yield count(each, f"{where}: an input", 0, _MOST_NUMBER)


def _made(value: Json, where: str) -> Made:
    if isinstance(value, dict) and "files" in value:
        return _directory(value, where)
    if isinstance(value, dict) and "x" in value:
        found = members(value, f"{where} (map)", ("x", "y"))
        return MapSpec(*(_steps(found[name], name, f"{where} (map)") for name in ("x", "y")))
    return read_part(value, METHODS, "methods of datasets", where)


def _steps(value: Json, name: str, where: str) -> tuple[ObjectSpec, ...]:
    listed = items(value, f"{where}: {name}", _MOST_STEPS)
    return tuple(
        read_part(each, STEPS[name], "steps", f"{where}: {name}: step {position}")
        for position, each in enumerate(listed)
    )


def _directory(value: Json, where: str) -> DirectorySpec:
    found = members(value, where, ("settings", "classes", "files", "images"), ("folder",))
    settings = read_arguments(found["settings"], DIRECTORY, f"{where}: settings")
    split, subset = (settings.get(name) for name in ("validation_split", "subset"))
    if (split is None) != (subset is None) or (settings.get("both") and subset is None):
        raise Refused(f"{where}: validation_split and subset go together")
    if split is not None and settings.get("shuffle", True) and settings.get("seed") is None:
        raise Refused(f"{where}: a split of shuffled images needs a seed")
    if settings.get("crop_to_aspect_ratio") and settings.get("pad_to_aspect_ratio"):
        raise Refused(f"{where}: images are either cropped or padded")
    if settings.get("crop_to_aspect_ratio") and settings.get("interpolation") in _NOT_CROPPED:
        raise Refused(f"{where}: Keras crops no images that are resized in this way")
    return DirectorySpec(
        settings,
        read_classes(found["classes"], f"{where}: ", least=1),
        read_files(found["files"], where),
        count(found["images"], f"{where}: images", 1, _MOST_IMAGES),
        read_folder(found.get("folder", ""), where),
    )
