"""Reads and writes arrays in files: ``.npz``, ``.npy``, HDF5 and CSV; never a pickle."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.datasets.record import ArrayRecord
from grader.errors import DatasetError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.generic]

HDF5 = (".h5", ".hdf5")
SUFFIXES = (".csv", ".npy", ".npz", *HDF5)


def arrays(path: Path) -> Iterator[tuple[str, Array]]:
    """Yield the name and the items of each array in a file, one after the other.

    Args:
        path: The file; of a CSV, each column is an array of texts under the name in its first line.

    Raises:
        DatasetError: It cannot be read.
    """
    try:
        yield from _READERS[path.suffix.lower()](path)
    except DatasetError:
        raise
    except Exception as error:  # readers raise anything over a damaged file
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        raise DatasetError(f"{path}: expected arrays, found a damaged file ({reason}).") from error


def record(array: Array) -> ArrayRecord:
    """Compute the record of an array."""
    import numpy as np

    kind = array.dtype.newbyteorder("<")
    items = np.ascontiguousarray(array.astype(kind, copy=False)).tobytes()
    return ArrayRecord(tuple(array.shape), kind.str, hashlib.sha256(items).hexdigest())


def write(path: Path, made: Iterable[tuple[str, Array]]) -> None:
    """Write arrays into a file; the same arrays have the same record, whatever its bytes are.

    Raises:
        DatasetError: Arrays cannot be written into such a file.
    """
    import numpy as np

    named = dict(made)
    if path.suffix.lower() in HDF5:
        import h5py

        with h5py.File(path, "w") as file:
            for name, array in named.items():
                file.create_dataset(name, data=array)
    elif path.suffix.lower() == ".npz":
        np.savez_compressed(path, **named)  # type: ignore[arg-type]
    else:
        raise DatasetError(
            f"Arrays are drawn into .npz, .h5 or .hdf5; found {path.name}. Rename it."
        )


def _npz(path: Path) -> Iterator[tuple[str, Array]]:
    import numpy as np

    with np.load(path, allow_pickle=False) as file:
        for name in sorted(file.files):
            yield name, file[name]


def _npy(path: Path) -> Iterator[tuple[str, Array]]:
    import numpy as np

    yield path.stem, np.load(path, allow_pickle=False)


def _hdf5(path: Path) -> Iterator[tuple[str, Array]]:
    import h5py

    with h5py.File(path, "r") as file:
        names: list[str] = []
        file.visititems(
            lambda name, found: names.append(name) if isinstance(found, h5py.Dataset) else None
        )
        for name in sorted(names):
            yield name, _items(file[name])


def _items(dataset: Any) -> Array:  # noqa: ANN401 - h5py has no types
    import h5py
    import numpy as np

    texts = h5py.check_string_dtype(dataset.dtype)
    return np.asarray(dataset.asstr()[()], dtype=str) if texts else np.asarray(dataset[()])


def _csv(path: Path) -> Iterator[tuple[str, Array]]:
    import numpy as np

    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = [row for row in csv.reader(file) if row]
    uneven = next((row for row in rows if len(row) != len(head)), None)
    if uneven is not None:
        raise DatasetError(
            f"{path}: expected {len(head)} values in each line, as in the first one; found "
            f"{len(uneven)} in {','.join(uneven)[:60]!r}."
        )
    if len({*head}) < len(head):
        raise DatasetError(f"{path}: expected columns of different names, found {','.join(head)}.")
    for place, name in enumerate(head):
        yield name, np.array([row[place] for row in rows], dtype=str)


_READERS: Mapping[str, Callable[[Path], Iterator[tuple[str, Array]]]] = {
    ".csv": _csv,
    ".npy": _npy,
    ".npz": _npz,
    **dict.fromkeys(HDF5, _hdf5),
}
