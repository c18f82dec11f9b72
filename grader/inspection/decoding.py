"""Decodes each image of a dataset once, not once in every epoch; the pixels are the same."""

import functools
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from grader import hooks
from grader.inspection.decoded import DecodedImages

# What one process remembers of images in the size and colours that its loaders ask for.
MAX_BYTES = 256 * 1024 * 1024
# Keras' loaders take an image's pixels and close it. Others are given what Keras has loaded: a copy
# knows neither its file nor its format.
_CALLERS = frozenset({"keras.src.legacy.preprocessing.image"})
# Bytes that Pillow takes for a pixel of one band; of several it takes four together.
_OF_ONE_BAND = {"1": 1, "L": 1, "P": 1, "I;16": 2}


class Decoder:
    """Remembers the images that a function loads while their files stay as they are.

    Args:
        decoded: Those that were decoded before anybody asked for them.
    """

    def __init__(self, decoded: DecodedImages | None = None) -> None:
        self._decoded = DecodedImages() if decoded is None else decoded
        self._images: dict[Any, Any] = {}
        self._bytes = 0

    def loading(self, arguments: hooks.Arguments) -> hooks.Steps:
        """Hand out a copy of an image that is known, or get to know it.

        Args:
            arguments: ``path``, and settings such as the size of the image.
        """
        key = _key(arguments)
        known = self._images.get(key)
        if known is not None:
            return known.copy()
        found = None if key is None else self._made(key)
        if found is not None:
            return found
        image = yield
        if key is not None:
            self._remember(key, image)
        return image

    def _made(self, key: Any) -> Any:
        """Make an image of what was decoded before; None where it was not, or not so."""
        version, settings = key
        found = self._decoded.loaded(version, dict(settings))
        if found is None:
            return None
        image, changed = found
        # As it was decoded, it is there already.
        if changed:
            self._remember(key, image)
        return image

    def decode(self, path: Path) -> None:
        """Decode an image before anybody asks for it, for processes that are forked as well."""
        with suppress(OSError):
            self._decoded.add(_version(path), path)

    def forget(self) -> None:
        """Forget all images."""
        self._decoded.forget()
        self._images.clear()
        self._bytes = 0

    def _remember(self, key: Any, image: Any) -> None:
        size = image.width * image.height * _OF_ONE_BAND.get(image.mode, 4)
        if self._bytes + size <= MAX_BYTES:
            self._bytes += size
            self._images[key] = image.copy()


_decoder = Decoder()


def _key(arguments: hooks.Arguments) -> Any:
    """Return by what an image is remembered, or None if it is not to be."""
    caller = hooks.caller()
    if caller is None or caller.f_globals.get("__name__") not in _CALLERS:
        return None
    settings = dict(arguments)
    with suppress(OSError, TypeError, ValueError):
        key = (_version(settings.pop("path")), tuple(settings.items()))
        hash(key)
        return key
    return None


def _version(path: Any) -> tuple[Any, ...]:
    file = os.stat(path)  # noqa: PTH116 - a path may be a string here, and this is done often
    return (os.fspath(path), file.st_ino, file.st_size, file.st_mtime_ns)


@functools.cache
def install() -> None:
    """Have the loaders of ``ImageDataGenerator`` decode so, where Keras lets itself be told."""
    with suppress(ImportError, AttributeError, ValueError):
        from keras.src.utils import image_utils

        hooks.attach(image_utils.load_img, _decoder.loading)


def prepare(folder: str) -> None:
    """Decode the images of a split, each once for all loaders, in forks as well.

    What does not fit into the memory for that is decoded where it is used.

    Args:
        folder: Has one sub-folder for each class.
    """
    install()
    for path in sorted(Path(folder).glob("*/**/*")):
        if path.is_file():
            _decoder.decode(path)


def forget() -> None:
    """Forget all images."""
    _decoder.forget()
