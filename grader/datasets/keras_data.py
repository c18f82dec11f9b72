"""A split that ``keras.datasets`` gives, without a network: a file where Keras looks for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from grader.datasets import cifar, pairs
from grader.datasets.array_files import arrays
from grader.datasets.arrays import copy_file
from grader.datasets.comparing import digest_of, file_digest
from grader.datasets.images import copy_named
from grader.datasets.record import FileRecord, recorded_files, written_files
from grader.datasets.split import Counts, Split
from grader.errors import DatasetError

if TYPE_CHECKING:
    from pathlib import Path

    from grader.datasets.levels import Levels, Pair

_CACHE = "home/.keras/datasets"
# What Keras names a file in its cache; keras/src/datasets/*.py.
_KEPT_AS = {
    "boston_housing": "boston_housing.npz",
    "california_housing": "california_housing.npz",
    "cifar10": "cifar-10-batches-py-target_archive",
    "cifar100": "cifar-100-python-target_archive",
    "fashion_mnist": "fashion-mnist",
    "imdb": "imdb.npz",
    "mnist": "mnist.npz",
    "reuters": "reuters.npz",
}
_FASHION = (
    "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
    "train-images-idx3-ubyte.gz",
    "train-labels-idx1-ubyte.gz",
)


@dataclass(frozen=True)
class KerasData(Split):
    """What ``keras.datasets.NAME.load_data()`` gives; it is named as Keras names it.

    ``place`` is the file that Keras would download, and of ``fashion_mnist`` a folder with the four
    files. Keras itself checks that they are its own, but for those of ``fashion_mnist``.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.name not in _KEPT_AS:
            raise DatasetError(
                f"keras.datasets has {', '.join(_KEPT_AS)}; found {self.name!r}. Name one of them."
            )
        if self.path:
            raise DatasetError(
                f"Keras looks for {self.name} in a place of its own; found path={self.path!r}. "
                "Leave it out."
            )
        # What is no record is told where it is declared.
        recorded_files(self.record)

    @property
    def described(self) -> str:
        """What it must have, in a phrase."""
        files = f"the files {', '.join(_FASHION)}" if self.is_folder else "the file"
        return f"{files} that keras.datasets.{self.name} loads"

    @property
    def file_name(self) -> str:
        """The name of its folder or file."""
        return self.place.name

    def within(self, folder: str) -> Self:
        """It is found where Keras looks for it, whatever the dataset's folder is."""
        del folder
        return self

    @property
    def in_run(self) -> str:
        """Where Keras looks for it."""
        return f"{_CACHE}/{_KEPT_AS[self.name]}"

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder, and no file."""
        return self.name == "fashion_mnist"

    def _files(self, at: Path) -> dict[str, Path]:
        return {name: at / name for name in _FASHION} if self.is_folder else {at.name: at}

    @property
    def recorded(self) -> bool:
        """Whether it is known what it must contain."""
        return bool(recorded_files(self.record))

    def obstacles(self, at: Path) -> Iterator[str]:
        """Say why what is at a place cannot be this split."""
        for name, path in self._files(at).items():
            if not path.is_file():
                yield f"expected a file {name}, found none"

    def digest(self, at: Path) -> str:
        """Identify a copy by its files' bytes."""
        return digest_of((name, file_digest(path)) for name, path in self._files(at).items())

    def counts(self, at: Path) -> Counts:
        """Nobody counts here what Keras makes of a file."""
        del at
        return 0, 0

    def problems(self, at: Path) -> list[str]:
        """Say which files are missing or others than they were."""
        obstacles = list(self.obstacles(at))
        known = recorded_files(self.record)
        return obstacles or [
            f"{name}: expected the bytes that were recorded, found others"
            for name, path in self._files(at).items()
            if name in known and known[name].sha256 != file_digest(path)
        ]

    def copy(self, at: Path, target: Path) -> None:
        """Copy the files."""
        if self.is_folder:
            copy_named(at, target, _FASHION)
        else:
            copy_file(at, target)

    def redraw(self, at: Path, target: Path) -> Levels | None:
        """Write drawn images of ``fashion_mnist`` and ``mnist``; others are left as they are."""
        from grader.datasets.redrawn_images import redraw_idx, redraw_pairs

        if self.name == "mnist":
            return redraw_pairs(at, target)
        return redraw_idx(at, target, _FASHION) if self.is_folder else None

    def pairs(self, at: Path) -> dict[str, Pair]:
        """Return what Keras gives to train on and to test, of those with an image for each label.

        These are ``cifar10``, ``cifar100`` with its fine labels, ``fashion_mnist`` and ``mnist``.
        """
        if self.name in cifar.NAMES:
            return cifar.of_archive(at, self.name)
        if self.name == "mnist":
            return pairs.of_arrays(dict(arrays(at)))
        return pairs.of_idx(at, _FASHION) if self.is_folder else {}

    def recorded_from(self, at: Path) -> str:
        """Return the text of a record of the files."""
        digests = {name: file_digest(path) for name, path in self._files(at).items()}
        return written_files({name: FileRecord(each, each) for name, each in digests.items()})
