"""Trainings as bytes: arrays and JSON under one checksum, and nothing that could be code."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import numpy as np

from grader.training.results import Array, Epoch, Measured, Reply, Trained, Validated

_DIGEST_BYTES, _PIECE_BYTES = 32, 2**20
_TOLD = "told"


class DamagedError(Exception):
    """These bytes are not what was stored."""


def dump(trained: Trained, replies: Sequence[Reply]) -> bytes:
    """Return what ``write`` writes."""
    written = io.BytesIO()
    write(written, trained, replies)
    return written.getvalue()


def write(file: IO[bytes], trained: Trained, replies: Sequence[Reply]) -> None:
    """Write a training down, without a copy of its weights, which may be large.

    Args:
        file: Empty.
        trained: The training.
        replies: What was replied to its epochs.
    """
    told = {
        "epochs": [asdict(epoch) for epoch in trained.epochs],
        "images": trained.images,
        "layers": [len(layer) for layer in trained.weights],
        "measured": asdict(trained.measured),
        "seen": dict(trained.seen),
        "late": trained.late,
        "telling": trained.telling,
        "moved": trained.moved,
        "validated": asdict(trained.validated) if trained.validated else None,
        "tested": asdict(trained.tested) if trained.tested else None,
        "replies": [asdict(reply) for reply in replies],
    }
    arrays = {str(place): array for place, array in enumerate(_flat(trained))}
    arrays[_TOLD] = np.frombuffer(json.dumps(told).encode(), dtype=np.uint8)
    file.write(bytes(_DIGEST_BYTES))
    content = _Digested(file)
    np.savez(content, allow_pickle=False, **arrays)
    file.seek(0)
    file.write(content.digest)


def size(trained: Trained) -> int:
    """Return how many bytes a training takes at least, once it is written down."""
    return sum(array.nbytes for array in _flat(trained))


class _Digested(io.RawIOBase):
    """Passes on what is written, in this order: an archive is not gone back in."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self._seen = hashlib.sha256()

    def write(self, content: Any) -> int:  # noqa: ANN401 - as io declares it
        self._seen.update(content)
        return self._file.write(content)

    @property
    def digest(self) -> bytes:
        return self._seen.digest()


def load(file: IO[bytes]) -> tuple[Trained, tuple[Reply, ...]]:
    """Read what ``write`` wrote.

    Args:
        file: At its beginning.

    Raises:
        DamagedError: It is not that, not even by one bit.
    """
    digest, held = file.read(_DIGEST_BYTES), hashlib.sha256()
    while piece := file.read(_PIECE_BYTES):
        held.update(piece)
    if held.digest() != digest:
        raise DamagedError
    file.seek(_DIGEST_BYTES)
    try:
        with np.load(file, allow_pickle=False) as arrays:
            return _read(json.loads(arrays[_TOLD].tobytes()), arrays)
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise DamagedError from error


def replied(path: Path) -> tuple[tuple[Epoch, ...], tuple[Reply, ...]]:
    """Read the epochs of what ``dump`` wrote, and the replies to them; the rest may be damaged.

    Args:
        path: Of the file.

    Raises:
        DamagedError: It cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:  # which does not mind what is before it
            held = io.BytesIO(archive.read(f"{_TOLD}.npy"))
        told = json.loads(np.load(held, allow_pickle=False).tobytes())
        return _epochs(told), _replies(told)
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise DamagedError from error


def _epochs(told: dict[str, Any]) -> tuple[Epoch, ...]:
    return tuple(Epoch(**epoch) for epoch in told["epochs"])


def _replies(told: dict[str, Any]) -> tuple[Reply, ...]:
    return tuple(Reply(**reply) for reply in told["replies"])


def _read(told: dict[str, Any], arrays: Mapping[str, Array]) -> tuple[Trained, tuple[Reply, ...]]:
    each = iter(range(sum(told["layers"])))
    weights = [tuple(arrays[str(next(each))] for _ in range(many)) for many in told["layers"]]
    trained = Trained(
        _epochs(told),
        told["images"],
        tuple(weights),
        Measured(**told["measured"]),
        seen=told["seen"],
        late=told["late"],
        telling=told["telling"],
        moved=told["moved"],
        validated=Validated(**told["validated"]) if told["validated"] else None,
        tested=Validated(**told["tested"]) if told["tested"] else None,
    )
    return trained, _replies(told)


def _flat(trained: Trained) -> list[Array]:
    return [array for layer in trained.weights for array in layer]
