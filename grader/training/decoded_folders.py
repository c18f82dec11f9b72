"""Images of class folders as ``image_dataset_from_directory`` decodes them, each once."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from grader.training.description import LoaderSpec, Value, canonical, digest
from grader.training.exchange import mirrored as mirrored_images
from grader.training.loader import fits as loader_fits
from grader.training.loader import refuse_other_files, required_order
from grader.training.objects import plain
from grader.training.pipeline_specs import DirectorySpec
from grader.training.refusals import Refused
from grader.training.results import Array
from grader.training.splits import OfFolder

# All else is about which images come, and in which order.
_VIEW = (
    "color_mode", "image_size", "interpolation", "crop_to_aspect_ratio", "pad_to_aspect_ratio",
)  # fmt: skip
_SPLIT = ("shuffle", "validation_split", "subset")
# Of memory, in bytes; Eigen's.
_ALIGNMENT = 64


@dataclass(frozen=True, slots=True, eq=False)
class DecodedFolder:
    """The images of a folder, in the order of their paths.

    Args:
        paths: Of the files.
        images: A tensor (images, height, width, channels): of bytes where they are nothing else.
        dtype: TensorFlow's type of what Keras makes of each.
        labels: The number of the class of each (images,).
        names: Of the classes, in the order of their numbers.
    """

    paths: tuple[str, ...]
    images: Any
    dtype: Any
    labels: Array
    names: tuple[str, ...]

    def exchanged(self, *, mirrored: bool) -> "DecodedFolder":
        """Return the same images with the label of the next class.

        Args:
            mirrored: Whether they are upside down as well, in other colours.
        """
        labels = (self.labels + 1) % len(self.names)
        images = self.images
        if mirrored:
            images = tf.constant(mirrored_images(images.numpy()))
        return replace(self, labels=labels, images=images)

    def order(self, described: DirectorySpec, folder: Path, seed: int) -> Array:
        """Return the places of the images that a dataset shows, before any buffer mixes them.

        Args:
            described: The dataset.
            folder: The folder.
            seed: What it is shuffled by.
        """
        split = {name: described.settings.get(name) for name in _SPLIT}
        split["shuffle"] = described.settings.get("shuffle", True)
        listed = _listed(described, folder, seed=seed, **plain(split)).file_paths
        places = {path: place for place, path in enumerate(self.paths)}
        return np.array([places[path] for path in listed], dtype=np.int64)


class DecodedFolders:
    """Folders that were decoded, so that none is twice."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, bytes], DecodedFolder] = {}

    def of(self, described: DirectorySpec, folder: Path) -> DecodedFolder:
        """Return the images of a folder.

        Args:
            described: How they are read.
            folder: The grader's copy.

        Raises:
            OtherImages: The dataset that is described had other images or labels.
            Refused: It has classes beside the folder's.
        """
        refuse_other_files(_digest(described, folder), described.files)
        return self.all_of(described, folder)

    def all_of(self, described: DirectorySpec, folder: Path) -> DecodedFolder:
        """Return the images of whichever folder, read as described; errors are those of ``of``."""
        key = (str(folder), canonical((described.classes, _view(described))))
        if key not in self._known:
            self._known[key] = _decoded(described, folder)
        return self._known[key]


def fits(described: OfFolder, folder: Path) -> bool:
    """Whether a described loader or dataset could be one of a folder, by its classes and files."""
    if isinstance(described, LoaderSpec):
        return loader_fits(described, folder)
    try:
        return _digest(described, folder) == described.files
    except Refused:
        return False


def _view(described: DirectorySpec) -> Mapping[str, Value]:
    return {name: described.settings[name] for name in _VIEW if name in described.settings}


def _listed(described: DirectorySpec, folder: Path, **settings: Any) -> Any:  # noqa: ANN401
    """Return Keras' own dataset of a folder, each image apart."""
    return keras.utils.image_dataset_from_directory(
        str(folder),
        class_names=list(required_order(described.classes, folder)),
        batch_size=None,
        verbose=False,
        **plain(_view(described)),
        **settings,
    )


def _digest(described: DirectorySpec, folder: Path) -> str:
    paths = _listed(described, folder, shuffle=False, seed=0).file_paths
    return digest((_within(path, folder), _label(path, folder, described)) for path in paths)


def _within(path: str, folder: Path) -> str:
    return Path(path).relative_to(folder).as_posix()


def _label(path: str, folder: Path, described: DirectorySpec) -> int:
    return described.classes.index(Path(path).relative_to(folder).parts[0])


def _decoded(described: DirectorySpec, folder: Path) -> DecodedFolder:
    dataset = _listed(described, folder, shuffle=False, seed=0)
    paths, spec = tuple(dataset.file_paths), dataset.element_spec[0]
    # Each is put in its place at once: a list of all would be one copy more.
    pixels = _aligned((len(paths), *spec.shape), np.uint8)
    labels = np.empty(len(paths), np.int32)
    for place, (image, label) in enumerate(dataset.as_numpy_iterator()):
        small, labels[place] = _smallest(image), label
        if small.dtype != pixels.dtype and pixels.dtype == np.uint8:
            earlier, pixels = pixels, _aligned(pixels.shape, small.dtype)
            pixels[:place] = earlier[:place]
        pixels[place] = small
    # TensorFlow takes the array itself; tf.constant makes two copies of it on the way.
    taken = tf.experimental.dlpack.from_dlpack(pixels.__dlpack__())
    return DecodedFolder(paths, taken, spec.dtype, labels, described.classes)


def _aligned(shape: tuple[int, ...], dtype: Any) -> Array:  # noqa: ANN401 - NumPy's
    """Return an empty array that begins where TensorFlow's tensors do: others it copies."""
    size = math.prod(shape) * np.dtype(dtype).itemsize
    room = np.empty(size + _ALIGNMENT, np.uint8)
    start = -room.ctypes.data % _ALIGNMENT
    found: Array = room[start : start + size].view(dtype).reshape(shape)
    return found


def _smallest(image: Array) -> Array:
    """Return an image as bytes if it is nothing else: one that was not resized is not."""
    small = image.astype(np.uint8)
    return small if np.array_equal(small, image) else image
