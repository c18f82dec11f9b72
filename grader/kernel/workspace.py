"""The folder that a submission runs in: its own, fresh, with its own copy of the images."""

import filecmp
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader import leftovers
from grader.kernel.exam import Exam

PREFIX = "grader-"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A fresh folder laid out like the kit.

    Args:
        root: The folder, removed afterwards.
        notebooks: Working directory of the kernel.
        evidence: File that the probe writes to.
        data: The copy of the dataset.
        copies: All copies of it: two where no link can be made.
    """

    root: Path
    notebooks: Path
    evidence: Path
    data: Path
    copies: tuple[Path, ...]

    def changed(self, dataset: Path) -> list[str]:
        """Return which images are no longer those of a dataset, or are new, or are gone."""
        return sorted({name for copy in self.copies for name in _differing(dataset, copy)})


def _differing(dataset: Path, copy: Path) -> set[str]:
    before, now = _files(dataset), _files(copy)
    both = sorted(before & now)
    _, differing, unreadable = filecmp.cmpfiles(dataset, copy, both, shallow=False)
    return {*(before ^ now), *differing, *unreadable}


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.glob("*/*") if path.is_file()}


def new_folder() -> Path:
    """Make a folder; if this grader is killed before it removes it, a later one does."""
    return Path(tempfile.mkdtemp(prefix=leftovers.prefix(PREFIX))).resolve()


@contextmanager
def own_folder() -> Iterator[Path]:
    """Make a folder that is removed at the end, whatever is in it by then."""
    folder = new_folder()
    try:
        yield folder
    finally:
        leftovers.remove(folder)


@contextmanager
def workspace(dataset: Path, folder: str, exam: Exam | None = None) -> Iterator[Workspace]:
    """Make a work folder; the dataset is at ``../data/FOLDER`` and at ``./data``.

    Args:
        dataset: The dataset, copied so that no submission can change what another one sees.
        folder: Name of the dataset's folder in the kit.
        exam: What is done to the copy; None to leave it.
    """
    with own_folder() as root:
        notebooks, data = root / "notebooks", root / "data" / folder
        for private in ("notebooks", "home", "tmp", "probe"):
            (root / private).mkdir()
        shutil.copytree(dataset, data)
        if exam is not None:
            exam.apply(data)
        copies = (data,) if _linked(notebooks / "data", data) else (data, notebooks / "data")
        yield Workspace(root, notebooks, root / "probe" / "evidence.jsonl", data, copies)


def _linked(place: Path, folder: Path) -> bool:
    """Have a folder at another place as well; return whether that took no copy of it."""
    try:
        place.symlink_to(folder, target_is_directory=True)
    except (OSError, NotImplementedError):
        # Windows lets few users make links, and some file systems have none.
        shutil.copytree(folder, place)
        return False
    return True


def sweep() -> None:
    """Remove folders that killed graders have left."""
    leftovers.sweep(Path(tempfile.gettempdir()), PREFIX)
