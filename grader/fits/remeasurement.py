"""Measures again what models have learnt that a kernel trained, whatever it says of them."""

import json
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from grader.evidence import Examined
from grader.fits.augmented_images import augmented_images
from grader.fits.label_shift import LabelShift
from grader.trainers import Trainer
from grader.training.accept import accept_network
from grader.training.description import Network
from grader.training.reading import MAX_BYTES
from grader.training.refusals import Refused
from grader.training.results import Array, TrainingPlan
from grader.training.size import measure
from grader.training.views import THRESHOLDS, View
from grader.wire import coding, frames
from grader.wire.messages import (
    SHOWN,
    OutputsWantedMessage,
    TrainedHereMessage,
    WeightsWantedMessage,
)

# The weights of all models before and after, which are kept until they are measured; and as many
# outputs as any model of images has.
MOST_WEIGHTS, MOST_OUTPUTS = 2**28, 2**24
MOST_MODELS = 5
FLOAT_BYTES = 4
USUAL_SIZE, LARGEST_SIZE = (150, 150), 512


@dataclass(slots=True)
class Remeasurement:
    """Hears what a kernel shows of the models that it trained.

    Args:
        exam: How.
        dataset: The grader's own copy of the images.
    """

    exam: LabelShift
    dataset: Path
    _told: dict[int, Examined] = field(default_factory=dict)
    _shown: dict[int, tuple[Network, list[list[Array]]]] = field(default_factory=dict)

    def hear(self, connection: socket.socket, said: TrainedHereMessage) -> None:
        """Ask for what can be measured of one model.

        Args:
            connection: To the kernel.
            said: What the kernel says of it.

        Raises:
            BrokenError: The kernel is gone, or does not make sense.
        """
        if len(self._told) + len(self._shown) >= MOST_MODELS:
            return
        classes = _classes(said.classes)
        with suppress(Refused):
            members = {"loader": said.loader, "architecture": said.architecture, "classes": classes}
            network = accept_network(json.dumps(members).encode())
            left = MOST_WEIGHTS - self._held
            if _weight_bytes(network) <= left:
                weights = _weights(connection, said.before, left)
                self._shown[said.number] = network, weights
                return
        size = _size(said.size)
        images, labels = augmented_images(self.dataset, size, self.exam.turned, classes)
        outputs = _outputs(connection, images)
        right = max((_right(each, labels) for each in outputs), default=0.0)
        self._told[said.number] = Examined(by="predictions", turned=self.exam.turned, after=right)

    @property
    def _held(self) -> int:
        shown = (weights for _, both in self._shown.values() for weights in both)
        return sum(array.nbytes for weights in shown for array in weights)

    def results(self, trainer: Trainer, plan: TrainingPlan) -> dict[int, Examined]:
        """Measure what was shown, and return what is known of each training by number.

        Args:
            trainer: Measures weights.
            plan: Of the run.
        """
        for number, (network, weights) in self._shown.items():
            with suppress(Refused):
                before, after = trainer.examine(network, weights, self.exam.turned, plan)
                self._told[number] = Examined(
                    by="weights", turned=self.exam.turned, before=before, after=after
                )
        return self._told


def _weight_bytes(network: Network) -> int:
    """Return the size of a model's weights before training and after it."""
    return 2 * FLOAT_BYTES * measure(network.architecture).parameters


def _weights(connection: socket.socket, before: object, most: int) -> list[list[Array]]:
    found = _asked(connection, WeightsWantedMessage(), most)
    count = before if isinstance(before, int) and 0 <= before <= len(found) else 0
    return [found[:count], found[count:]]


def _outputs(connection: socket.socket, images: Array) -> list[Array]:
    return _asked(connection, OutputsWantedMessage(arrays=(images,)), MOST_OUTPUTS)


def _asked(
    connection: socket.socket, wanted: WeightsWantedMessage | OutputsWantedMessage, most: int
) -> list[Array]:
    coding.send(connection, wanted)
    try:
        return list(coding.receive(connection, SHOWN, most=MAX_BYTES, arrays_most=most).arrays)
    except frames.SenselessError as error:
        raise frames.BrokenError(f"what was shown makes no sense: {error}") from error


def _classes(said: object) -> list[str]:
    """Return the names of the classes in the order of their labels, as a kernel says."""
    return list(map(str, said)) if isinstance(said, list) else []


def _size(said: object) -> tuple[int, int]:
    match said:
        case [int(height), int(width)] if max(height, width) <= LARGEST_SIZE:
            return max(height, 1), max(width, 1)
    return USUAL_SIZE


def _right(outputs: Array, labels: Array) -> float:
    """Return the share of images that outputs (images, units) classify correctly."""
    if outputs.ndim != 2 or len(outputs) != len(labels) or not outputs.size:  # noqa: PLR2004
        return 0.0
    counts = View(thresholds=THRESHOLDS).correct(outputs, labels)
    return float(counts.max()) / len(labels)
