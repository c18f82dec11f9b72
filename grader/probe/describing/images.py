"""Loaders of ``ImageDataGenerator.flow_from_directory``: every setting but the folder."""

import hashlib
import inspect
import os
from collections.abc import Iterable
from typing import Any

from grader.probe.describing.values import Undescribable, encoded

_ITERATOR = (
    "target_size", "color_mode", "class_mode", "batch_size", "shuffle", "seed", "subset",
    "interpolation", "keep_aspect_ratio",
)  # fmt: skip
_MOST_CHARACTERS = 4_096
_FITTED = ("mean", "std", "zca_whitening_matrix")
_KEPT_AS = {"validation_split": "_validation_split"}


def is_loader(value: Any) -> bool:
    """Whether a value is what ``flow_from_directory`` returns."""
    from keras.src.legacy.preprocessing.image import DirectoryIterator

    return type(value) is DirectoryIterator


def describe(loader: Any, where: str) -> dict[str, Any]:
    """Describe a loader.

    Args:
        loader: What ``fit`` was given.
        where: Which of the two loaders it is, for messages.

    Raises:
        Undescribable: It is none of ``flow_from_directory``, or holds more than settings.
    """
    from keras.src.legacy.preprocessing.image import ImageDataGenerator

    if not is_loader(loader):
        raise Undescribable(f"{where} is no loader of flow_from_directory: {type(loader).__name__}")
    generator = loader.image_data_generator
    if type(generator) is not ImageDataGenerator:
        raise Undescribable(f"{where} has a generator of a class of its own")
    if loader.save_to_dir:
        raise Undescribable(f"{where} writes its images to files")
    iterator = {name: encoded(getattr(loader, name), f"{where}: {name}") for name in _ITERATOR}
    _refuse_replaced(loader, where)
    classes = sorted(loader.class_indices, key=loader.class_indices.get)
    return {
        "generator": _settings(generator, where),
        "iterator": iterator,
        "classes": encoded(classes, f"{where}: classes"),
        "files": digest(zip(loader.filenames, loader.classes, strict=True)),
        "folder": printable(os.path.realpath(loader.directory)),
    }


def printable(folder: str) -> str:
    """Return where images were found, links followed; empty where that cannot be said.

    Args:
        folder: A path.
    """
    return folder if folder.isprintable() and len(folder) <= _MOST_CHARACTERS else ""


def _refuse_replaced(loader: Any, where: str) -> None:
    """Refuse what is not as Keras makes it, and so may be without end."""
    made = type(loader.class_indices), type(loader.filenames), len(loader.classes)
    if made != (dict, list, len(loader.filenames)):
        raise Undescribable(f"{where} has other files than it found")


def _settings(generator: Any, where: str) -> dict[str, Any]:
    if generator.preprocessing_function is not None:
        raise Undescribable(f"{where} changes images with a function (preprocessing_function)")
    if any(getattr(generator, name) is not None for name in _FITTED):
        raise Undescribable(f"{where} has statistics that were fitted to images")
    parameters = list(inspect.signature(type(generator).__init__).parameters.values())[1:]
    return {
        each.name: _setting(generator, each, where)
        for each in parameters
        if each.name != "preprocessing_function"
    }


def _setting(generator: Any, parameter: inspect.Parameter, where: str) -> Any:
    name = parameter.name
    found = encoded(getattr(generator, _KEPT_AS.get(name, name)), f"{where}: {name}")
    # Keras asks no more of a switch than whether it is true; `rescale` lands there by its place.
    return bool(found) if isinstance(parameter.default, bool) else found


def digest(files: Iterable[tuple[str, int]]) -> str:
    """Return the SHA-256 of the files that a loader found, in hexadecimal, as the trainer does.

    Args:
        files: Path of each below the loader's folder, and its label.
    """
    lines = sorted(f"{label} {path.replace(chr(92), '/')}\n" for path, label in files)
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
