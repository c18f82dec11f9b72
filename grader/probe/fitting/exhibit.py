"""Shows the grader what a model has learnt that was trained here."""

import math
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from grader.inspection.loaders import SCALINGS, class_names, scaled, undisturbed
from grader.inspection.plain import attribute, shape
from grader.probe.describing import images, networks
from grader.probe.describing.creation import CreationOrder
from grader.probe.describing.request import unnoticed
from grader.probe.fitting.connection import Connection
from grader.probe.silence import silenced
from grader.wire.messages import (
    WANTED,
    NotedMessage,
    OutputsWantedMessage,
    ShownMessage,
    TrainedHereMessage,
)

# Of what a model puts out for an image; classifiers have a thousand at most.
MAX_UNITS = 10_000
_BATCH = 20
_IMAGE_AXES = 3


class Exhibit:
    """A model as it is before training, and what the grader wants to see of it afterwards.

    Args:
        model: The model.
        arguments: What ``fit`` was given, by name.
        watch: What is known of how its layers were made.
    """

    def __init__(self, model: Any, arguments: Mapping[str, Any], watch: CreationOrder) -> None:
        self._model = model
        self._trained_on = arguments.get("x")
        self._watch = watch
        self._before = _weights(model)

    def show(self, connection: Connection, number: int) -> None:
        """Answer the grader's questions about the model; it may have none.

        Args:
            connection: To the grader.
            number: Of the training.

        Raises:
            ConnectionEndedError: The grader is gone, or does not make sense.
        """
        connection.tell(TrainedHereMessage(number=number, **self._described()))
        while not isinstance(wanted := connection.hear(WANTED), NotedMessage):
            if isinstance(wanted, OutputsWantedMessage):
                shown = self._told(wanted.arrays[0])
            else:
                shown = [*self._before, *_weights(self._model)]
            connection.tell(ShownMessage(arrays=shown))

    def _described(self) -> dict[str, Any]:
        """Return what of the model can be put into plain data."""
        image_shape = self._image_shape()
        found: dict[str, Any] = {"loader": None, "architecture": None}
        found |= {"before": len(self._before), "size": image_shape and image_shape[:2]}
        with suppress(Exception):  # a loader of the student's may say anything
            found["classes"] = class_names(self._trained_on)
        with suppress(Exception):  # whatever it is that cannot be described
            found["loader"] = images.describe(self._trained_on, "the loader")
        with suppress(Exception):
            found["architecture"] = networks.describe(
                self._model, tuple(image_shape or ()), self._watch.numbered
            )
        return found

    def _image_shape(self) -> list[Any] | None:
        """Return height, width and channels of the images that it was trained on."""
        specified = attribute(self._trained_on, "element_spec")
        first = specified[0] if isinstance(specified, list | tuple) and specified else None
        known = (
            shape(attribute(self._trained_on, "image_shape")),
            (shape(attribute(first, "shape")) or [])[1:],
            (shape(attribute(self._model, "input_shape")) or [])[1:],
        )
        whole = (each for each in known if each and len(each) == _IMAGE_AXES and all(each))
        return next(whole, None)

    def _told(self, shown: Any) -> list[Any]:
        units = [axis or 1 for axis in shape(attribute(self._model, "output_shape")) or ()][1:]
        if math.prod(units) > MAX_UNITS:
            return []
        # A student's model may raise anything, and print what it is called with.
        with suppress(Exception), undisturbed(), silenced(), unnoticed():
            return list(self._predictions(shown))
        return []

    def _predictions(self, shown: Any) -> Iterator[Any]:
        """Yield outputs (images, units) for images (images, height, width, 3) in each scaling.

        The model is called without being traced: TensorFlow counts how often that happens, and
        a model whose notebook has it predict later says so again where its code prints.
        """
        import keras
        import numpy as np

        for factor, addend in SCALINGS:
            inputs = scaled(shown, factor, addend)
            told = [
                np.asarray(self._model.predict_step(keras.ops.convert_to_tensor(batch)))
                for batch in (inputs[at : at + _BATCH] for at in range(0, len(inputs), _BATCH))
            ]
            yield np.concatenate(told).reshape(len(inputs), -1).astype(np.float32)


def _weights(model: Any) -> list[Any]:
    with suppress(Exception):  # a student's model may raise anything
        return [weights.copy() for weights in model.get_weights()]
    return []
