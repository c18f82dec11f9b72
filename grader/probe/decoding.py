"""Decodes each image of a dataset once, not once in every epoch; the pixels are the same."""

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any

MAX_BYTES = 256 * 1024 * 1024


class Decoder:
    """Loads images as ``load`` does and remembers them while their files stay as they are.

    Args:
        load: Loads an image from a path, with settings such as its size; returns a Pillow image.
    """

    def __init__(self, load: Callable[..., Any]) -> None:
        self._load = load
        self._images: dict[Any, Any] = {}
        self._bytes = 0

    def __call__(self, path: Any, *args: Any, **kwargs: Any) -> Any:
        """Load an image; whoever gets it may change or close it."""
        try:
            key = (_version(path), args, tuple(sorted(kwargs.items())))
            known = self._images.get(key)
        except (OSError, TypeError, ValueError):
            return self._load(path, *args, **kwargs)
        if known is not None:
            return known.copy()
        image = self._load(path, *args, **kwargs)
        self._remember(key, image)
        return image

    def _remember(self, key: Any, image: Any) -> None:
        # Four bytes a pixel and band are the most that Pillow takes.
        size = 4 * image.width * image.height * len(image.getbands())
        if self._bytes + size <= MAX_BYTES:
            self._bytes += size
            self._images[key] = image.copy()


def _version(path: Any) -> tuple[Any, ...]:
    file = os.stat(path)  # noqa: PTH116 - a path may be a string here, and this is done often
    return (os.fspath(path), file.st_ino, file.st_size, file.st_mtime_ns)


def install() -> None:
    """Have the loaders of ``ImageDataGenerator`` decode so, where Keras lets itself be told."""
    with suppress(ImportError, AttributeError):
        from keras.src.utils import image_utils

        image_utils.load_img = Decoder(image_utils.load_img)
