"""The same training with exchanged labels: what learns can learn those as well.

A network whose weights begin at random, around zero, learns exchanged labels as it does the right
ones; one that knew the right ones before does not. It also learns images that are shown upside down
and in other colours; one whose weights were made for a spot or a colour does not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.accuracies import beyond_luck, borne_out
from grader.training.description import Description, Value

_COLOURS = (1, 2, 0)
# Axes of images without channels, that of the samples included.
_GREY = 3
# It would end a training that has other curves.
_ENDING = "EarlyStopping"


def learnt(targets: Sequence[float], images: int, classes: int) -> float:
    """Return the share of all images from which on exchanged labels are learnt, from 0 to 1.

    It is what bears out the highest target: 90 % where that is 99.9 % of 80 images of two classes.
    Right networks come to that in 2 to 8 epochs: the ten of docs/luck.md with three seeds each,
    shown images upside down.

    Args:
        targets: Accuracies that are to be reached with the right labels; where there is none, as
            for a goal of a loss, it is more than luck.
        images: How many images there are.
        classes: How many classes there are.
    """
    return borne_out(max(targets), images, classes) if targets else beyond_luck(images, classes)


def exchanged(description: Description, epochs: int, classes: int) -> Description:
    """Return what is to be trained with exchanged labels, so that all else is as described.

    Args:
        description: Of a training.
        epochs: How many epochs it may take.
        classes: How many classes there are.
    """
    fit = description.fit
    of_classes, of_samples = (
        _shifted(dict(weights or ()), classes) for weights in (fit.class_weight, fit.sample_weight)
    )
    return replace(
        description,
        # As many epochs fit into a description only if they are counted from the first.
        fit=replace(
            fit,
            initial_epoch=0,
            epochs=max(epochs, 1),
            class_weight=of_classes,
            sample_weight=of_samples,
        ),
        callbacks=tuple(each for each in description.callbacks if each.name != _ENDING),
    )


def _shifted(weights: Mapping[int, Value], classes: int) -> tuple[tuple[int, Value], ...] | None:
    """Return the weights of classes after each has got the label of the next one."""
    return tuple(sorted(((label + 1) % classes, each) for label, each in weights.items())) or None


def next_labels(labels: NDArray[Any], classes: int) -> NDArray[Any]:
    """Return labels of which each is that of the next class.

    Args:
        labels: In a row, in a column or one-hot.
        classes: How many classes there are.
    """
    if labels.ndim > 1 and labels.shape[1] > 1:
        return np.roll(labels, 1, axis=1)
    return ((labels.astype(np.int64) + 1) % classes).astype(labels.dtype)


def mirrored_samples(samples: NDArray[Any]) -> NDArray[Any]:
    """Return samples upside down if they are images: (samples, height, width), or with channels.

    Args:
        samples: Of a dataset, before anything is done to them.
    """
    if samples.ndim == _GREY:
        return np.ascontiguousarray(samples[:, ::-1])
    return mirrored(samples) if samples.ndim == _GREY + 1 else samples


def mirrored(images: NDArray[Any]) -> NDArray[Any]:
    """Return images upside down, with red, green and blue in another order.

    Args:
        images: (batch, height, width, channels); where there are fewer than three channels, these
            stay where they are.
    """
    channels = images.shape[-1]
    if channels >= len(_COLOURS):
        images = images[..., [*_COLOURS, *range(len(_COLOURS), channels)]]
    return np.ascontiguousarray(images[:, ::-1])
