"""Pixels of images as their files have them, decoded once and shared by all that is forked."""

import mmap
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

# What the template holds of all datasets together, once for all of its forks: enough for 2,000
# photographs of 240 by 240, or for the 1,283 of 300 by 300 that a usual course trains on, at three
# bytes a pixel. A template with TensorFlow takes more by itself.
MAX_BYTES = 384 * 1024 * 1024
# What any loader makes of these, it makes of the pixels alone.
_PLAIN = frozenset({"L", "RGB", "RGBA"})
# As ``keras.utils.load_img`` converts.
_MODES = {"grayscale": "L", "rgb": "RGB", "rgba": "RGBA"}


@dataclass(frozen=True, slots=True)
class _Kept:
    """Where the pixels of an image are, and what it is.

    Args:
        start: Its first byte.
        end: The byte after its last one.
        mode: As Pillow calls it.
        size: Width and height.
        whole: Whether the file has nothing else, such as a palette: if it has, these are the
            pixels of its conversion to RGB.
    """

    start: int
    end: int
    mode: str
    size: tuple[int, int]
    whole: bool


class DecodedImages:
    """Pixels that were decoded, in one piece of memory, which ends with ``forget``.

    A fork that forgets them has them no more: what a kernel may use is not taken by them.

    Args:
        most: How many bytes there may be; what does not fit is not kept.
    """

    def __init__(self, most: int = MAX_BYTES) -> None:
        self._most = most
        self._memory: mmap.mmap | None = None
        self._kept: dict[Hashable, _Kept] = {}
        self.size = 0

    def add(self, key: Hashable, path: Path) -> None:
        """Decode an image and keep it, if it fits; what is no image is left to who loads it.

        Args:
            key: By which it is asked for.
            path: Its file.
        """
        if key in self._kept:
            return
        with suppress(Exception), Image.open(path) as image:
            if self.size + _least_bytes(image) > self._most:
                return
            whole = image.mode in _PLAIN and "transparency" not in image.info
            pixels = image if whole else image.convert("RGB")
            self._keep(key, pixels, whole=whole)

    def _keep(self, key: Hashable, pixels: Image.Image, *, whole: bool) -> None:
        data = pixels.tobytes()
        start, end = self.size, self.size + len(data)
        if end > self._most:
            return
        if self._memory is None:
            # Not shared, so that no fork can write into what others see; pages that nobody has
            # written to take no memory.
            self._memory = mmap.mmap(-1, self._most, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        self._memory[start:end] = data
        self._kept[key] = _Kept(start, end, pixels.mode, pixels.size, whole)
        self.size = end

    def loaded(self, key: Hashable, settings: dict[str, Any]) -> tuple[Image.Image, bool] | None:
        """Return an image as ``keras.utils.load_img`` does, and whether it was changed for that.

        Args:
            key: By which it was added.
            settings: The arguments but for the path, all of them.

        Returns:
            None where it was not kept, or is asked for in a way that takes its file.
        """
        kept = self._kept.get(key)
        if kept is None or self._memory is None:
            return None
        mode = _MODES.get(settings["color_mode"])
        if settings["keep_aspect_ratio"] or not (kept.whole or mode == kept.mode):
            return None
        height, width = settings["target_size"] or kept.size[::-1]
        resized, filtering = (width, height) != kept.size, _filter(settings["interpolation"])
        if mode is None or (resized and filtering is None):
            return None
        image = Image.frombytes(kept.mode, kept.size, self._memory[kept.start : kept.end])
        made = image if mode == kept.mode else image.convert(mode)
        made = made.resize((width, height), filtering) if resized else made
        return made, made is not image

    def forget(self) -> None:
        """Give the memory back."""
        if self._memory is not None:
            self._memory.close()
        self._memory = None
        self._kept.clear()
        self.size = 0


def _least_bytes(image: Image.Image) -> int:
    """Return how many bytes an image takes at least, before it is decoded."""
    width, height = image.size
    return width * height * (len(image.getbands()) if image.mode in _PLAIN else 3)


def _filter(interpolation: Any) -> Any:
    """Return Pillow's filter for what Keras calls an interpolation; None where there is none."""
    from keras.src.utils import image_utils

    return image_utils.PIL_INTERPOLATION_METHODS.get(interpolation)
