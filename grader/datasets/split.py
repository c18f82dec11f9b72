"""What each form of a split provides: a part of a dataset with a name, a place and a digest."""

from __future__ import annotations

import posixpath
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from grader.datasets import fetching
from grader.datasets.fetching import Fetched
from grader.errors import DatasetError

if TYPE_CHECKING:
    # numpy takes a noticeable part of a second to import, and the command line needs only names.
    from grader.datasets.levels import Levels, Pair

# How many samples there are, and how many classes; 0 of what cannot be counted.
Counts = tuple[int, int]
# Of a run's folder, what a notebook may find data in: its own folder, and the one beside it.
_NOTEBOOKS = "notebooks"
_OPEN = (_NOTEBOOKS, "data")


@dataclass(frozen=True)
class Split(ABC):
    """A part of a dataset, such as what training, validation or a test uses.

    Args:
        name: Its name in the dataset: letters, digits, hyphens and underscores.
        place: Where its author keeps it: a folder or a file.
        path: Where a notebook finds it, as the notebook writes it; by default below
            ``../data/FOLDER/`` under its own name.
        record: A file with the digests of what it must contain, which ``grader data record``
            writes; None where nobody keeps one.
        fetched: Where it comes from if it is not there; None where it is shipped or drawn.
        dataset: Id of the dataset; set by it.
        classes: Names of the classes, in the order of their labels; set by the dataset.

    Raises:
        DatasetError: It cannot be declared so.
    """

    name: str
    place: Path
    path: str = field(default="", kw_only=True)
    record: Path | None = field(default=None, kw_only=True)
    fetched: Fetched | None = field(default=None, kw_only=True)
    dataset: str = field(default="", kw_only=True)
    classes: tuple[str, ...] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        for what, path in (("place", self.place), ("record", self.record)):
            if not isinstance(path, Path) and (what == "place" or path is not None):
                raise DatasetError(
                    f"The {what} of the split {self.name} is a Path; found {path!r}. "
                    'Write HERE / "...", with HERE = Path(__file__).parent.'
                )
        if self.fetched is not None and not isinstance(self.fetched, Fetched):
            raise DatasetError(
                f"What fetches the split {self.name} is a Fetched; found {self.fetched!r}. "
                "Write Fetched(url, sha256)."
            )

    @property
    def id(self) -> str:
        """Its name with that of its dataset."""
        return f"{self.dataset}/{self.name}" if self.name else self.dataset

    @property
    @abstractmethod
    def described(self) -> str:
        """What it must have, in a phrase."""

    @property
    def labelled(self) -> bool:
        """Whether it is a folder of class folders, which the grader can train on."""
        return False

    @property
    def hidden(self) -> bool:
        """Whether the grader alone has it: students do not get it, and no notebook finds it."""
        return False

    @property
    def file_name(self) -> str:
        """The name of its folder or file in a copy of the whole dataset."""
        return self.name

    def within(self, folder: str) -> Self:
        """Return the split as one of a dataset, with the place in a run where it is found.

        Args:
            folder: Name of the dataset's folder.
        """
        return self if self.path else replace(self, path=f"../data/{folder}/{self.file_name}")

    @property
    def in_run(self) -> str:
        """Where it lies below the folder of a run.

        Raises:
            DatasetError: A notebook cannot find it there.
        """
        found = posixpath.normpath(posixpath.join(_NOTEBOOKS, self.path.replace("\\", "/")))
        top, _, below = found.partition("/")
        if posixpath.isabs(self.path) or top not in _OPEN or not below:
            raise DatasetError(
                f"A notebook finds a split below its own folder or in ../data; found "
                f"{self.path!r} for the split {self.name}. Write a path such as "
                f"'../data/{self.dataset}/{self.name}' or 'data/{self.name}'."
            )
        return found

    def at(self, given: Path | None) -> Path:
        """Return where it is: in a given copy of the whole dataset, or in its own place."""
        return self.place if given is None else given / self.file_name

    @abstractmethod
    def obstacles(self, at: Path) -> Iterator[str]:
        """Say why what is at a place cannot be this split: nothing where it can.

        Args:
            at: A folder or a file.
        """

    @abstractmethod
    def digest(self, at: Path) -> str:
        """Identify a copy by what is in it, as 64 hexadecimal digits."""

    @abstractmethod
    def counts(self, at: Path) -> Counts:
        """Count the samples and the classes of a copy."""

    @abstractmethod
    def problems(self, at: Path) -> list[str]:
        """Say what of a copy is missing, changed or surplus: one line each, none if all is right.

        Args:
            at: A folder or a file.
        """

    @abstractmethod
    def copy(self, at: Path, target: Path) -> None:
        """Copy what belongs to it, and nothing else.

        Raises:
            DatasetError: It cannot be read, or the copy cannot be written.
        """

    @abstractmethod
    def recorded_from(self, at: Path) -> str:
        """Return the text of a record of what a copy contains."""

    def redraw(self, at: Path, target: Path) -> Levels | None:  # noqa: ARG002 - of no use to all
        """Write what is like a copy, with drawn samples in the place of its own.

        Args:
            at: A folder or a file.
            target: What to write; it is not there yet.

        Returns:
            The levels that samples are known by; None where nothing can be drawn so.
        """
        return None

    def make(self, target: Path) -> None:
        """Draw it, which appears complete or stays as it was.

        Raises:
            DatasetError: It is not drawn, or cannot be written.
        """
        raise DatasetError(
            f"{self.id} is not drawn. Install its assignment again if it came with that, "
            f"or copy what belongs to {target}."
        )

    def fetch(self, target: Path) -> None:
        """Fetch it, which appears complete or not at all; what is there is left as it is.

        Raises:
            DatasetError: It is not fetched, or could not be.
        """
        if self.fetched is None:
            raise DatasetError(f"{self.id} is not fetched. `grader data list` says where it is.")
        fetching.fetch(self.fetched, target, self.obstacles, folder=self.is_folder)

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder, and no file."""
        return True

    @property
    def drawn(self) -> bool:
        """Whether it can be drawn."""
        return False

    @property
    @abstractmethod
    def recorded(self) -> bool:
        """Whether it is known what it must contain."""

    def write_record(self, at: Path) -> None:
        """Write into its record what a copy contains.

        Raises:
            DatasetError: It names no record, or that cannot be written.
        """
        if self.record is None:
            raise DatasetError(f"{self.id} names no record. Write record=... where it is declared.")
        try:
            self.record.write_text(self.recorded_from(at), encoding="utf-8")
        except OSError as error:
            raise DatasetError(
                f"The record {self.record} cannot be written: {error}. Is its folder there?"
            ) from error

    @property
    def unrecorded(self) -> bool:
        """Whether its record has still to be written."""
        return self.record is not None and not self.record.exists()

    def verify(self, at: Path) -> list[str]:
        """Say all that is wrong with a copy, its record included."""
        if self.unrecorded:
            record = f"{self.record}: expected the record of {self.id}, found nothing"
            return [f"{record}; write it with `grader data record {self.dataset}`"]
        return self.problems(at)

    def check_usable(self, at: Path) -> None:
        """Make sure that a copy can be graded on.

        Raises:
            DatasetError: It cannot; says what was expected, what was found and what to do.
        """
        for obstacle in self.obstacles(at):
            raise DatasetError(
                f"{at} cannot serve as {self.id}: {obstacle}. Expected {self.described}."
            )

    def surplus(self, at: Path) -> list[str]:  # noqa: ARG002 - nobody knows
        """Name what a copy has beside all that the record tells; none where nobody knows."""
        return []

    def pairs(self, at: Path) -> dict[str, Pair]:  # noqa: ARG002 - images have none
        """Return arrays of samples and of labels, by the name of the part that they are of."""
        return {}
