"""Loads images as a description says, from the grader's own copy of the dataset."""

import contextlib
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from tensorflow.keras.preprocessing.image import DirectoryIterator, ImageDataGenerator

from grader.inspection import decoding
from grader.inspection.loaders import undisturbed
from grader.training.description import LoaderSpec, Value, digest
from grader.training.exchange import mirrored as mirrored_images
from grader.training.objects import plain
from grader.training.refusals import OtherImages, Refused
from grader.training.results import Array
from grader.training.shown import ShownFiles

# Each of these changes images at random, or leaves some of them out.
_CHANGING = frozenset(
    {
        "rotation_range", "width_shift_range", "height_shift_range", "brightness_range",
        "shear_range", "zoom_range", "channel_shift_range", "horizontal_flip", "vertical_flip",
        "validation_split",
    }
)  # fmt: skip
_CHOOSING = frozenset({"shuffle", "seed", "subset"})
Position: TypeAlias = tuple[int, list[int] | None]


class RecordingIterator(DirectoryIterator):  # type: ignore[misc]
    """Keras' loader, which remembers which images it gave in which batch.

    Args:
        dataset: Folder of the dataset.
        generator: Keyword arguments of ``ImageDataGenerator``.
        iterator: Keyword arguments of ``DirectoryIterator``.
        classes: Names of class folders in the order of their labels; None for the alphabet's.
    """

    type = DirectoryIterator.__name__

    def __init__(
        self,
        dataset: Path,
        generator: Mapping[str, Value],
        iterator: Mapping[str, Value],
        classes: Sequence[str] | None = None,
    ) -> None:
        changes = ImageDataGenerator(**plain(generator))
        settings = {
            "data_format": changes.data_format,
            "dtype": changes.dtype,
            "classes": None if classes is None else list(classes),
        }
        self._given: list[frozenset[int]] = []
        self.shown = ShownFiles(self._given)
        self._shown: Callable[[Array], Array] = lambda images: images
        with contextlib.redirect_stdout(io.StringIO()):  # it says how many images it found
            super().__init__(str(dataset), changes, **settings | plain(iterator))

    def shifted(self, classes: int) -> Array:
        """Return for each label that of the class folder some places further in the alphabet.

        Args:
            classes: How many places.
        """
        labels = [self.class_indices[name] for name in sorted(self.class_indices)]
        table = dict(zip(labels, np.roll(labels, -classes), strict=True))
        return np.array([table[label] for label in range(len(labels))])

    def _get_batches_of_transformed_samples(self, index_array: Array) -> tuple[Array, Array]:
        self._given.append(frozenset(index_array.tolist()))
        images, labels = super()._get_batches_of_transformed_samples(index_array)
        return self._shown(images), labels

    @property
    def one_hot(self) -> bool:
        """Whether each label is a row of zeros and a one."""
        return bool(self.class_mode == "categorical")

    def to_train(self) -> dict[str, Any]:
        """Return the arguments of ``fit`` that it is handed over with."""
        return {"x": self}

    def to_validate(self) -> "RecordingIterator":
        """Return what ``validation_data`` is."""
        return self

    def chosen(self, rows: Array) -> tuple[Array, Array]:
        """Return images (rows, height, width, channels) and the numbers of their classes."""
        images, _ = self._get_batches_of_transformed_samples(rows)
        return images, np.asarray(self.classes)[rows]

    @property
    def position(self) -> Position:
        """Where it goes on: how many batches it has given, and the order of the images, if any."""
        order = self.index_array
        return self.total_batches_seen, None if order is None else order.tolist()

    def go_on_from(self, position: Position) -> None:
        """Go on as another one would that was made alike.

        Args:
            position: Of the other one.
        """
        seen, order = position
        self.total_batches_seen = seen
        self.index_array = None if order is None else np.array(order)

    def exchange(self, *, mirrored: bool) -> None:
        """Give images the label of the next class.

        Args:
            mirrored: Whether they are shown upside down as well, in other colours.
        """
        self.classes: Array = (np.asarray(self.labels) + 1) % self.num_classes
        self._shown = mirrored_images if mirrored else self._shown


