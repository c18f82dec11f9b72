"""What a dataset is: its classes, and the splits that it has."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from grader.datasets.class_folders import ClassFolders
from grader.datasets.record import FileRecord
from grader.datasets.split import Split
from grader.errors import DatasetError

if TYPE_CHECKING:
    # numpy takes a noticeable part of a second to import, and the command line needs only names.
    from grader.datasets.pixels import Pixels

    Draw = Callable[[], Iterator[tuple[str, Pixels]]]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


@dataclass(frozen=True)
class Dataset:
    """A set of labelled samples, divided into splits, or images in one sub-folder per class.

    Args:
        id: The name by which assignments and the command line refer to it.
        folder: The name of the folder that holds it; notebooks find it below ``../data/``.
        classes: The sub-folders, in the order of their numeric labels; none where nothing has
            classes.
        place: The folder itself; None for one of the kit's own, in its ``data/``.
        draw: Yields the relative path and the pixels of every image; None where it is not drawn.
        size: Width and height of every image; None where they differ.
        files: The record of every image by its relative POSIX path; empty where none is kept.
        pixels_digest: Identifies the pictures of the whole dataset, whatever their encoding: the
            SHA-256 of all lines "name pixels_sha256", sorted by name.
        splits: Its splits, each with a place of its own, instead of all the above but ``classes``;
            the first one of class folders is what models are trained on.
        record: A file with the digests of all images, which ``grader data record`` writes, instead
            of ``files``; None where nobody keeps one, or each split has its own.

    Raises:
        DatasetError: It cannot be declared so.
    """

    id: str
    folder: str
    classes: tuple[str, ...] = ()
    place: Path | None = None
    draw: Draw | None = field(default=None, repr=False)
    size: tuple[int, int] | None = None
    files: Mapping[str, FileRecord] = field(default_factory=dict, repr=False)
    pixels_digest: str = ""
    splits: tuple[Split, ...] = ()
    record: Path | None = None

    def __post_init__(self) -> None:
        self._refuse_mistyped()
        if isinstance(self.splits, Split):
            raise DatasetError("splits are several; found one. Write (split,) for one.")
        if not all(isinstance(each, Split) for each in self.splits):
            raise DatasetError(
                f"splits are ClassFolders, ImageFolder, Arrays or KerasData; found {self.splits!r}."
                " Write a tuple of them."
            )
        if not self.splits and not self.classes:
            raise DatasetError(f"{self.id} has neither classes nor splits. Name its classes.")
        if not self.splits:
            return
        bound = (replace(each, dataset=self.id, classes=self.classes) for each in self.splits)
        object.__setattr__(self, "splits", tuple(each.within(self.folder) for each in bound))
        self._refuse_whole()
        self._refuse_names()
        self._refuse_places()

    def _refuse_mistyped(self) -> None:
        if not isinstance(self.folder, str) or not _NAME.fullmatch(self.folder):
            raise DatasetError(
                f"The folder of {self.id} is a name, not a path; found {self.folder!r}. Write the "
                "name below ../data that the notebook uses, and with place=... where it is."
            )
        names = self.classes
        if not isinstance(names, tuple) or not all(isinstance(each, str) for each in names):
            raise DatasetError(
                f"classes are a tuple of names; found {names!r}. Write ('happy', 'sad'), and "
                "('one',) for one."
            )
        for what, path in (("place", self.place), ("record", self.record)):
            if path is not None and not isinstance(path, Path):
                raise DatasetError(
                    f"The {what} of {self.id} is a Path; found {path!r}. "
                    'Write HERE / "...", with HERE = Path(__file__).parent.'
                )

    def _refuse_whole(self) -> None:
        known = {
            "place": self.place,
            "draw": self.draw,
            "size": self.size,
            "files": self.files,
            "record": self.record,
        }
        given = [name for name, value in known.items() if value]
        if given:
            raise DatasetError(
                f"{self.id} has splits, so {given[0]} is said of each of them; found it of the "
                f"dataset. Write it there."
            )
        if not self.classes and any(each.labelled for each in self.splits):
            raise DatasetError(
                f"{self.id} has class folders, and no classes are named. Write classes=(...)."
            )

    def _refuse_names(self) -> None:
        seen: set[str] = set()
        for name in (each.name for each in self.splits):
            if not isinstance(name, str) or not _NAME.fullmatch(name):
                raise DatasetError(
                    f"The name of a split has letters, digits, - and _; found {name!r}. "
                    "Write one, such as 'validation'."
                )
            if name in seen:
                raise DatasetError(f"{self.id} has two splits called {name}. Rename one.")
            seen.add(name)

    def _refuse_places(self) -> None:
        """No split lies in another one, where a notebook finds them and where they are kept."""
        found = [(each, each.in_run, each.file_name) for each in self.splits]
        for at, (split, place, name) in enumerate(found):
            for other, elsewhere, its_name in found[:at]:
                common = posixpath.commonpath((place, elsewhere))
                if common in {place, elsewhere} or name == its_name:
                    raise DatasetError(
                        f"The splits {other.name} and {split.name} of {self.id} would lie in each "
                        f"other: {elsewhere} and {place}. Give each a path and a name of its own."
                    )

    @property
    def described(self) -> str:
        """Say what it has, in a phrase."""
        if self.splits:
            return f"splits {', '.join(each.name for each in self.splits)}"
        return self.all_splits[0].described

    @property
    def all_splits(self) -> tuple[Split, ...]:
        """Its splits; of a dataset that is not divided, one without a name that has all images."""
        whole = ClassFolders(
            "",
            self.place or Path(self.folder),
            dataset=self.id,
            classes=self.classes,
            draw=self.draw,
            size=self.size,
            known=self.files,
            record=self.record,
        )
        return self.splits or (whole,)

    @property
    def trained_on(self) -> Split | None:
        """The split that models are trained on: the first one of class folders; None of none."""
        return next((each for each in self.all_splits if each.labelled), None)

    @property
    def for_validation(self) -> tuple[Split, ...]:
        """The split to validate with: the one named ``validation``, else the only other folders.

        One named ``test`` is for that only where there is no other. None where models can be
        validated with what they are trained on only; several where the names do not tell which it
        is.
        """
        others = tuple(each for each in self._apart if each not in self.for_test)
        named = tuple(each for each in others if each.name == "validation")
        return named or others or self.for_test

    @property
    def for_test(self) -> tuple[Split, ...]:
        """The split of class folders that is named ``test``, if there is one."""
        return tuple(each for each in self._apart if each.name == "test")

    @property
    def _apart(self) -> tuple[Split, ...]:
        return tuple(each for each in self.splits if each.labelled and each != self.trained_on)

    def split(self, name: str) -> Split:
        """Return the split of a name.

        Raises:
            DatasetError: There is none.
        """
        for each in self.splits:
            if each.name == name:
                return each
        known = ", ".join(each.name for each in self.splits) or "it is not divided"
        raise DatasetError(f"{self.id} has no split {name!r}. Its splits: {known}.")
