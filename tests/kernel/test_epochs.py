"""No epoch is trained that the rubric does not need, whatever was asked for."""

from pathlib import Path

import pytest

from grader.evidence import Fit
from grader.kernel.job import Job
from grader.kernel.kernels import Kernels
from grader.records import PlannedCell, Role

NEEDED = 2
HUNDRED = """\
import tensorflow as tf

images = tf.keras.preprocessing.image.ImageDataGenerator(rescale=1 / 255).flow_from_directory(
    "../data/faces", target_size=(8, 8), batch_size=3, class_mode="binary"
)
layers = tf.keras.layers
model = tf.keras.Sequential(
    [tf.keras.Input((8, 8, 3)), layers.Flatten(), layers.Dense(1, activation="sigmoid")]
)
model.compile("sgd", "binary_crossentropy", metrics=["accuracy"])
model.fit(images, epochs=100)
"""


@pytest.fixture(scope="module")
def fit(images: Path, kernels: Kernels) -> Fit:
    cells = [PlannedCell(HUNDRED, Role.REQUIRED)]
    ran = kernels.run(Job(cells, {}, images, "faces", 1, dataset_sha256="0" * 64, epochs=NEEDED))
    [found] = ran.evidence.fits.values()
    return found


def test_who_asks_for_100_epochs_gets_those_that_are_needed(fit: Fit) -> None:
    assert [len(curve) for curve in fit.curves.values()] == [NEEDED, NEEDED]


def test_who_asks_for_100_epochs_is_known_to_have_asked_for_them(fit: Fit) -> None:
    assert (fit.path, fit.epochs) == ("grader", 100)
