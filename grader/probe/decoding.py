"""Decodes each image of a dataset once, not once in every epoch; the pixels are the same."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from PIL import Image

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

    def forget(self) -> None:
        """Forget all images."""
        self._images.clear()
        self._bytes = 0

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

        if not isinstance(image_utils.load_img, Decoder):
            image_utils.load_img = Decoder(image_utils.load_img)


def prepare(folder: str) -> None:
    """Decode the images of a dataset for loaders that take them as they are, in forks as well.

    Args:
        folder: Has one sub-folder for each class.
    """
    install()
    with suppress(Exception):  # whoever loads them is told what is wrong
        from keras.src.utils import image_utils

        for path in sorted(Path(folder).glob("*/*")):
            with Image.open(path) as image:
                size = (image.height, image.width)
            settings = {"interpolation": "nearest", "keep_aspect_ratio": False}
            image_utils.load_img(str(path), color_mode="rgb", target_size=size, **settings)


def forget() -> None:
    """Forget all images."""
    with suppress(ImportError, AttributeError):
        from keras.src.utils import image_utils

        if isinstance(image_utils.load_img, Decoder):
            image_utils.load_img.forget()