def load(described: LoaderSpec, dataset: Path) -> RecordingIterator:
    """Make a loader as described.

    Args:
        described: As it was accepted.
        dataset: The grader's copy, trusted: a folder with one sub-folder for each class.

    Raises:
        OtherImages: The student's loader had other images or labels; the message says which.
        Refused: It has classes beside the dataset's.
    """
    order = required_order(described.classes, dataset)
    loader = RecordingIterator(dataset, described.generator, described.iterator, order)
    names = (name.replace("\\", "/") for name in loader.filenames)
    labels = (int(label) for label in loader.classes)
    refuse_other_files(digest(zip(names, labels, strict=True)), described.files)
    return loader


def refuse_other_files(found: str, described: str) -> None:
    """Refuse a loader of other files than the dataset's.

    Args:
        found: The digest of the grader's own copy.
        described: That of the loader.

    Raises:
        OtherImages: They differ.
    """
    if found != described:
        raise OtherImages(
            "the loader does not list the files of the dataset, each once, and no others"
        )


def required_order(classes: tuple[str, ...], dataset: Path) -> tuple[str, ...]:
    """Return described classes, which must be the dataset's.

    Args:
        classes: In the order of their labels.
        dataset: The grader's copy.

    Raises:
        OtherImages: Some of them are missing, or are others.
        Refused: There are classes beside the dataset's.
    """
    order = in_order(classes, dataset)
    if order is None:
        raise _other_classes(set(classes), set(_names(dataset)))
    return order


def fits(described: LoaderSpec, dataset: Path) -> bool:
    """Whether a described loader could be one of a folder, by its classes and files."""
    try:
        load(described, dataset)
    except Refused:
        return False
    return True


def in_order(classes: tuple[str, ...], dataset: Path) -> tuple[str, ...] | None:
    """Return described classes if they are the dataset's, else None: they may be any path.

    Args:
        classes: In the order of their labels.
        dataset: The grader's copy.
    """
    return classes if sorted(classes) == _names(dataset) else None


def _names(dataset: Path) -> list[str]:
    return sorted(folder.name for folder in dataset.iterdir() if folder.is_dir())


def _other_classes(found: set[str], expected: set[str]) -> Refused:
    if found < expected:
        kind = "class" if len(found) == 1 else "classes"
        return OtherImages(f"the loader shows only the {kind} {_listed(found)}")
    known, named = _listed(expected), _listed(found)
    if found > expected:
        return Refused(f"the loader has the classes {named}, the dataset only {known}")
    return OtherImages(f"the loader takes {named} for classes; the dataset's are {known}")


def _listed(names: set[str]) -> str:
    *others, last = sorted(names)
    return f"{', '.join(others)} and {last}" if others else last


def load_all(described: LoaderSpec, dataset: Path) -> RecordingIterator:
    """Make a loader of all images of the dataset, scaled as described and changed in no other way.

    Args:
        described: As it was accepted.
        dataset: The grader's copy.
    """
    loader = RecordingIterator(
        dataset,
        {name: v for name, v in described.generator.items() if name not in _CHANGING},
        {name: v for name, v in described.iterator.items() if name not in _CHOOSING},
        in_order(described.classes, dataset),
    )
    _draw_nothing(loader)
    return loader


def _draw_nothing(loader: RecordingIterator) -> None:
    """Leave random numbers to a training that is under way, whose loader draws from them, too.

    Its batches are made ahead by another thread, so that putting a random state back afterwards
    would take back what was drawn there meanwhile.
    """
    generator = loader.image_data_generator
    with undisturbed():
        unchanged = generator.get_random_transform(loader.image_shape)
    generator.get_random_transform = lambda *_: unchanged


def decode_once() -> None:
    """Have every image decoded once in this process; the pixels stay the same."""
    decoding.install()
