"""Files as folders of scraped pictures have them: 20 kinds, drawn anew by a random generator."""

import io
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from PIL import Image

from grader.authoring import Pixels

SIDES = (24, 64)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><circle cx="9" cy="9" r="%d"/></svg>\n'
HTML = b"<!DOCTYPE html><html><head><title>%d Not Found</title></head></html>\n"
# Where a Mac keeps what other systems have no place for; RFC 1740.
APPLE_DOUBLE = struct.pack(">II16xH", 0x00051607, 0x00020000, 0)
ORIENTATION, TURNED = 274, 6


@dataclass(frozen=True)
class FileKind:
    """One kind of file.

    Args:
        words: What it is.
        suffix: How its name ends.
        make: Draws what it holds.
        picture: Whether that is a whole picture, of whichever format.
        prefix: How its name begins.
    """

    words: str
    suffix: str
    make: Callable[[Generator], bytes]
    picture: bool = True
    prefix: str = ""


def _pixels(generator: Generator, channels: int = 3) -> Pixels:
    height, width = (int(side) for side in generator.integers(*SIDES, 2))
    rows, columns = np.mgrid[:height, :width]
    tints = generator.integers(0, 256, channels)
    pixels: Pixels = ((rows * 3 + columns * 2)[..., None] + tints).astype(np.uint8)
    return pixels


def _saved(image: Image.Image, form: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def _of(form: str, mode: str = "RGB", **options: object) -> Callable[[Generator], bytes]:
    def make(generator: Generator) -> bytes:
        drawn = Image.fromarray(_pixels(generator)).convert(mode)
        return _saved(drawn, form, **options)

    return make


def _turned(generator: Generator) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED
    return _of("JPEG", exif=exif)(generator)


def _moving(generator: Generator) -> bytes:
    first = Image.fromarray(_pixels(generator))
    return _saved(first, "GIF", save_all=True, append_images=[first.rotate(180)])


def _cut(generator: Generator) -> bytes:
    whole = _of("JPEG")(generator)
    return whole[: len(whole) * 2 // 3]


def _words(text: bytes) -> Callable[[Generator], bytes]:
    return lambda generator: text % int(generator.integers(400, 500))


KINDS = (
    FileKind("a JPEG", ".jpg", _of("JPEG")),
    FileKind("a JPEG in the colours of print (CMYK)", ".jpeg", _of("JPEG", "CMYK")),
    FileKind("a JPEG that is to be turned (EXIF)", ".JPG", _turned),
    FileKind("a JPEG without a suffix", "", _of("JPEG")),
    FileKind("a PNG", ".png", _of("PNG")),
    FileKind("a PNG with a palette", ".png", _of("PNG", "P")),
    FileKind("a grey PNG that is transparent", ".png", _of("PNG", "LA")),
    FileKind("a PNG, named as a JPEG", ".jpg", _of("PNG")),
    FileKind("a GIF of two frames", ".gif", _moving),
    FileKind("a BMP", ".bmp", _of("BMP")),
    FileKind("a WebP", ".webp", _of("WEBP")),
    FileKind("a WebP, named as a JPEG", ".jpg", _of("WEBP")),
    FileKind("an AVIF, named as a JPEG", ".jpg", _of("AVIF")),
    FileKind("a TIFF", ".tif", _of("TIFF")),
    FileKind("an SVG", ".svg", _words(SVG), picture=False),
    FileKind("an SVG, named as a PNG", ".png", _words(SVG), picture=False),
    FileKind("a page that says that there is none", ".jpg", _words(HTML), picture=False),
    FileKind("an empty file", ".jpg", lambda _: b"", picture=False),
    FileKind("two thirds of a JPEG", ".jpg", _cut, picture=False),
    FileKind(
        "what a Mac keeps beside a JPEG",
        ".jpg",
        lambda generator: APPLE_DOUBLE + generator.bytes(9),
        picture=False,
        prefix="._",
    ),
)


def drawn(
    generator: Generator, each: int, folder: str = ""
) -> Mapping[str, tuple[FileKind, bytes]]:
    """Draw files of each kind, under names that say nothing of it.

    Args:
        generator: Draws contents and names.
        each: How many of each kind.
        folder: Where they are to lie.

    Returns:
        Kind and content, by path.
    """
    kinds = [kind for kind in KINDS for _ in range(each)]
    numbers = generator.permutation(len(kinds))
    return {
        f"{folder}{kind.prefix}{int(number):03d}{kind.suffix}": (kind, kind.make(generator))
        for kind, number in zip(kinds, numbers, strict=True)
    }
