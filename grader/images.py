"""The copies of datasets that submissions are graded on."""

import threading
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from grader.assignments import drawn
from grader.assignments.assignment import Assignment
from grader.assignments.training_data import require_found
from grader.datasets import Dataset, pairs
from grader.datasets.class_folders import ImageSplit
from grader.datasets.comparing import digest_of
from grader.datasets.places import obtained_at
from grader.datasets.reduction import Reduction
from grader.datasets.split import Counts, Split
from grader.kernel.placed import Placed
from grader.processes.folders import own_folder

_MOST_NAMED = 5
# No split is called so.
_ARRAYS = ".arrays"


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Images:
    """The data that submissions are graded on: a copy, removed when nobody needs it any more.

    The copy holds nothing but what belongs to the dataset, so that whoever counts, loads or copies
    it finds the same; and it stays as it is while somebody looks into the original.

    Args:
        folder: Where the copy is of the images that models are trained on, one sub-folder for each
            class; None where there are none.
        kit_folder: Name of the folder in the kit.
        sha256: Digest of all data; empty of none.
        count: How many images are trained on.
        classes: How many class folders there are.
        remark: What whoever grades should know of them; empty when there is nothing.
        splits: The splits of a dataset that is divided, as a run has them.
        counts: How many samples and classes each of them has.
        arrays: Folders of samples and labels that ``fit`` may be given as arrays, ``x.npy`` and
            ``y.npy`` in each, by the name of their split, or ``SPLIT/PART`` where it has several.
        array_counts: How many samples and classes each of these has.
        whole: How many images each split has of which only some are taken, by its name.
    """

    folder: Path | None
    kit_folder: str
    sha256: str
    count: int
    classes: int
    remark: str = ""
    splits: tuple[Placed, ...] = ()
    counts: Mapping[str, Counts] = field(default_factory=dict)
    arrays: Mapping[str, Path] = field(default_factory=dict)
    array_counts: Mapping[str, Counts] = field(default_factory=dict)
    whole: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        dataset: Dataset | None,
        given: Path | None,
        reductions: Mapping[str, Reduction] = MappingProxyType({}),
    ) -> "Images":
        """Find the data of a dataset, or a given copy of it.

        Args:
            dataset: The dataset; None of an assignment without data.
            given: Where the copy is; None for the dataset's own place.
            reductions: How much is taken of splits of images, by their names; all of any other.

        Raises:
            DatasetError: Some is missing or not usable.
        """
        if dataset is None:
            return cls(None, "", "", 0, 0)
        with ExitStack() as stack:
            root = stack.enter_context(own_folder())
            images = cls._copied(dataset, given, root, reductions)
            weakref.finalize(images, stack.pop_all().close)
        return images

    @classmethod
    def _copied(
        cls,
        dataset: Dataset,
        given: Path | None,
        root: Path,
        reductions: Mapping[str, Reduction],
    ) -> "Images":
        copies = {
            split.name: _Copy.of(
                split,
                obtained_at(dataset, split, given),
                root / (split.name or dataset.folder),
                reductions.get(split.name),
            )
            for split in dataset.all_splits
        }
        trained_on = copies[dataset.trained_on.name] if dataset.trained_on else None
        written = {
            name: at for copy in copies.values() for name, at in copy.written(root / _ARRAYS)
        }
        digests = {name: copy.digest for name, copy in copies.items()}
        return cls(
            trained_on.place if trained_on else None,
            dataset.folder,
            digest_of(sorted(digests.items())) if dataset.splits else digests[""],
            *(trained_on.counts if trained_on else (0, 0)),
            " ".join(filter(None, (copy.remark for copy in copies.values()))),
            tuple(copy.placed for copy in copies.values()) if dataset.splits else (),
            {name: copy.counts for name, copy in copies.items() if name},
            {name: at for name, (at, _) in written.items()},
            {name: counts for name, (_, counts) in written.items()},
            {name: copy.whole for name, copy in copies.items() if copy.whole != copy.counts[0]},
        )


@dataclass(frozen=True, slots=True)
class _Copy:
    """The grader's own copy of a split, or of some of it.

    Args:
        split: The split.
        original: Where all of it is.
        place: Where the copy is.
        digest: Of the copy; of what is taken of a split, by what all of it is.
        whole: How many samples all of it has.
        surplus: Names of what it has beside all that its record tells.
    """

    split: Split
    original: Path
    place: Path
    digest: str
    whole: int
    surplus: Sequence[str]

    @classmethod
    def of(cls, split: Split, original: Path, target: Path, reduction: Reduction | None) -> "_Copy":
        split.check_usable(original)
        # Of its own name, as what reads a file goes by that.
        place = target if original.is_dir() else target / original.name
        split.copy(original, place)
        digest, (whole, _), surplus = split.digest(place), split.counts(place), split.surplus(place)
        if reduction is not None and isinstance(split, ImageSplit):
            split.reduce(place, reduction)
            digest = reduction.digest(digest)
        return cls(split, original, place, digest, whole, surplus)

    @property
    def counts(self) -> Counts:
        return self.split.counts(self.place)

    def written(self, root: Path) -> Iterator[tuple[str, tuple[Path, Counts]]]:
        """Write its arrays of samples and labels; yield name, folder and counts of each pair."""
        for name, pair in pairs.named(self.split, self.split.pairs(self.place)).items():
            yield name, (root / name, pairs.write(pair, root / name))

    @property
    def remark(self) -> str:
        return _remark(self.surplus, self.original, self.split.id)

    @property
    def placed(self) -> Placed:
        split = self.split
        if split.hidden:
            return Placed.out_of_sight(split.name, self.place, labelled=split.labelled)
        return Placed(split.name, self.place, split.in_run, split.labelled, split.redraw)


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
                images, remarks = self._prepared(assignment)
                require_found(assignment.trainers, images.arrays)
                self.made[assignment.id] = images
                for remark in filter(None, (images.remark, *remarks)):
                    self._remark(remark)
            return self.made[assignment.id]

    def _prepared(self, assignment: Assignment) -> tuple[Images, list[str]]:
        """Return the images of an assignment, and what is to be said of how they were drawn."""
        dataset, given = assignment.data, self._given.get(assignment.id)
        if given or dataset is None:
            return Images.of(dataset, given, assignment.reductions), []
        undrawn = drawn.undrawn(dataset)
        images = Images.of(dataset, None, assignment.reductions)
        for split, place in undrawn:
            drawn.mark(assignment, split, place)
        return images, [*drawn.remarks(assignment, dataset)]
