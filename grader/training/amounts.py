"""How many samples, batches and classes a ``fit`` is of, whichever form its data has."""

import math
from collections.abc import Mapping
from dataclasses import replace

from grader.preparation.records import Preparation
from grader.training import arrays
from grader.training.description import Description, FitArguments, Source
from grader.training.pipeline_specs import PipelineSpec
from grader.training.stream import Stream
from grader.training.streams import stream_of

# What ``fit`` takes where it is told none, and what is no loader; keras.Model.fit.
_BATCH = 32


def kept(rows: int, fit: FitArguments) -> int:
    """Return how many rows of arrays are trained on; the rest is to validate with.

    As ``keras.src.trainers.data_adapters.array_slicing.train_validation_split`` counts them.
    """
    return math.floor(rows * (1.0 - fit.validation_split)) if fit.validation_split else rows


def samples(description: Description, images: int) -> int:
    """Return how many samples a description trains on.

    Args:
        description: Of a training.
        images: How many the dataset has: as many does a loader show.
    """
    if isinstance(description.loader, Preparation):
        validated = description.validation is not None
        rows = description.loader.rows.count
        return rows if validated else kept(rows, description.fit)
    if isinstance(description.loader, PipelineSpec):
        return _of_an_epoch(stream_of(description.loader), description.fit)
    return images


def _of_an_epoch(stream: Stream, fit: FitArguments) -> int:
    """Return how many images an epoch has of a dataset; of one without an end, as it is told."""
    if stream.images is not None:
        return stream.images
    return (fit.steps_per_epoch or 1) * (stream.batch or 1)


def batch_size(description: Description) -> int:
    """Return how many samples a batch has."""
    if isinstance(description.loader, PipelineSpec):
        return stream_of(description.loader).batch or 1
    if not isinstance(description.loader, Preparation):
        return int(str(description.loader.iterator["batch_size"]))
    fit = description.fit
    if fit.batch_size is not None:
        return fit.batch_size
    steps = fit.steps_per_epoch
    return math.ceil(samples(description, 0) / steps) if steps else _BATCH


def fewest_updates(description: Description, images: int) -> int:
    """Return how many batches the shortest epoch has.

    Where ``fit`` is asked for fewer steps than there are batches, epochs go on where the one before
    them ended, and one ends where all batches have been shown; so does each one that is asked for
    more (keras.src.trainers.epoch_iterator.EpochIterator).

    Args:
        description: Of a training.
        images: How many samples the dataset has.
    """
    there = _batches(description, images)
    steps = max(1, min(description.fit.steps_per_epoch or there, there))
    return there % steps or steps


def _batches(description: Description, images: int) -> int:
    if isinstance(description.loader, PipelineSpec):
        known = stream_of(description.loader).elements
        # Without an end, each epoch has as many as it is told.
        return known or description.fit.steps_per_epoch or 1
    return math.ceil(samples(description, images) / batch_size(description))


def limited(description: Description, most: int) -> Description:
    """Return a description whose epochs have no more than so many batches, each of its size.

    Where there is less data, Keras ends an epoch with that.

    Args:
        description: Of a training.
        most: How many; 0 for as many as it asks for.
    """
    fit = description.fit
    steps, size = fit.steps_per_epoch, fit.batch_size
    if isinstance(description.loader, Preparation):
        size = batch_size(description)
        steps = steps or math.ceil(samples(description, 0) / size)
    if not most or (steps is not None and steps <= most):
        return description
    return replace(description, fit=replace(fit, steps_per_epoch=most, batch_size=size))


def shuffled(description: Description) -> bool:
    """Whether each epoch shows its samples in another order."""
    if isinstance(description.loader, Preparation):
        return description.fit.shuffle
    if isinstance(description.loader, PipelineSpec):
        return stream_of(description.loader).mixed
    return bool(description.loader.iterator.get("shuffle", True))


def classes(source: Source, folders: Mapping[str, str]) -> int:
    """Return how many classes there are.

    Args:
        source: What is trained on.
        folders: Of the dataset's own arrays, by name.
    """
    if isinstance(source, Preparation):
        return arrays.shapes(folders[source.split]).classes
    if isinstance(source, PipelineSpec):
        return len(source.directories[0].classes)
    return len(source.classes)
