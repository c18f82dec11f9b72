"""Small splits of each form, in a folder of a test's own."""

import gzip
from pathlib import Path

import h5py
import numpy as np
from PIL import Image

from grader.datasets import Arrays, ClassFolders, Dataset, ImageFolder, KerasData, Split

CLASSES = ("red", "blue")
SIDE = 8
FASHION = ("t10k", "train")


def class_folders(folder: Path, count: int) -> Path:
    """Write so many images of each class, no two alike."""
    for label in CLASSES:
        (folder / label).mkdir(parents=True)
        for number in range(count):
            colour = (200 + number, 20, 20) if label == "red" else (20, 20, 200 + number)
            Image.new("RGB", (SIDE, SIDE), colour).save(folder / label / f"{number}.png")
    return folder


def flat(folder: Path, count: int) -> Path:
    """Write so many images into one folder."""
    folder.mkdir(parents=True)
    for number in range(count):
        Image.new("RGB", (SIDE, SIDE), (number, 20, 20)).save(folder / f"{number}.png")
    return folder


def items(count: int) -> dict[str, np.ndarray]:
    """Make so many images as an array, and their labels."""
    x = np.zeros((count, SIDE, SIDE, 3), np.uint8)
    x[:, :, :, 0] = np.arange(count).reshape(-1, 1, 1)
    return {"x": x, "y": np.arange(count, dtype=np.int64) % 2}


def npz(path: Path, count: int) -> Path:
    """Write them as NumPy does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, **items(count))  # type: ignore[arg-type]
    return path


def hdf5(path: Path, count: int) -> Path:
    """Write them as HDF5."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with h5py.File(path, "w") as file:
        for name, array in items(count).items():
            file[name] = array
    return path


def csv(path: Path, count: int) -> Path:
    """Write a table of so many lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = "".join(f"{number},{CLASSES[number % 2]}\n" for number in range(count))
    path.write_text(f"width,y\n{rows}", "utf-8")
    return path


def fashion(folder: Path, count: int) -> Path:
    """Write what ``keras.datasets.fashion_mnist`` loads, so many of each."""
    folder.mkdir(parents=True)
    images, labels = bytes(16) + bytes([7]) * 28 * 28 * count, bytes(8) + bytes(range(count))
    for name in FASHION:
        (folder / f"{name}-images-idx3-ubyte.gz").write_bytes(gzip.compress(images, mtime=0))
        (folder / f"{name}-labels-idx1-ubyte.gz").write_bytes(gzip.compress(labels, mtime=0))
    return folder


def every_form(folder: Path) -> Dataset:
    """Write a dataset that has splits of each form, each of which names a record."""
    splits: tuple[Split, ...] = (
        ClassFolders("train", class_folders(folder / "train", 3), record=folder / "train.json"),
        ClassFolders("validation", class_folders(folder / "valid", 2), record=folder / "v.json"),
        ImageFolder("unlabelled", flat(folder / "flat", 4), record=folder / "flat.json"),
        Arrays("test", npz(folder / "test.npz", 5), labels="y", record=folder / "test.json"),
        Arrays("holdout", hdf5(folder / "holdout.h5", 6), labels="y", record=folder / "h.json"),
        Arrays("table", csv(folder / "table.csv", 7), labels="y", record=folder / "table.json"),
        KerasData("fashion_mnist", fashion(folder / "fm", 2), record=folder / "fm.json"),
    )  # fmt: skip
    return Dataset("colours", "colours", CLASSES, splits=splits)
