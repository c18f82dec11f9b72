"""What "Happy or Sad in the Wild" imports: scraped files, and a look at divided pictures."""

import hashlib
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

CLASSES = ("happy", "sad")
# How the files of a folder of scraped pictures end, and what they hold, if no picture.
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><circle cx="9" cy="9" r="8"/></svg>\n'
PAGE = b"<!DOCTYPE html><html><head><title>404 Not Found</title></head></html>\n"
# What a Mac keeps beside a file on a disk of another system begins so.
BESIDE = bytes.fromhex("0005160700020000") + bytes(18)

__all__ = ["CLASSES", "make_scraped", "pictures_in", "show_parts", "to_png"]


def make_scraped(folder: str) -> None:
    """Write a small folder as it comes out of a web search: pictures, and what looks like them.

    Args:
        folder: Where; what the same call has written before is written again.
    """
    for number, name in enumerate(CLASSES):
        place = Path(folder, name)
        place.mkdir(parents=True, exist_ok=True)
        for file, content in _files(number).items():
            (place / file).write_bytes(content)


def _files(number: int) -> dict[str, bytes]:
    """Return what one class has, by name; the first file is the same in both classes."""
    photo = _picture(number)
    return {
        "portrait.jpg": _saved(_picture(7), "JPEG"),
        "smile-or-not.jpg": _saved(photo, "JPEG"),
        "smile-or-not-copy.jpeg": _saved(photo, "JPEG"),
        "printed.jpeg": _saved(photo.convert("CMYK"), "JPEG"),
        "few-colours.png": _saved(photo.convert("P"), "PNG"),
        "grey.png": _saved(photo.convert("L"), "PNG"),
        "png-by-content.jpg": _saved(photo.rotate(90), "PNG"),
        "webp-by-content.jpg": _saved(photo, "WEBP"),
        "really.webp": _saved(photo.rotate(180), "WEBP"),
        "scan.tif": _saved(photo, "TIFF"),
        "without-suffix": _saved(photo.rotate(270), "JPEG"),
        f"vector{number}.svg": SVG * (number + 1),
        "gone.jpg": PAGE * (number + 1),
        "broken.jpg": _saved(photo, "JPEG")[: 400 + number],
        "._portrait.jpg": BESIDE + bytes(number),
    }


def _picture(number: int) -> Image.Image:
    """Draw a face on a slope of colours, with a mouth that is turned up or down."""
    rows, columns = np.mgrid[:96, :96]
    pixels = np.stack([2 * rows, 2 * columns, np.full_like(rows, 40 * number)], axis=-1)
    across, down = (columns - 48) / 36, (rows - 48) / 36
    pixels[across**2 + down**2 < 1] = (230, 200, 150)
    turned = 0.4 if number % 2 else 0.6
    mouth = np.abs(down - turned - (0.9 if number % 2 else -0.9) * across**2) < 1 / 9
    pixels[mouth & (np.abs(across) < 1 / 2)] = (120, 20, 20)
    pixels[(np.abs(np.abs(across) - 1 / 3) < 1 / 9) & (np.abs(down + 1 / 3) < 1 / 9)] = (20, 20, 20)
    return Image.fromarray(pixels.astype(np.uint8))


def _saved(picture: Image.Image, form: str) -> bytes:
    file = io.BytesIO()
    picture.save(file, form)
    return file.getvalue()


def to_png(path: str) -> None:
    """Write a picture as PNG, under its name with ``.png`` behind it, in the place of the file.

    Args:
        path: Of the picture. A file that has the new name already is left alone.

    Raises:
        OSError: It is no picture, or there is a file of the new name.
    """
    with Image.open(path) as picture:
        whole = picture.convert("RGB")
    with Path(f"{path}.png").open("xb") as file:
        whole.save(file, "PNG")
    os.remove(path)  # noqa: PTH107 - as the notebook has it


def pictures_in(part: Iterable[tuple[Any, Any]]) -> list[str]:
    """Go once through a part of a dataset, and name each picture by its label and its pixels.

    Args:
        part: Pictures and labels, in batches or one by one.

    Returns:
        Names such as ``0:5f2b9c01d4``, sorted; the same picture has the same name in each pass.
    """
    found = []
    for given, labels in part:
        pictures, marks = np.asarray(given), np.asarray(labels)
        alone = pictures.ndim == len("hwc")
        each = (
            zip(pictures[None], marks[None], strict=True)
            if alone
            else zip(pictures, marks, strict=True)
        )
        found += [_name(picture, mark) for picture, mark in each]
    return sorted(found)


def _name(picture: np.ndarray, mark: Any) -> str:  # noqa: ANN401 - a number, or one a class
    label = int(np.argmax(mark)) if np.size(mark) > 1 else int(np.max(mark))
    return f"{label}:{hashlib.sha256(picture.tobytes()).hexdigest()[:10]}"


def show_parts(shown: Sequence[Sequence[Sequence[str]]]) -> None:
    """Print what passes over the three parts of a dataset have shown.

    Args:
        shown: Of each part, to train, validate and test with, what ``pictures_in`` names in each
            pass.
    """
    trained_on: set[str] = set()
    print("pass   train  validation  test   of the test trained on so far")  # noqa: T201
    for number, (train, validation, test) in enumerate(zip(*shown, strict=True), start=1):
        trained_on.update(train)
        known = len(trained_on.intersection(test))
        counts = f"{len(train):5}  {len(validation):10}  {len(test):4}"
        print(f"{number:4}   {counts}   {known}")  # noqa: T201 - for whoever runs the notebook
