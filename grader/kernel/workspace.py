"""The folder that a submission runs in: its own, fresh, with its own copy of the images."""

import fnmatch
import shutil
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from grader import beneath
from grader.fits.label_shift import LabelShift
from grader.kernel.placed import Placed
from grader.kinds.challenge import SplitCopy
from grader.processes.folders import own_folder


@dataclass(frozen=True, slots=True)
class Workspace:
    """A fresh folder laid out like the kit.

    Args:
        root: The folder, removed afterwards.
        notebooks: Working directory of the kernel.
        evidence: File that the probe writes to.
        copies: All copies of the dataset: two where no link can be made.
        others: The splits of a dataset that is divided, but for what models are trained on.
        modules: Python files that lie beside the notebook.
    """

    root: Path
    notebooks: Path
    evidence: Path
    copies: tuple[Path, ...]
    others: tuple[Placed, ...] = ()
    modules: tuple[Placed, ...] = ()

    @property
    def splits(self) -> list[SplitCopy]:
        """The others, each with its copy."""
        return [each.within(self.root) for each in self.others]

    def changed(self, dataset: Path | None) -> list[str]:
        """Return which files of a dataset are no longer what they were, and how many are new.

        A kernel may have put a link in the place of any folder or file. None is followed, and
        no name is told but those of the dataset.
        """
        others = [name for each in self.others for name in each.changed(self.root)]
        return [*others, *(self._changed_images(dataset) if dataset is not None else ())]

    @property
    def changed_modules(self) -> list[str]:
        """Names of the modules that are no longer what they were; no link is followed."""
        return [name for each in self.modules for name in each.changed(self.root)]

    def _changed_images(self, dataset: Path) -> list[str]:
        places = [copy.relative_to(self.root).parts for copy in self.copies]
        known = _files(dataset)
        found = {name for at in places for name in _differing(dataset, known, self.root, at)}
        new = max((_new(known, self.root, at) for at in places), default=0)
        return [*sorted(found), *([f"{new} more"] if new else [])]

    def copy(self, path: str, target: Path, most: int) -> bool:
        """Copy a file below the notebook's folder; return whether it is small enough.

        Args:
            path: As for ``read``.
            target: Where to.
            most: How many bytes it may have, be they written or not.

        Raises:
            OSError: As for ``read``.
        """
        with beneath.file(self.root, (self.notebooks.name, *path.split("/"))) as (file, size):
            if size > most:
                return False
            with target.open("wb") as copied:
                shutil.copyfileobj(file, copied)
        return True

    def read(self, path: str, most: int) -> bytes:
        """Read a file below the notebook's folder, or the beginning of it.

        Args:
            path: Its path there, with slashes. Where its name is a pattern, such as ``log.*``, it
                is the first of the files that fit, by the alphabet.
            most: How many bytes are read at most.

        Raises:
            OSError: It is not there, is no file, or a link leads to it.
        """
        *place, name = self.notebooks.name, *path.split("/")
        if "*" in name:
            fitting = fnmatch.filter(beneath.files(self.root, place), name)
            name = min(fitting, default=name)
        return beneath.read(self.root, (*place, name), most)


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.glob("*/*") if path.is_file()}


def _differing(dataset: Path, known: Iterable[str], root: Path, at: Sequence[str]) -> Iterator[str]:
    for name in known:
        content = (dataset / name).read_bytes()
        try:
            same = beneath.read(root, (*at, *name.split("/")), len(content) + 1) == content
        except OSError:
            same = False
        if not same:
            yield name


def _new(known: Container[str], root: Path, at: Sequence[str]) -> int:
    """Count the files that are not of a dataset; what cannot be looked into has none."""
    with suppress(OSError):
        return sum(
            f"{label}/{name}" not in known
            for label in beneath.folders(root, at)
            for name in beneath.files(root, (*at, label))
        )
    return 0


@contextmanager
def workspace(
    dataset: Path | None,
    folder: str,
    exam: LabelShift | None = None,
    splits: Sequence[Placed] = (),
    modules: Sequence[Path] = (),
) -> Iterator[Workspace]:
    """Make a work folder; the dataset is at ``../data/FOLDER`` and at ``./data``.

    Those of a dataset that is divided are where each of them says.

    Args:
        dataset: The dataset, copied so that no submission can change what another one sees; None
            where there is none.
        folder: Name of the dataset's folder in the kit.
        exam: What is done to the copy; None to leave it.
        splits: The splits of a dataset that is divided; those that are hidden are left out.
        modules: Python files that the notebook imports, which lie beside it.
    """
    with own_folder() as root:
        notebooks = root / "notebooks"
        for private in ("notebooks", "home", "tmp", "probe"):
            (root / private).mkdir()
        copies: tuple[Path, ...] = ()
        shown = tuple(each for each in splits if not each.hidden)
        others = tuple(each for each in shown if each.source != dataset)
        if shown:
            copies = _placed(shown, root, dataset, exam)
        elif dataset is not None:
            copies = _copies(dataset, root / "data" / folder, notebooks / "data", exam)
        beside = tuple(Placed(each.name, each, f"notebooks/{each.name}") for each in modules)
        for each in beside:
            each.copy(root)
        evidence = root / "probe" / "evidence.jsonl"
        yield Workspace(root, notebooks, evidence, copies, others, beside)


def _placed(
    splits: Iterable[Placed], root: Path, dataset: Path | None, exam: LabelShift | None
) -> tuple[Path, ...]:
    """Copy splits to where notebooks look for them, and return the copy that is trained on."""
    copies = {each.source: each.copy(root) for each in splits}
    trained_on = (copies[dataset],) if dataset is not None else ()
    if exam is not None:
        for each in trained_on:
            exam.apply(each)
    return trained_on


def _copies(dataset: Path, data: Path, beside: Path, exam: LabelShift | None) -> tuple[Path, ...]:
    """Copy a dataset to where notebooks look for it, and return all the copies of it."""
    shutil.copytree(dataset, data)
    if exam is not None:
        exam.apply(data)
    return (data,) if _linked(beside, data) else (data, beside)


def _linked(place: Path, folder: Path) -> bool:
    """Have a folder at another place as well; return whether that took no copy of it."""
    try:
        place.symlink_to(folder, target_is_directory=True)
    except (OSError, NotImplementedError):
        # Windows lets few users make links, and some file systems have none.
        shutil.copytree(folder, place)
        return False
    return True
