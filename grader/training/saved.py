"""Reads which arrays a saved model has, in a trainer's process: nothing of it is deserialised.

A ``.keras`` file is a zip archive with the weights as HDF5 in it, the others are HDF5. Whoever made
the file may have made it for this reader: it is looked at as what it is, a tree of arrays.
"""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import h5py
import numpy as np

from grader.training.digested import digests
from grader.training.refusals import Refused
from grader.training.results import Array

MIB = 2**20
# As much as the weights of a training may take.
MOST_BYTES = 512 * MIB
NO_MODEL = "it is damaged, or no file that a Keras model was saved to"
LINKED = "it has links to what is elsewhere, and a saved model has none"
LARGE = f"its weights take more than {MOST_BYTES // MIB} MiB"
NO_NUMBERS = "it has something else than numbers in the place of weights"
_MOST_OBJECTS, _MOST_DEPTH, _PIECE_BYTES = 20_000, 40, MIB
_ZIP, _MEMBER = b"PK\x03\x04", "model.weights.h5"
# What a model has beside its weights, at the top of a file.
_BESIDE = frozenset({"optimizer", "optimizer_weights"})
# The state of a layer that draws random numbers is none of its weights.
_STATE, _STATE_TYPE = "seed_generator", "uint32"
_DAMAGED = (
    OSError, ValueError, KeyError, TypeError, RuntimeError, NotImplementedError, EOFError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def saved(path: Path) -> tuple[str, ...]:
    """Return digests of all arrays of the model that was saved to a file, in no order.

    Args:
        path: Of a copy, in a folder that may be written to.

    Raises:
        Refused: It is no such file, or none that can be looked at.
    """
    try:
        with path.open("rb") as file:
            packed = file.read(len(_ZIP)) == _ZIP
        with h5py.File(_unpacked(path) if packed else path, "r") as opened:
            return tuple(_Tree().digests(opened))
    except _DAMAGED as error:
        raise Refused(NO_MODEL) from error


def _unpacked(path: Path) -> Path:
    """Unpack the weights, however many bytes the archive says that there are."""
    target = path.with_name(_MEMBER)
    left = MOST_BYTES
    with (
        zipfile.ZipFile(path) as archive,
        archive.open(_MEMBER) as member,
        target.open("wb") as file,
    ):
        while piece := member.read(_PIECE_BYTES):
            left -= len(piece)
            if left < 0:
                raise Refused(LARGE)
            file.write(piece)
    return target


class _Tree:
    """Counts what it has seen of a file."""

    def __init__(self) -> None:
        self._objects, self._bytes = _MOST_OBJECTS, MOST_BYTES

    def digests(self, file: h5py.File) -> Iterator[str]:
        for name in file:
            if name not in _BESIDE:
                yield from self._within(file, name, _MOST_DEPTH)

    def _within(self, group: h5py.Group, name: str, depth: int) -> Iterator[str]:
        self._objects -= 1
        if depth < 0 or self._objects < 0:
            raise Refused(NO_MODEL)
        if not isinstance(group.get(name, getlink=True), h5py.HardLink):
            raise Refused(LINKED)
        found = group[name]
        if isinstance(found, h5py.Group):
            for inner in found:
                yield from self._within(found, inner, depth - 1)
        elif isinstance(found, h5py.Dataset) and not _is_state(found):
            yield from digests([self._read(found)])

    def _read(self, found: h5py.Dataset) -> Array:
        if found.is_virtual or found.external:
            raise Refused(LINKED)
        if found.shape is None or found.dtype.kind not in "fiu":
            raise Refused(NO_NUMBERS)
        self._bytes -= found.size * found.dtype.itemsize
        if self._bytes < 0:
            raise Refused(LARGE)
        return np.asarray(found[()])


def _is_state(found: h5py.Dataset) -> bool:
    return _STATE in (found.name or "") and found.dtype.name == _STATE_TYPE
