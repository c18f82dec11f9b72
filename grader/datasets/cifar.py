"""Reads the archives that ``keras.datasets.cifar10`` and ``cifar100`` load, without unpickling.

Their files are pickles of Python 2: a table with the images as one text of bytes, and the labels as
a list of whole numbers. Both are read out of the pickle's own steps, of which none is done.
"""

from __future__ import annotations

import pickletools
import tarfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from grader.datasets.array_files import Array
    from grader.datasets.levels import Pair

# keras/src/datasets/cifar.py, cifar10.py, cifar100.py
CHANNELS, SIDE = 3, 32
_IMAGE = CHANNELS * SIDE * SIDE
# For each, the folder in its archive, the files that are trained on and tested with, the name of
# the labels that ``load_data`` gives, and the type in which it gives them.
_FILES: dict[str, tuple[str, dict[str, tuple[str, ...]], str, str]] = {
    "cifar10": (
        "cifar-10-batches-py",
        {"train": tuple(f"data_batch_{n}" for n in range(1, 6)), "test": ("test_batch",)},
        "labels",
        "uint8",
    ),
    "cifar100": (
        "cifar-100-python",
        {"train": ("train",), "test": ("test",)},
        "fine_labels",
        "int64",
    ),
}
NAMES = tuple(_FILES)
# Such files of 50,000 images have 154 MB.
_MOST_BYTES = 2**28
_NUMBERS = frozenset({"BININT", "BININT1", "BININT2", "INT"})
_TEXTS = frozenset(
    {"STRING", "BINSTRING", "SHORT_BINSTRING", "BINBYTES", "SHORT_BINBYTES", "BINUNICODE",
     "SHORT_BINUNICODE", "BINBYTES8"}
)  # fmt: skip
_ENDS = frozenset({"SETITEM", "SETITEMS", "STOP"})


def of_archive(at: Path, name: str) -> dict[str, Pair]:
    """Return the pairs of an archive, to train on and to test; none of what is no such archive.

    Args:
        at: The archive.
        name: One of ``NAMES``.

    Returns:
        For each part images (samples, 32, 32, 3) of bytes, and labels (samples, 1).
    """
    folder, parts, labels, dtype = _FILES[name]
    try:
        with tarfile.open(at) as archive:
            return {
                part: _joined([_file(archive, f"{folder}/{each}", labels) for each in files], dtype)
                for part, files in parts.items()
            }
    except (KeyError, OSError, ValueError, EOFError, tarfile.TarError):
        return {}


def _file(archive: tarfile.TarFile, name: str, labels: str) -> tuple[bytes, list[int]]:
    member = archive.getmember(name)
    file = archive.extractfile(member)
    if file is None or member.size > _MOST_BYTES:
        raise ValueError(name)
    images, found = _told(file.read(), labels)
    if len(images) != len(found) * _IMAGE:
        raise ValueError(name)
    return images, found


def _told(pickled: bytes, labels: str) -> tuple[bytes, list[int]]:
    """Return the longest text of a pickle, and the numbers that come after the name of labels."""
    images, found, within = b"", list[int](), False
    for step, value, _ in pickletools.genops(pickled):
        if step.name in _TEXTS:
            text = value if isinstance(value, bytes) else str(value).encode("latin-1")
            within = text == labels.encode()
            images = max(images, text, key=len)
        elif step.name in _ENDS:
            within = False
        elif within and step.name in _NUMBERS:
            found.append(int(value or 0))
    return images, found


def _joined(files: Sequence[tuple[bytes, list[int]]], dtype: str) -> tuple[Array, Array]:
    import numpy as np

    pixels = np.frombuffer(b"".join(images for images, _ in files), np.uint8)
    images = pixels.reshape(-1, CHANNELS, SIDE, SIDE).transpose(0, 2, 3, 1)
    told = np.array([label for _, labels in files for label in labels], dtype)
    return images, told.reshape(-1, 1)
