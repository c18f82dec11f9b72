"""What is right of the functions that sort scraped files, and folders that they are tried on."""

import io
from collections.abc import Iterator
from pathlib import Path

from numpy.random import Generator
from PIL import Image

from grader.assignments.happy_sad_pipeline.files import drawn
from grader.assignments.happy_sad_pipeline.images import CLASSES
from grader.authoring import Case, Link, MadeFolder

KEEP, CONVERT, LIST, REMOVE = "keep", "convert", "list", "remove"
# What the loader looks at first, and what it can read, as Pillow calls it.
SUFFIXES = (".bmp", ".gif", ".jpeg", ".jpg", ".png")
FORMATS = ("BMP", "GIF", "JPEG", "PNG", "WEBP")
# A picture of one pixel, in two colours.
DOT, OTHER_DOT = (
    bytes.fromhex(f"47494638396101000100800000{colour}0000002c00000000010001000002024401003b")
    for colour in ("ff0000", "00ff00")
)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
SMALL = MadeFolder(
    {
        "happy/1.gif": DOT,
        "happy/2.png": DOT,
        "happy/3.tif": OTHER_DOT,
        "happy/4.svg": SVG,
        "sad/1.JPG": OTHER_DOT,
        "sad/2.jpg": b"",
        "sad/3.gif": OTHER_DOT + b";",
        "sad/4.bmp": b"<html></html>",
    }
)


def some_files(generator: Generator) -> MadeFolder:
    """Draw a folder with files of all kinds in both classes, doubles and a link."""
    files: dict[str, bytes | Link | None] = {}
    for label in CLASSES:
        files |= {path: held for path, (_, held) in drawn(generator, 1, f"{label}/").items()}
    happy, sad = (
        sorted(path for path in files if path.startswith(label) and path.endswith(".png"))
        for label in CLASSES
    )
    for name, path in (("happy/again.png", happy[0]), ("sad/there.png", happy[1])):
        files[name] = files[path]
    return MadeFolder(files | {"sad/link.png": Link(Path(sad[0]).name)})


def some_folder(generator: Generator) -> tuple[MadeFolder]:
    """Draw the argument of a function that only looks at files."""
    return (some_files(generator),)


def some_change(generator: Generator) -> Case:
    """Draw the arguments of the function that may change files."""
    return Case((some_files(generator),), {"change": bool(generator.integers(2))})


def sort_files(folder: str) -> dict[str, list[str]]:
    """Sort the files of class folders by what is to become of them.

    Args:
        folder: With a folder for each class.
    """
    found: dict[str, list[str]] = {KEEP: [], CONVERT: [], LIST: [], REMOVE: []}
    for path in _entries(folder):
        found[_becomes(path)].append(_below(path, folder))
    return {what: sorted(paths) for what, paths in found.items()}


def _entries(folder: str) -> Iterator[Path]:
    for place in Path(folder).iterdir():
        yield from place.iterdir()


def _below(path: Path, folder: str) -> str:
    return path.relative_to(folder).as_posix()


def _becomes(path: Path) -> str:
    if path.is_symlink():
        return LIST
    named = path.suffix.lower() in SUFFIXES
    form = _format(path)
    if form is None:
        return REMOVE if named else LIST
    return KEEP if named and form in FORMATS else CONVERT


def _format(path: Path) -> str | None:
    """Return how a picture is kept in its file; None of what is none, or not a whole one."""
    try:
        with Image.open(io.BytesIO(path.read_bytes())) as picture:
            picture.load()
            return picture.format
    except OSError:
        return None


def find_doubles(folder: str) -> dict[str, list[list[str]]]:
    """Find files with the same bytes: in one class folder, and in several.

    Args:
        folder: With a folder for each class.
    """
    same: dict[bytes, list[str]] = {}
    for path in _entries(folder):
        if not path.is_symlink():
            same.setdefault(path.read_bytes(), []).append(_below(path, folder))
    groups = sorted(sorted(paths) for paths in same.values() if len(paths) > 1)
    across = [len({path.split("/")[0] for path in paths}) > 1 for paths in groups]
    pairs = list(zip(groups, across, strict=True))
    return {
        "one label": [paths for paths, several in pairs if not several],
        "both labels": [paths for paths, several in pairs if several],
    }


def clean(folder: str, change: bool = False) -> tuple[dict[str, int], dict[str, int]]:  # noqa: FBT001, FBT002 - as students write it
    """Count the files of each class before and after, and change them only if asked.

    Args:
        folder: With a folder for each class.
        change: Whether to convert and to remove.
    """
    found = sort_files(folder)
    before = {place.name: len(list(place.iterdir())) for place in Path(folder).iterdir()}
    stay = [*found[KEEP], *found[CONVERT]]
    after = {label: sum(path.startswith(f"{label}/") for path in stay) for label in before}
    if change:
        for path in found[CONVERT]:
            _to_png(Path(folder, path))
        for path in found[REMOVE]:
            Path(folder, path).unlink()
    return before, after


def _to_png(path: Path) -> None:
    """Do what the function does that the notebook is given."""
    with Image.open(path) as picture:
        whole = picture.convert("RGB")
    whole.save(f"{path}.png", "PNG")
    path.unlink()
