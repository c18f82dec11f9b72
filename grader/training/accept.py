"""The trainer's trust boundary: bytes out of a student's kernel become a description, or do not.

Nothing of what is read is looked up, imported or called here. Whatever is not in the tables is
refused with a reason, so that what comes out holds scalars, short tuples of scalars and names of
known classes, and nothing else.
"""

import json
import re
from dataclasses import replace
from typing import Any, cast

from grader.training.description import (
    Architecture,
    Compile,
    Description,
    FitArguments,
    Json,
    LoaderSpec,
    Network,
    ObjectSpec,
    Value,
)
from grader.training.networks import read_architecture
from grader.training.reading import read
from grader.training.refusals import Refused, count, items, members, shown
from grader.training.size import Budget, measure, refuse_above
from grader.training.tables.callbacks import CALLBACKS
from grader.training.tables.kinds import (
    either,
    flag,
    one_of,
    optional,
    real,
    several,
    take,
    text,
    whole,
)
from grader.training.tables.loaders import CHANNELS, GENERATOR, ITERATOR
from grader.training.tables.losses import LOSSES
from grader.training.tables.metrics import METRICS, reserved
from grader.training.tables.optimizers import OPTIMIZERS
from grader.training.tables.signatures import Table, read_arguments, read_part, signature

MAX_EPOCHS = 10_000
_MAX_PARTS = 20
_STEPS = optional(whole(1, 10**6))
_FIT = signature(
    epochs=whole(1, MAX_EPOCHS),
    initial_epoch=whole(0, MAX_EPOCHS),
    steps_per_epoch=_STEPS,
    shuffle=flag(),
    validation_steps=_STEPS,
    validation_freq=either(whole(1, MAX_EPOCHS), several(whole(1, MAX_EPOCHS), 1, 100)),
)
_OPTIONS = signature(
    run_eagerly=flag(),
    steps_per_execution=whole(1, 1000),
    jit_compile=either(flag(), one_of("auto")),
    auto_scale_loss=flag(),
)
_WEIGHT = real(0, 1e6)
_MAX_PATH = 4_096
_DIGEST = re.compile(r"[0-9a-f]{64}")


def accept_decoded(described: object) -> Description:
    """Read a description that was part of a message, as strictly as bytes are read.

    Raises:
        Refused: It is not taken, and why.
    """
    return accept(json.dumps(described).encode())


def accept(raw: bytes, budget: Budget | None = None) -> Description:
    """Read the description of one ``fit()``.

    Args:
        raw: JSON, as ``description.to_json`` makes it.
        budget: What the model may cost; ``Budget()`` unless it is given.

    Raises:
        Refused: It is not taken, and why.
    """
    parts = ("loader", "validation", "architecture", "compile", "fit", "callbacks")
    found = members(read(raw), "the description", parts)
    loader = _loader(found["loader"], "loader")
    validation = found["validation"]
    description = Description(
        loader,
        None if validation is None else _loader(validation, "validation"),
        read_architecture(found["architecture"]),
        _compile(found["compile"]),
        _fit(found["fit"]),
        _parts(found["callbacks"], "callback", CALLBACKS, "callbacks"),
    )
    _refuse_misfits(description, budget or Budget())
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
    known = None if found["loader"] is None else _loader(found["loader"], "loader")
    loader = None if known is None else replace(known, folder="")
    classes = _classes(found.get("classes", []))
    architecture = read_architecture(found["architecture"])
    if loader is not None:
        _refuse_other_shape(loader, architecture)
    refuse_above(budget or Budget(), measure(architecture), None)
    return Network(architecture, loader, classes)


def _loader(value: Json, where: str) -> LoaderSpec:
    found = members(value, where, ("generator", "iterator", "classes", "files"), ("folder",))
    classes = _classes(found["classes"], f"{where}: ", least=1)
    files = found["files"]
    if not isinstance(files, str) or not _DIGEST.fullmatch(files):
        raise Refused(f"{where}: files must be 64 hexadecimal digits, found {shown(files)}")
    return LoaderSpec(
        read_arguments(found["generator"], GENERATOR, f"{where}: generator"),
        read_arguments(found["iterator"], ITERATOR, f"{where}: iterator"),
        classes,
        files,
        _folder(found.get("folder", ""), where),
    )


def _folder(value: Json, where: str) -> str:
    return "" if value == "" else str(take(text(_MAX_PATH), value, f"{where}: folder"))


def _classes(value: Json, of: str = "", least: int = 0) -> tuple[str, ...]:
    names = items(value, f"{of}classes", 1000, least=least)
    classes = tuple(str(take(text(), name, f"{of}a class")) for name in names)
    if len(set(classes)) < len(classes):
        raise Refused(f"{of}a class stands twice in classes")
    return classes


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


def _fit(value: Json) -> FitArguments:
    found = dict(members(value, "fit", (), (*_FIT.arguments, "class_weight")))
    weights = found.pop("class_weight", None)
    read_weights = None if weights is None else _class_weight(weights)
    arguments: dict[str, Any] = read_arguments(found, _FIT, "fit")
    fit = FitArguments(**arguments, class_weight=read_weights)
    if fit.initial_epoch >= fit.epochs:
        raise Refused(f"fit: initial_epoch {fit.initial_epoch} leaves none of {fit.epochs} epochs")
    return fit


def _class_weight(value: Json) -> tuple[tuple[int, Value], ...]:
    where = "fit: class_weight"
    weights: dict[int, Value] = {}
    for each in items(value, where, 1000):
        label, weight = items(each, f"{where}: an item", 2, least=2)
        number = count(label, f"{where}: a label", 0, 1000)
        if number in weights:
            raise Refused(f"{where}: the label {number} stands twice")
        weights[number] = take(_WEIGHT, weight, f"{where}: the weight of {number}")
    return tuple(sorted(weights.items()))


def _refuse_misfits(description: Description, budget: Budget) -> None:
    loader, architecture = description.loader, description.architecture
    _refuse_other_shape(loader, architecture)
    if description.validation and _image_shape(description.validation) != _image_shape(loader):
        raise Refused("validation: its images have another shape than the loader's")
    refuse_above(budget, measure(architecture), cast("int", loader.iterator["batch_size"]))


def _refuse_other_shape(loader: LoaderSpec, architecture: Architecture) -> None:
    shape = _image_shape(loader)
    given = architecture.layers[0].part.arguments
    if given["shape"] != shape:
        raise Refused(
            f"layer 0 (InputLayer): shape must be {shape}, that of the loader's images, "
            f"found {given['shape']}"
        )


def _image_shape(loader: LoaderSpec) -> tuple[Value, ...]:
    height_and_width = cast("tuple[int, int]", loader.iterator["target_size"])
    return (*height_and_width, CHANNELS[str(loader.iterator["color_mode"])])
