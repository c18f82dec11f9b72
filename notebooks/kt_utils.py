"""What the notebook of the Happy House imports: its pictures, and a drawing of a model."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import h5py
import keras
import keras.backend as K  # noqa: N812 - its name in notebooks
import matplotlib.pyplot as plt
import numpy as np

# The first is where the kit keeps them, the second where the course did.
FOLDERS = (Path("../data/happy_house"), Path("datasets"))
FILES = ("train_happy.h5", "test_happy.h5")
CLASSES = "list_classes"

# Notebooks take all of these with a star, the modules as well.
__all__ = ["K", "draw_model", "h5py", "load_dataset", "math", "mean_pred", "np", "plt"]


def load_dataset() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Read the pictures of the front door, and say from which files.

    Returns:
        Pictures to train on (samples, 64, 64, 3) in whole numbers from 0 to 255, their labels in a
        row (1, samples), the same of those to test with, and the labels that there are.

    Raises:
        FileNotFoundError: The files are in none of the folders.
        OSError: One of them is damaged, or no HDF5.
        ValueError: What is in them is not what it must be.
    """
    train, test = _found()
    print(f"Reading {train} and {test}")  # noqa: T201 - for whoever runs the notebook
    x_train, y_train = _samples(train, "train")
    x_test, y_test = _samples(test, "test")
    with _opened(test) as file:
        classes = np.array(_array(test, file, CLASSES))
    return x_train, y_train, x_test, y_test, classes


def mean_pred(_y_true: Any, y_pred: Any) -> Any:  # noqa: ANN401 - tensors of any backend
    """Return the mean of the predictions, as a metric."""
    return keras.ops.mean(y_pred)


def draw_model(model: keras.Model) -> None:
    """Draw the layers of a model from top to bottom, with the shapes of what they put out."""
    lines = [*_described(model)]
    figure, axes = plt.subplots(figsize=(6, 0.6 * len(lines) + 0.4))
    for row, (name, shape) in enumerate(lines):
        place = (0.5, len(lines) - row)
        axes.annotate(
            f"{name}\n{shape}",
            place,
            ha="center",
            va="center",
            bbox={"boxstyle": "round", "facecolor": "lavender", "edgecolor": "slategray"},
        )
        if row:
            above = (0.5, place[1] + 0.72)
            axes.annotate("", (0.5, place[1] + 0.28), above, arrowprops={"arrowstyle": "->"})
    axes.set(xlim=(0, 1), ylim=(0.4, len(lines) + 0.6))
    axes.axis("off")
    figure.suptitle(model.name)
    plt.show()


def _described(model: keras.Model) -> Iterator[tuple[str, str]]:
    for layer in model.layers:
        found = getattr(getattr(layer, "output", None), "shape", ())
        shape = ", ".join("any" if axis is None else str(axis) for axis in found)
        yield f"{layer.name} ({type(layer).__name__})", f"({shape})"


def _found() -> tuple[Path, Path]:
    for folder in FOLDERS:
        train, test = (folder / name for name in FILES)
        if train.is_file() and test.is_file():
            return train, test
    there = [str(path) for folder in FOLDERS for name in FILES if (path := folder / name).is_file()]
    raise FileNotFoundError(
        f"{' and '.join(FILES)} were expected together, in {' or '.join(map(str, FOLDERS))}; found "
        f"{there[0] if there else 'neither'}. In a terminal in the folder of this notebook, "
        "`grader data make happy-house` draws both."
    )


@contextmanager
def _opened(path: Path) -> Iterator[h5py.File]:
    try:
        with h5py.File(path, "r") as file:
            yield file
    except OSError as error:
        raise OSError(
            f"{path}: expected a whole HDF5 file, found one that cannot be read ({error}). Copy or "
            "download it once more; `grader data make happy-house` draws the kit's."
        ) from error


def _samples(path: Path, part: str) -> tuple[np.ndarray, np.ndarray]:
    with _opened(path) as file:
        pictures = np.array(_array(path, file, f"{part}_set_x"))
        labels = np.array(_array(path, file, f"{part}_set_y"))
    _refuse_pictures(path, part, pictures)
    _refuse_labels(path, part, labels, len(pictures))
    return pictures, labels.reshape(1, -1)


def _array(path: Path, file: h5py.File, name: str) -> h5py.Dataset:
    if name not in file:
        raise ValueError(
            f"{path}: expected an array {name}, found {', '.join(file) or 'none'}. Is it another "
            "dataset's file?"
        )
    return file[name]


def _refuse_pictures(path: Path, part: str, pictures: np.ndarray) -> None:
    whole = pictures.dtype == np.uint8 and pictures.size
    if not whole or pictures.ndim != 4 or pictures.shape[-1] != 3:  # noqa: PLR2004
        raise ValueError(
            f"{path}: expected pictures in {part}_set_x, whole numbers from 0 to 255 (uint8) of "
            f"shape (samples, height, width, 3); found {pictures.dtype} of shape {pictures.shape}."
        )


def _refuse_labels(path: Path, part: str, labels: np.ndarray, samples: int) -> None:
    if labels.size != samples or not np.isin(labels, (0, 1)).all():
        found = ", ".join(map(str, np.unique(labels)[:5]))
        raise ValueError(
            f"{path}: expected {samples} labels in {part}_set_y, each 0 or 1; found {labels.size}: "
            f"{found}."
        )
