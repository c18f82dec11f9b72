"""What is right of functions that measure, classify and filter, and what they are tried with."""

import io
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image

from grader.assignments.happy_sad_pipeline.images import CLASSES
from grader.authoring import ColourModel, MadeFolder

Numbers = NDArray[np.float64]
Labels = NDArray[np.int64]


class Predicts(Protocol):
    """What a reference gets in the place of a model."""

    def predict(self, x: Numbers) -> NDArray[np.float32]:
        """Return one number a picture, as an array of shape (pictures, 1)."""


# Pictures of every size are made so large.
SIZE = 256
LABELS, PREDICTED = np.array([0, 1, 1, 0, 1, 0, 1, 1]), np.array([0, 1, 0, 0, 1, 0, 1, 0])
# Dark on the left and bright on the right, with another row at the end: nothing is symmetric.
EDGE = np.array([[0, 0, 0, 9, 9, 9]] * 4 + [[0, 1, 2, 3, 4, 5]], dtype=float)
SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=float)


def some_batches(
    generator: Generator,
) -> tuple[ColourModel, list[tuple[Numbers, Labels]]]:
    """Draw a model, and batches of pictures, the last one a smaller one.

    Of some pictures it is sure, of others hardly: these tell where a function draws the line.
    """
    model = ColourModel((3, 4), weights=(2.0, 2.0, 2.0), bias=-3.0)
    sizes = [4, 4, 4, int(generator.integers(1, 4))]
    return model, [_batch(generator, size) for size in sizes]


def _batch(generator: Generator, size: int) -> tuple[Numbers, Labels]:
    # The model says about 0.14, 0.43, 0.57 and 0.86; noise takes none of them across the line.
    brightness = generator.choice([0.2, 0.45, 0.55, 0.8], (size, 1, 1, 1))
    pictures = brightness + generator.uniform(-0.1, 0.1, (size, 3, 4, 3))
    return pictures.round(2), generator.integers(0, 2, size)


def predict_all(
    model: Predicts, batches: Sequence[tuple[Numbers, Labels]]
) -> tuple[Labels, Labels]:
    """Return the labels of all batches, and what a model takes each picture for.

    Args:
        model: As it is made for the reference, which predicts.
        batches: Pictures and their labels.
    """
    shares = [model.predict(pictures)[:, 0] for pictures, _ in batches]
    labels = np.concatenate([each for _, each in batches])
    return labels, (np.concatenate(shares) > 0.5).astype(np.int64)  # noqa: PLR2004


def some_labels(generator: Generator) -> tuple[Labels, Labels]:
    """Draw labels and predictions, each class among both."""
    count = int(generator.integers(9, 20))
    both = np.array([0, 1])
    drawn = [np.append(generator.permutation(both), generator.integers(0, 2, count))
             for _ in range(2)]  # fmt: skip
    return drawn[0], drawn[1]


def some_scored(generator: Generator) -> tuple[Labels, Labels, int]:
    """Draw labels and predictions, of which the second class counts as positive."""
    return (*some_labels(generator), 1)


def confusion(labels: Labels, predictions: Labels) -> Labels:
    """Count predictions by class: a row for each true class, a column for each predicted one.

    Args:
        labels: The true ones.
        predictions: As a model has them.
    """
    counts = np.zeros((2, 2), np.int64)
    np.add.at(counts, (labels, predictions), 1)
    return counts


def scores(labels: Labels, predictions: Labels, positive: int) -> dict[str, float]:
    """Return accuracy, precision, recall and F1; 0 where there is nothing to divide by.

    Args:
        labels: The true ones.
        predictions: As a model has them.
        positive: The class that precision and recall are of.
    """
    true, found = labels == positive, predictions == positive
    hits = int((true & found).sum())
    precision, recall = _share(hits, int(found.sum())), _share(hits, int(true.sum()))
    return {
        "accuracy": float((labels == predictions).mean()),
        "precision": precision,
        "recall": recall,
        "f1": _share(2 * precision * recall, precision + recall),
    }


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def some_matrix(generator: Generator) -> tuple[Labels]:
    """Draw a confusion matrix, whose four numbers differ."""
    return (generator.permutation(np.arange(1, 30))[:4].reshape(2, 2),)


def some_picture(generator: Generator) -> tuple[MadeFolder, ColourModel]:
    """Draw a picture in red or in blue, and a model that takes one of them for sad."""
    height, width = (int(side) for side in generator.integers(40, 90, 2))
    bright, dark = generator.uniform(0.7, 0.9), generator.uniform(0.1, 0.3)
    colours = [bright, generator.uniform(0.2, 0.8), dark]
    if generator.integers(2):
        colours.reverse()
    pixels = np.tile(np.array(colours), (height, width, 1))
    pixels[:, width // 2 :] *= 0.9
    strength = float(generator.uniform(2.0, 3.0)) * float(generator.choice([-1, 1]))
    file = io.BytesIO()
    form = str(generator.choice(["PNG", "BMP"]))
    Image.fromarray((pixels * 255).astype(np.uint8)).save(file, form)
    name = f"picture.{form.lower()}"
    model = ColourModel((SIZE, SIZE), weights=(strength, 0.2, -strength))
    return MadeFolder({name: file.getvalue()}, path=name), model


def classify_image(path: str, model: Predicts) -> tuple[str, float]:
    """Return which class a model takes a picture for, and how sure it is of that.

    Args:
        path: Of the picture.
        model: As it is made for the reference, which predicts.
    """
    with Image.open(path) as picture:
        resized = picture.convert("RGB").resize((SIZE, SIZE))
    [[share]] = model.predict(np.asarray(resized)[None] / 255)
    sad = bool(share > 0.5)  # noqa: PLR2004 - as likely as not
    return CLASSES[sad], float(share if sad else 1 - share)


def some_grey(generator: Generator) -> tuple[Numbers, Numbers]:
    """Draw a small picture in grey, and a filter that looks otherwise when it is turned."""
    height, width = (int(side) for side in generator.integers(4, 9, 2))
    return generator.uniform(0, 1, (height, width)).round(2), generator.integers(-4, 5, (3, 3)) / 2


def apply_filter(picture: Numbers, kernel: Numbers) -> Numbers:
    """Slide a filter over a picture as a convolution of Keras does, without padding.

    Args:
        picture: In grey.
        kernel: Of three by three numbers.
    """
    windows = np.lib.stride_tricks.sliding_window_view(picture, kernel.shape)
    result: Numbers = (windows * kernel).sum(axis=(-2, -1))
    return result
