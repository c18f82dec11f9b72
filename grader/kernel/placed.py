"""Splits of a dataset in the folder of a run: where they lie, and whether they are as they were."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader import beneath
from grader.kinds.challenge import Redraw, SplitCopy, never_drawn
from grader.training.hidden import hidden, is_hidden


@dataclass(frozen=True, slots=True)
class Placed:
    """A split of a dataset, and where a run has its copy of it.

    Args:
        name: Its name in the dataset.
        source: The grader's own copy: a folder or a file.
        at: Where it lies below the run's folder, with slashes; of one that is hidden, its name as a
            trainer knows it.
        labelled: Whether it has a folder for each class.
        redraw: Writes what is like it, with drawn samples.
    """

    name: str
    source: Path
    at: str
    labelled: bool = False
    redraw: Redraw = field(default=never_drawn, compare=False, repr=False)

    @classmethod
    def out_of_sight(cls, name: str, source: Path, *, labelled: bool) -> "Placed":
        """Return a split that no run has a copy of; arguments as above."""
        return cls(name, source, hidden(name), labelled)

    @property
    def hidden(self) -> bool:
        """Whether a run has no copy of it."""
        return is_hidden(self.at)

    def within(self, root: Path) -> SplitCopy:
        """Return it as a run has it.

        Args:
            root: The run's folder.
        """
        return SplitCopy(self.name, self.source, root / self.at, self.labelled, self.redraw)

    def copy(self, root: Path) -> Path:
        """Copy it into the folder of a run, and return where it is there.

        Args:
            root: The run's folder.
        """
        target = root / self.at
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if self.source.is_dir() else shutil.copyfile
        copy(self.source, target)
        return target

    def changed(self, root: Path) -> Iterator[str]:
        """Name the files that are no longer what they were; no link is followed.

        Args:
            root: The run's folder.
        """
        for name in self._files():
            path = self.source / name if name else self.source
            content = path.read_bytes()
            parts = [*self.at.split("/"), *(name.split("/") if name else ())]
            if not _holds(root, parts, content):
                yield f"{self.name}/{name}" if name else self.name

    def _files(self) -> list[str]:
        if self.source.is_file():
            return [""]
        paths = (path for path in self.source.rglob("*") if path.is_file())
        return sorted(path.relative_to(self.source).as_posix() for path in paths)


def _holds(root: Path, parts: Sequence[str], content: bytes) -> bool:
    try:
        return beneath.read(root, parts, len(content) + 1) == content
    except OSError:
        return False
