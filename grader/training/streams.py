"""What a described ``tf.data.Dataset`` yields, worked out before anything of it is made."""

import math
from dataclasses import replace
from typing import cast

from grader.training.axes import MisfitError, Shape
from grader.training.description import Number, ObjectSpec
from grader.training.pipeline_specs import DatasetNode, DirectorySpec, MapSpec, PipelineSpec
from grader.training.refusals import Refused
from grader.training.shapes import infer
from grader.training.stream import BYTES, Stream
from grader.training.stream_calls import CALLS, concatenated
from grader.training.tables.loaders import CHANNELS
from grader.training.tables.pipelines import MOST_ELEMENTS, STEADY

_KERAS_BATCH = 32
_SCALES = frozenset({"Add", "Subtract", "Multiply", "Divide"})


def stream_of(pipeline: PipelineSpec) -> Stream:
    """Work out what a dataset yields.

    Args:
        pipeline: All of its calls and arguments accepted, each made of earlier ones.

    Raises:
        Refused: A call does not fit what it is made of, or leaves nothing.
    """
    known: dict[int, Stream] = {}
    for node in pipeline.nodes:
        known[node.number] = _made(node, [known[number] for number in node.inputs])
    last = known[pipeline.nodes[-1].number]
    if last.batch is None:
        raise Refused("the dataset does not come in batches")
    # Each folder is decoded once, and each buffer held once, whichever datasets are made of it.
    return replace(last, held=sum(each.held for each in known.values()))


def _made(node: DatasetNode, of: list[Stream]) -> Stream:
    where = place(node)
    if isinstance(node.made, DirectorySpec):
        return _directory(node.made, where)
    if isinstance(node.made, MapSpec):
        made = _mapped(node.made, of[0], where)
    elif node.made.name == "concatenate":
        made = concatenated(of[0], of[1], where)
    else:
        made = CALLS[node.made.name](of[0], node.made.arguments, where)
    if 0 in (made.elements, made.images):
        raise Refused(f"{where} leaves no images")
    if max(made.elements or 0, made.images or 0) > MOST_ELEMENTS:
        raise Refused(f"{where} makes more than {MOST_ELEMENTS} images of a pass")
    return made


def place(node: DatasetNode) -> str:
    """Name a dataset in a message: its number, and what made it."""
    made = node.made
    name = made.name if isinstance(made, ObjectSpec) else "map"
    name = "image_dataset_from_directory" if isinstance(made, DirectorySpec) else name
    return f"dataset {node.number} ({name})"


def shown(directory: DirectorySpec) -> int:
    """Return how many of the images in its folder a dataset shows."""
    share = directory.settings.get("validation_split")
    share = share.value if isinstance(share, Number) else share
    subset = directory.settings.get("subset")
    if not share or subset is None:
        return directory.images
    # keras.src.utils.dataset_utils.get_training_or_validation_split
    held_back = int(cast("float", share) * directory.images)
    return held_back if subset == "validation" else directory.images - held_back


def _directory(made: DirectorySpec, where: str) -> Stream:
    settings, images = made.settings, shown(made)
    height, width = cast("tuple[int, int]", settings["image_size"])
    sample = (height, width, CHANNELS[str(settings["color_mode"])])
    batch = cast("int | None", settings.get("batch_size", _KERAS_BATCH))
    mode = settings["label_mode"]
    if mode == "binary" and len(made.classes) != 2:  # noqa: PLR2004 - as the word says
        raise Refused(f"{where}: binary labels are of 2 classes, found {len(made.classes)}")
    if not images:
        raise Refused(f"{where} leaves no images")
    labels = {"int": (), "binary": (1,), "categorical": (len(made.classes),)}[str(mode)]
    held = 2 * made.images * math.prod(sample) * BYTES["float32"]
    mixed = settings.get("shuffle", True) is True
    elements = math.ceil(images / (batch or 1))
    # As TensorFlow resizes: only so are pixels of a file as they are.
    dtype = "uint8" if settings.get("interpolation") == "nearest" else "float32"
    return Stream(made, (), sample, dtype, labels, batch, elements, images, mixed, held)


def _mapped(made: MapSpec, of: Stream, where: str) -> Stream:
    sample, dtype, labels = of.sample, of.dtype, of.labels
    for step in made.x:
        at = f"{where}: {step.name}"
        if step.name == "Cast":
            dtype = str(step.arguments["dtype"])
        elif dtype not in {"float32", "float64"}:
            raise Refused(f"{at} is done to numbers of the type {dtype}, not to real ones")
        elif step.name == "Resize":
            sample, dtype = (*cast("Shape", step.arguments["size"]), sample[-1]), "float32"
        elif step.name not in _SCALES:
            sample, dtype = _through(step, sample, at), "float32"
    for step in made.y:
        if step.name == "OneHot" and labels in {(), (1,)}:
            labels = (*labels, cast("int", step.arguments["classes"]))
        elif step.name == "ExpandDims" and not labels:
            labels = (1,)
        elif step.name != "Cast":
            raise Refused(f"{where}: {step.name} is not done to labels of the shape {labels}")
    steady = tuple(step for step in made.x if step.name in STEADY)
    steps = (*of.steps, *steady)
    return replace(of, steps=steps, sample=sample, dtype=dtype, labels=labels, held=0)


def _through(step: ObjectSpec, sample: Shape, where: str) -> Shape:
    try:
        return infer(step, (sample,))
    except MisfitError as error:
        raise Refused(f"{where}: {error}") from None
