"""The record of a split: what its files must contain, as its author has it written down."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from grader.errors import DatasetError

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class FileRecord:
    """What is known about one file.

    Args:
        sha256: The hash of its bytes.
        pixels_sha256: The hash of its decoded RGBA pixels, row by row. It outlives another
            encoding: compression libraries write different bytes for the same picture.
    """

    sha256: str
    pixels_sha256: str


@dataclass(frozen=True)
class ArrayRecord:
    """What is known about one array.

    Args:
        shape: Its shape.
        dtype: The type of its items as NumPy writes it, such as ``|u1``.
        sha256: The hash of its items, row by row, whatever file or compression they are in.
    """

    shape: tuple[int, ...]
    dtype: str
    sha256: str

    @property
    def described(self) -> str:
        """Shape and type in words."""
        return f"{' x '.join(map(str, self.shape)) or 'one number'} of {self.dtype}"


def recorded(manifest: Path) -> tuple[Mapping[str, FileRecord], str]:
    """Read the records of a dataset's files, and its pixels' digest.

    Args:
        manifest: As ``grader data record`` writes it.

    Raises:
        DatasetError: It is none.
    """
    content = _content(manifest, "files")
    files = {name: FileRecord(**record) for name, record in content["files"].items()}
    return MappingProxyType(files), content["pixels_digest"]


def recorded_files(manifest: Path | None) -> Mapping[str, FileRecord]:
    """Read the records of images; empty where none is kept, or not yet.

    Raises:
        DatasetError: What is there is no record.
    """
    return _entries(manifest, "files", lambda entry: FileRecord(**entry))


def recorded_arrays(manifest: Path | None) -> Mapping[str, ArrayRecord]:
    """Read the records of arrays; empty where none is kept, or not yet.

    Raises:
        DatasetError: What is there is no record.
    """
    return _entries(
        manifest,
        "arrays",
        lambda entry: ArrayRecord(tuple(entry["shape"]), entry["dtype"], entry["sha256"]),
    )


def _entries(
    manifest: Path | None, kind: str, entry: Callable[[dict[str, Any]], Entry]
) -> Mapping[str, Entry]:
    if manifest is None or not manifest.exists():
        return MappingProxyType({})
    try:
        entries = _content(manifest, kind)[kind].items()
        return MappingProxyType({name: entry(each) for name, each in entries})
    except (KeyError, TypeError, AttributeError) as error:
        raise _no_record(manifest, f"{type(error).__name__}: {error}") from error


def _content(manifest: Path, kind: str) -> dict[str, Any]:
    try:
        content = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _no_record(manifest, str(error)) from error
    if not isinstance(content, dict) or kind not in content:
        raise _no_record(manifest, f"it says nothing of {kind}")
    return content


def _no_record(manifest: Path, found: str) -> DatasetError:
    return DatasetError(
        f"{manifest}: expected the record of a split, found something else ({found}). "
        "Delete it and have it written anew with `grader data record`."
    )


def pixels_digest(files: Mapping[str, FileRecord]) -> str:
    """Identifies the pictures of a whole dataset, whatever their encoding."""
    lines = (f"{name} {files[name].pixels_sha256}\n" for name in sorted(files))
    return sha256("".join(lines).encode()).hexdigest()


def arrays_digest(arrays: Mapping[str, ArrayRecord]) -> str:
    """Identifies arrays by their names, shapes, types and items."""
    lines = (
        f"{name} {list(array.shape)} {array.dtype} {array.sha256}\n"
        for name, array in sorted(arrays.items())
    )
    return sha256("".join(lines).encode()).hexdigest()


def written_files(files: Mapping[str, FileRecord]) -> str:
    """Return the text of a record of images."""
    content = {
        "pixels_digest": pixels_digest(files),
        "files": {name: asdict(entry) for name, entry in files.items()},
    }
    return json.dumps(content, indent=1) + "\n"


def written_arrays(arrays: Mapping[str, ArrayRecord]) -> str:
    """Return the text of a record of arrays."""
    content = {
        "digest": arrays_digest(arrays),
        "arrays": {name: asdict(array) for name, array in arrays.items()},
    }
    return json.dumps(content, indent=1) + "\n"
