"""Reads what a model is trained on or validated with, in whichever form it comes."""

from collections.abc import Mapping
from typing import cast

from grader.preparation.records import Preparation
from grader.training.description import Json, LoaderSpec, Source, Value
from grader.training.folders import read_classes, read_files, read_folder
from grader.training.pipeline_specs import PipelineSpec
from grader.training.pipelines import read_pipeline
from grader.training.prepared import SplitShapes, made_of, read_preparation
from grader.training.refusals import Refused, members
from grader.training.streams import stream_of
from grader.training.tables.loaders import CHANNELS, GENERATOR, ITERATOR
from grader.training.tables.signatures import read_arguments

# Whatever else is done to labels, it is not known which class they are of.
_OF_LABELS = frozenset({"Cast", "Reshape", "OneHot"})
# What is made of the dataset's, what it was made of, and what of it is a tensor then. So counted, a
# trainer took 95 to 106 % of it for 40,000 samples of 28x28, as they are, scaled, standardised, and
# in another order: tests/keras/training/test_memory.py.
_COPIES = 3


def read_source(value: Json, where: str, arrays: Mapping[str, SplitShapes]) -> Source:
    """Read parsed JSON.

    Args:
        value: An object.
        where: What it is, for messages.
        arrays: What arrays the grader has, by name.

    Raises:
        Refused: It is not taken, and why.
    """
    if isinstance(value, dict) and "nodes" in value:
        return read_pipeline(value, where)
    if not isinstance(value, dict) or "split" not in value:
        return read_loader(value, where)
    found = read_preparation(value, arrays)
    for step in found.y:
        if step.part not in _OF_LABELS:
            raise Refused(f"{where}: {step.part} of labels leaves nothing that tells their class")
    return found


def read_loader(value: Json, where: str) -> LoaderSpec:
    """Read a loader; arguments and errors are those of ``read_source``."""
    found = members(value, where, ("generator", "iterator", "classes", "files"), ("folder",))
    classes = read_classes(found["classes"], f"{where}: ", least=1)
    return LoaderSpec(
        read_arguments(found["generator"], GENERATOR, f"{where}: generator"),
        read_arguments(found["iterator"], ITERATOR, f"{where}: iterator"),
        classes,
        read_files(found["files"], where),
        read_folder(found.get("folder", ""), where),
    )


def sample_shape(source: Source, arrays: Mapping[str, SplitShapes]) -> tuple[Value, ...]:
    """Return the shape of what a model is shown, without the axis of the batch.

    Args:
        source: As it was read.
        arrays: As for ``read_source``.
    """
    if isinstance(source, Preparation):
        return made_of(source, arrays).x.shape[1:]
    if isinstance(source, PipelineSpec):
        return stream_of(source).sample
    height_and_width = cast("tuple[int, int]", source.iterator["target_size"])
    return (*height_and_width, CHANNELS[str(source.iterator["color_mode"])])


def memory_bytes(source: Source | None, arrays: Mapping[str, SplitShapes]) -> int:
    """Return how much memory a trainer takes for data; of a loader's files, none is held for long.

    Args:
        source: As it was read; None for nothing.
        arrays: As for ``read_source``.
    """
    if isinstance(source, PipelineSpec):
        return stream_of(source).held
    return _COPIES * made_of(source, arrays).most if isinstance(source, Preparation) else 0
