"""The trainer's trust boundary: bytes out of a student's kernel become a description, or do not.

Nothing of what is read is looked up, imported or called here. Whatever is not in the tables is
refused with a reason, so that what comes out holds scalars, short tuples of scalars and names of
known classes, and nothing else.
"""

import json
from collections.abc import Mapping
from dataclasses import replace

from grader.preparation.records import Preparation
from grader.training.amounts import batch_size
from grader.training.arrays import all_shapes
from grader.training.description import (
    Architecture,
    Compile,
    Description,
    Json,
    Network,
    ObjectSpec,
    Source,
    Value,
)
from grader.training.fit_arguments import read_fit, refuse_long_epochs, refuse_misfits
from grader.training.folders import read_classes
from grader.training.networks import read_architecture
from grader.training.pipeline_specs import PipelineSpec
from grader.training.pipelines import refuse_unlike
from grader.training.prepared import SplitShapes
from grader.training.reading import read
from grader.training.refusals import Refused, items, members, shown
from grader.training.size import Budget, measure, refuse_above
from grader.training.sources import (
    memory_bytes,
    read_loader,
    read_source,
    sample_shape,
)
from grader.training.tables.callbacks import CALLBACKS
from grader.training.tables.kinds import either, flag, one_of, whole
from grader.training.tables.losses import LOSSES
from grader.training.tables.metrics import METRICS, reserved
from grader.training.tables.optimizers import OPTIMIZERS
from grader.training.tables.signatures import Table, read_arguments, read_part, signature

_MAX_PARTS = 20
_OPTIONS = signature(
    run_eagerly=flag(),
    steps_per_execution=whole(1, 1000),
    jit_compile=either(flag(), one_of("auto")),
    auto_scale_loss=flag(),
)


def accept_decoded(
    described: object, folders: Mapping[str, str] | None = None, budget: Budget | None = None
) -> Description:
    """Read a description that was part of a message, as strictly as bytes are read.

    Args:
        described: Of one ``fit()``.
        folders: Of the dataset's own arrays, by name.
        budget: What the model may cost; ``Budget()`` unless it is given.

    Raises:
        Refused: It is not taken, and why.
    """
    return accept(json.dumps(described).encode(), budget, all_shapes(folders or {}))


def accept(
    raw: bytes, budget: Budget | None = None, arrays: Mapping[str, SplitShapes] | None = None
) -> Description:
    """Read the description of one ``fit()``.

    Args:
        raw: JSON, as ``description.to_json`` makes it.
        budget: What the model may cost; ``Budget()`` unless it is given.
        arrays: What arrays the grader's own copy of the dataset has, by name; none by default.

    Raises:
        Refused: It is not taken, and why.
    """
    parts = ("loader", "validation", "architecture", "compile", "fit", "callbacks")
    found = members(read(raw), "the description", parts)
    known, validation = arrays or {}, found["validation"]
    description = Description(
        read_source(found["loader"], "loader", known),
        None if validation is None else read_source(validation, "validation", known),
        read_architecture(found["architecture"]),
        _compile(found["compile"]),
        read_fit(found["fit"]),
        _parts(found["callbacks"], "callback", CALLBACKS, "callbacks"),
    )
    _refuse_misfits(description, budget or Budget(), known)
    return description


def accept_network(raw: bytes, budget: Budget | None = None) -> Network:
    """Read the description of a model that was not trained from it.

    Args:
        raw: JSON, as ``description.to_json`` makes it.
        budget: What the model may cost; ``Budget()`` unless it is given.

    Raises:
        Refused: It is not taken, and why.
    """
    found = members(read(raw), "the description", ("loader", "architecture"), ("classes",))
    # It is measured on one dataset, wherever it was trained.
    known = None if found["loader"] is None else read_loader(found["loader"], "loader")
    loader = None if known is None else replace(known, folder="")
    classes = read_classes(found.get("classes", []))
    architecture = read_architecture(found["architecture"])
    if loader is not None:
        _refuse_other_shape(sample_shape(loader, {}), loader, architecture)
    refuse_above(budget or Budget(), measure(architecture), None)
    return Network(architecture, loader, classes)


def _compile(value: Json) -> Compile:
    found = members(value, "compile", ("optimizer", "loss", "metrics", "options"))
    metrics = _parts(found["metrics"], "metric", METRICS, "metrics")
    names = [str(metric.arguments["name"]) for metric in metrics]
    for position, (metric, name) in enumerate(zip(metrics, names, strict=True)):
        if reserved(metric.name, name) or name in names[:position]:
            raise Refused(
                f"metric {position} ({metric.name}): the name {shown(name)} is taken by another"
            )
    return Compile(
        read_part(found["optimizer"], OPTIMIZERS, "optimizers", "optimizer"),
        read_part(found["loss"], LOSSES, "losses", "loss"),
        metrics,
        read_arguments(found["options"], _OPTIONS, "compile: options"),
    )


def _parts(value: Json, what: str, table: Table, plural: str) -> tuple[ObjectSpec, ...]:
    found = items(value, plural, _MAX_PARTS)
    return tuple(
        read_part(each, table, plural, f"{what} {position}") for position, each in enumerate(found)
    )


def _refuse_misfits(
    description: Description, budget: Budget, arrays: Mapping[str, SplitShapes]
) -> None:
    loader, validation = description.loader, description.validation
    shape = sample_shape(loader, arrays)
    _refuse_other_shape(shape, loader, description.architecture)
    if validation is not None and sample_shape(validation, arrays) != shape:
        raise Refused("validation: its samples have another shape than those to train on")
    if isinstance(loader, PipelineSpec) and isinstance(validation, PipelineSpec):
        refuse_unlike(loader, validation)
    classes = arrays[loader.split].classes if isinstance(loader, Preparation) else 0
    refuse_misfits(description.fit, loader, classes)
    refuse_long_epochs(description.fit, loader, validation)
    held = memory_bytes(loader, arrays) + memory_bytes(validation, arrays)
    left = replace(budget, memory_bytes=budget.memory_bytes - held)
    refuse_above(left, measure(description.architecture), batch_size(description))


def _refuse_other_shape(
    shape: tuple[Value, ...], source: Source, architecture: Architecture
) -> None:
    given = architecture.layers[0].part.arguments
    if given["shape"] != shape:
        of = "the arrays' samples" if isinstance(source, Preparation) else "the loader's images"
        raise Refused(
            f"layer 0 (InputLayer): shape must be {shape}, that of {of}, found {given['shape']}"
        )
