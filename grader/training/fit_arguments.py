"""Reads what ``fit`` was given besides data, callbacks and the model."""

from typing import Any

from grader.preparation.records import Preparation
from grader.training.amounts import kept
from grader.training.description import FitArguments, Json, Source, Value
from grader.training.pipeline_specs import PipelineSpec
from grader.training.refusals import Refused, count, items, members
from grader.training.streams import stream_of
from grader.training.tables.kinds import either, flag, optional, real, several, take, whole
from grader.training.tables.signatures import read_arguments, signature

MAX_EPOCHS = 10_000
_MAX_CLASSES = 1000
_STEPS = optional(whole(1, 10**6))
_SIZE = optional(whole(1, 10**6))
_FIT = signature(
    epochs=whole(1, MAX_EPOCHS),
    initial_epoch=whole(0, MAX_EPOCHS),
    steps_per_epoch=_STEPS,
    shuffle=flag(),
    validation_steps=_STEPS,
    validation_freq=either(whole(1, MAX_EPOCHS), several(whole(1, MAX_EPOCHS), 1, 100)),
    batch_size=_SIZE,
    validation_batch_size=_SIZE,
    validation_split=real(0, 1),
)
_WEIGHTS = ("class_weight", "sample_weight")
_WEIGHT = real(0, 1e6)


def read_fit(value: Json) -> FitArguments:
    """Read parsed JSON.

    Raises:
        Refused: It is not taken, and why.
    """
    found = dict(members(value, "fit", (), (*_FIT.arguments, *_WEIGHTS)))
    weights = {name: _weights(found.pop(name, None), f"fit: {name}") for name in _WEIGHTS}
    arguments: dict[str, Any] = {**read_arguments(found, _FIT, "fit"), **weights}
    fit = FitArguments(**arguments)
    if fit.initial_epoch >= fit.epochs:
        raise Refused(f"fit: initial_epoch {fit.initial_epoch} leaves none of {fit.epochs} epochs")
    if type(fit.validation_split) not in {int, float}:
        raise Refused("fit: validation_split must be a number of Python's own")
    return fit


def _weights(value: Json, where: str) -> tuple[tuple[int, Value], ...] | None:
    if value is None:
        return None
    weights: dict[int, Value] = {}
    for each in items(value, where, _MAX_CLASSES):
        label, weight = items(each, f"{where}: an item", 2, least=2)
        number = count(label, f"{where}: a label", 0, _MAX_CLASSES)
        if number in weights:
            raise Refused(f"{where}: the label {number} stands twice")
        weights[number] = take(_WEIGHT, weight, f"{where}: the weight of {number}")
    return tuple(sorted(weights.items()))


def refuse_misfits(fit: FitArguments, trained_on: Source, classes: int) -> None:
    """Refuse what ``fit`` takes of arrays where it has none, or of others than these.

    Args:
        fit: What it was given.
        trained_on: What is trained on.
        classes: How many classes the labels of arrays are of.

    Raises:
        Refused: It does not go together.
    """
    if not isinstance(trained_on, Preparation):
        of_arrays = {
            "batch_size": fit.batch_size,
            "validation_split": fit.validation_split,
            "sample_weight": fit.sample_weight,
        }
        for name, given in of_arrays.items():
            if given:
                raise Refused(f"fit: {name} goes with arrays, and this trains on a loader")
        return
    rows = trained_on.rows.count
    if fit.validation_split and not 0 < kept(rows, fit) < rows:
        share = fit.validation_split
        raise Refused(f"fit: validation_split {share} of {rows} samples leaves none on one side")
    weighted = [label for label, _ in fit.sample_weight or ()]
    if fit.sample_weight is not None and weighted != [*range(classes)]:
        raise Refused(f"fit: sample_weight must have one weight for each of {classes} classes")


def refuse_long_epochs(fit: FitArguments, trained_on: Source, validation: Source | None) -> None:
    """Refuse datasets without an end, and epochs that show more images than there are.

    What is reached by a certain epoch would be reached by one of ten passes as well.

    Args:
        fit: What it was given.
        trained_on: What is trained on.
        validation: What is validated with.

    Raises:
        Refused: An epoch or a validation would not end, or an epoch is of more than one pass.
    """
    validated = _images(validation, fit.validation_steps)
    if validated is None:
        raise Refused("fit: validation_data does not end, and validation_steps is not given")
    shown = _images(trained_on, fit.steps_per_epoch)
    if shown is None:
        raise Refused("fit: the dataset does not end, and steps_per_epoch is not given")
    if isinstance(trained_on, PipelineSpec):
        stream = stream_of(trained_on)
        there = stream.directory.images
        # The last batch of a pass may be filled by the next one.
        if shown >= there + (stream.batch or 1):
            raise Refused(
                f"fit: an epoch shows {shown} images, and there are {there}: steps_per_epoch says "
                "how many batches an epoch has"
            )


def _images(source: Source | None, steps: int | None) -> int | None:
    """Return how many images so many batches of a dataset have at most; None without an end."""
    if not isinstance(source, PipelineSpec):
        return 0
    stream = stream_of(source)
    if steps is None:
        return stream.images
    most = steps * (stream.batch or 1)
    return most if stream.images is None else min(most, stream.images)
