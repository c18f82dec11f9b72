"""Archives that are the same to the last byte wherever and whenever they are made."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from grader import leftovers
from grader.errors import UsageError

_TEMPORARY = ".grader-writing-"
# The first day that an archive can name; when a file was written is nobody's concern.
_DAY = (1980, 1, 1, 0, 0, 0)
_MODE, _UNIX = 0o100644 << 16, 3


def write(path: Path, top: str, files: Mapping[str, bytes | Path]) -> int:
    """Write an archive with one folder in it; return its size in bytes.

    Args:
        path: Where to.
        top: Name of the folder.
        files: What is in it, by name: contents, or where they are.

    Raises:
        UsageError: It cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with (
            leftovers.replacing(path, _TEMPORARY) as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for name, content in sorted(files.items()):
                entry = zipfile.ZipInfo(f"{top}/{name}", _DAY)
                entry.external_attr, entry.create_system = _MODE, _UNIX
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, read(content))
        return path.stat().st_size
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror}. Name another folder with --out."
        ) from error


def read(content: bytes | Path) -> bytes:
    """Return what a file of an archive has, be it a content or where that is."""
    return content if isinstance(content, bytes) else content.read_bytes()


def refuse_others(path: Path, top: str) -> None:
    """Refuse to replace what no archive of that folder is.

    Args:
        path: Where one is to be written.
        top: Name of the folder that it has in it.

    Raises:
        UsageError: Something else is there.
    """
    if not path.exists():
        return
    if path.is_file() and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            if all(name.startswith(f"{top}/") for name in archive.namelist()):
                return
    raise UsageError(
        f"{path} is there, and is no bundle of {top}. Move it away, or name another folder with "
        "--out."
    )
