"""Compares an image with its record, by its bytes and by its pixels."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.datasets.record import FileRecord

SHOWN_HEX_DIGITS = 12


def compare(
    name: str,
    expected: FileRecord,
    path: Path,
    size: tuple[int, int] | None,
    *,
    mention_reencoded: bool = False,
) -> list[str]:
    """Say how an image differs from its record; nothing where it does not.

    Args:
        name: What it is called in what is said.
        expected: Its record.
        path: Where it is.
        size: Width and height that it must have; None for any.
        mention_reencoded: Whether to name a file whose bytes differ although its pixels are right.
    """
    found = file_digest(path)
    if found == expected.sha256:
        return []
    reason = unreadable(path)
    if reason:
        return [f"{name}: expected an image, found a file that is unreadable ({reason})"]
    return [*_pixels(name, expected, path, size)] or (
        [f"{name}: expected bytes {_short(expected.sha256)}, found {_short(found)}; same pixels"]
        if mention_reencoded
        else []
    )


def _pixels(
    name: str, expected: FileRecord, path: Path, wanted: tuple[int, int] | None
) -> Iterator[str]:
    size, pixels = _decode(path)
    found = hashlib.sha256(pixels).hexdigest()
    if wanted is not None and size != wanted:
        yield f"{name}: expected {_by(wanted)} pixels, found {_by(size)}"
    elif found != expected.pixels_sha256:
        yield f"{name}: expected pixels {_short(expected.pixels_sha256)}, found {_short(found)}"


def record(path: Path) -> FileRecord:
    """Computes the record of an image file."""
    _, pixels = _decode(path)
    return FileRecord(file_digest(path), hashlib.sha256(pixels).hexdigest())


def _decode(path: Path) -> tuple[tuple[int, int], bytes]:
    from PIL import Image

    with Image.open(path) as image:
        return image.size, image.convert("RGBA").tobytes()


def unreadable(path: Path) -> str | None:
    """Say why a file is no image that can be read; None of one that can."""
    if not path.is_file():  # a pipe would be waited for
        return "it is no file"
    try:
        _decode(path)
    except Exception as error:  # noqa: BLE001 - decoders raise anything over a damaged file
        return f"{type(error).__name__}: {error}".splitlines()[0]
    return None


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_of(digests: Iterable[tuple[str, str]]) -> str:
    """Identify several things by their names and their digests."""
    # No name can contain the zero byte, so no two listings look alike.
    lines = (f"{name}\0{digest}\n" for name, digest in digests)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _short(hexadecimal: str) -> str:
    return f"{hexadecimal[:SHOWN_HEX_DIGITS]}…"


def _by(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"
