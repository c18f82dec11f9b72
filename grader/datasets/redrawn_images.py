"""Writes a folder that is like another one, with drawn images in the place of its own."""

import gzip
import io
import math
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from PIL import Image

from grader.datasets.array_files import arrays
from grader.datasets.levels import Array, Levels, draw_levels, samples

# More of different sizes take too long to draw for each run.
_MOST_PIXELS = 32 * 2**20
_WHITE = 255
# As its own: images are bytes of 28 x 28 after 16 bytes, labels bytes after 8.
# keras/src/datasets/fashion_mnist.py
SIDE, IMAGES_HEAD, LABELS_HEAD = 28, 16, 8
_FAST = 1
_AXES = 3
# keras/src/datasets/mnist.py
_MNIST = ("x_train", "y_train", "x_test", "y_test")


def redraw(at: Path, target: Path, names: Sequence[str]) -> Levels | None:
    """Write images of the same names, sizes and formats, grey or in colour as they are.

    Args:
        at: The folder of the images.
        target: The folder to write.
        names: Of the images.

    Returns:
        Their levels; None where nothing is written, as there are too many sizes of images.
    """
    if (levels := draw_levels(0, None)) is None:
        return None
    forms = {name: _form(at / name) for name in names}
    if sum(width * height for _, (width, height), _ in {*forms.values()}) > _MOST_PIXELS:
        return None
    made = {form: _encoded(form, levels) for form in {*forms.values()}}
    target.mkdir(parents=True)
    which = np.random.default_rng().integers(len(levels.values), size=len(names))
    for name, number in zip(names, which, strict=True):
        (target / name).write_bytes(made[forms[name]][number])
    return levels


Form = tuple[str, tuple[int, int], bool]


def _form(path: Path) -> Form:
    """Return format, size, and whether it is grey."""
    with Image.open(path) as image:
        return image.format or "PNG", image.size, image.mode in {"1", "L", "I;16", "I", "F"}


def _encoded(form: Form, levels: Levels) -> list[bytes]:
    """Return a file of each level."""
    kind, (width, height), grey = form
    like = np.zeros((len(levels.values), height, width), np.uint8)
    like.flat[0] = _WHITE
    drawn = samples(like, levels, np.arange(len(like)))
    files = []
    for pixels in drawn:
        file = io.BytesIO()
        image = Image.fromarray(pixels)
        (image if grey else image.convert("RGB")).save(file, kind)
        files.append(file.getvalue())
    return files


def redraw_idx(at: Path, target: Path, names: Sequence[str]) -> Levels | None:
    """Write images and labels as ``keras.datasets.fashion_mnist`` reads them.

    Args:
        at: The folder of the files.
        target: The folder to write.
        names: Of the files: images and labels in turn.

    Returns:
        Their levels; None where nothing is written, as the files are damaged.
    """
    labels = [idx_bytes(at / name, LABELS_HEAD) for name in names[1::2]]
    images = [idx_bytes(at / name, IMAGES_HEAD) for name in names[::2]]
    shapes = [(len(told), SIDE, SIDE) for told in labels]
    if any(each.size != math.prod(shape) for each, shape in zip(images, shapes, strict=True)):
        return None
    levels, made = _pairs(shapes, labels)
    if levels is not None:
        target.mkdir(parents=True)
        for name, content in zip(names, chain.from_iterable(made), strict=True):
            _write(at / name, target / name, content)
    return levels


def redraw_pairs(at: Path, target: Path) -> Levels | None:
    """Write images and labels as ``keras.datasets.mnist`` reads them.

    Args:
        at: Its file.
        target: The file to write.

    Returns:
        Their levels; None where nothing is written, as it is another file.
    """
    found = dict(arrays(at))
    if not {*_MNIST} <= {*found} or any(found[name].ndim != _AXES for name in _MNIST[::2]):
        return None
    levels, made = _pairs(
        [found[name].shape for name in _MNIST[::2]], [found[name] for name in _MNIST[1::2]]
    )
    if levels is not None:
        named = dict(zip(_MNIST, chain.from_iterable(made), strict=True))
        np.savez(target, **{**found, **named})  # type: ignore[arg-type]
    return levels


def _pairs(
    shapes: Sequence[tuple[int, ...]], labels: Sequence[Array]
) -> tuple[Levels | None, list[tuple[Array, Array]]]:
    """Draw images for labels in another order; a class has the same level in all of them."""
    known = np.unique(np.concatenate(labels))
    levels = draw_levels(len(known), None)
    made: list[tuple[Array, Array]] = []
    for shape, told in zip(shapes, labels, strict=True):
        order = np.random.default_rng().permutation(told)
        like = np.zeros(shape, np.uint8)
        like.flat[:1] = _WHITE
        if levels is not None:
            made.append((samples(like, levels, np.searchsorted(known, order)), order))
    return levels, made


def idx_bytes(path: Path, head: int) -> Array:
    """Return what comes after the head of a file of ``keras.datasets.fashion_mnist``."""
    with gzip.open(path, "rb") as file:
        return np.frombuffer(file.read(), np.uint8, offset=head)


def _write(at: Path, target: Path, content: Array) -> None:
    with gzip.open(at, "rb") as file, gzip.open(target, "wb", compresslevel=_FAST) as new:
        head = LABELS_HEAD if content.ndim == 1 else IMAGES_HEAD
        new.write(file.read(head) + content.tobytes())
