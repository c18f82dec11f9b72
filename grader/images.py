"""The copies of datasets that submissions are graded on."""

import threading
import weakref
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from grader import datasets, resources
from grader.assignments.assignment import Assignment
from grader.processes.folders import own_folder

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Images:
    """The images that submissions are graded on: a copy, removed when nobody needs it any more.

    The copy holds nothing but images, so that whoever counts, loads or copies it finds the same;
    and it stays as it is while somebody looks into the original.

    Args:
        folder: Where the copy is, one sub-folder for each class; None of no images.
        kit_folder: Name of the folder in the kit.
        sha256: Digest of all of them; empty of no images.
        count: How many there are.
        classes: How many class folders there are.
        remark: What whoever grades should know of them; empty when there is nothing.
    """

    folder: Path | None
    kit_folder: str
    sha256: str
    count: int
    classes: int
    remark: str = ""

    @classmethod
    def of(cls, dataset: datasets.Dataset | None, given: Path | None) -> "Images":
        """Find the images of a dataset, or a given copy of it.

        Args:
            dataset: The dataset; None of an assignment without images.
            given: Where the copy is; None for the dataset's own place.

        Raises:
            DatasetError: They are missing or not usable.
        """
        if dataset is None:
            return cls(None, "", "", 0, 0)
        original = resources.dataset(dataset.folder, given or dataset.place)
        datasets.check_usable(dataset, original)
        with ExitStack() as stack:
            folder = stack.enter_context(own_folder()) / dataset.folder
            datasets.copy_images(original, folder)
            images = cls(
                folder,
                dataset.folder,
                datasets.digest(folder),
                len(datasets.image_files(folder)),
                len(dataset.classes),
                _remark(datasets.surplus(dataset, folder), original, dataset.id),
            )
            weakref.finalize(images, stack.pop_all().close)
        return images


def _remark(surplus: Sequence[str], folder: Path, dataset_id: str) -> str:
    if not surplus:
        return ""
    names = ", ".join(surplus[:_MOST_NAMED]) + (", ..." if len(surplus) > _MOST_NAMED else "")
    return (
        f"Graded on as well, though no part of {dataset_id}: {names} in {folder}. "
        "Move away what does not belong there."
    )


class Prepared:
    """The images of assignments, each prepared when the first submission needs them.

    Threads may share it.

    Args:
        given: Folders of other copies, by the assignment's id.
        remark: Is told what whoever grades should know of an assignment's images.
    """

    def __init__(self, given: Mapping[str, Path], remark: Callable[[str], None]) -> None:
        self._given = given
        self._remark = remark
        self._lock = threading.Lock()
        self.made: dict[str, Images] = {}

    def of(self, assignment: Assignment) -> Images:
        """Return the images of an assignment.

        Raises:
            DatasetError: They are missing or not usable.
        """
        with self._lock:
            if assignment.id not in self.made:
                images = Images.of(assignment.data, self._given.get(assignment.id))
                self.made[assignment.id] = images
                if images.remark:
                    self._remark(images.remark)
            return self.made[assignment.id]
