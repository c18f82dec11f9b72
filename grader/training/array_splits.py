"""Which arrays of a dataset are trained on, and which of them go together."""

from grader.preparation.records import Preparation, RowNumbers, Rows
from grader.training.arrays import all_shapes
from grader.training.description import Source
from grader.training.refusals import OtherImages, Refused
from grader.training.results import TrainingPlan


class ArraySplits:
    """The grader's copies of samples and labels that are arrays.

    Args:
        plan: Says where they are, and which of them is trained on.
        among_files: Whether class folders are trained on.
    """

    def __init__(self, plan: TrainingPlan, *, among_files: bool) -> None:
        self._data, self._on_any = plan.data, plan.on_any
        self._shapes = all_shapes(plan.arrays)
        self._among_files = among_files

    def refuse_other(self, trained_on: Preparation) -> None:
        """Refuse arrays of another split than the one that is trained on.

        Raises:
            OtherImages: They are of another one.
        """
        if self._on_any:
            return
        made_of = f"the arrays were made of the samples of {trained_on.split}"
        if self._data and trained_on.split != self._data:
            raise OtherImages(f"{made_of}; those to train on are of {self._data}")
        if not self._data and self._among_files:
            raise OtherImages(f"{made_of}; those to train on are in class folders")

    def files(self) -> Refused:
        """Return the reason not to train on a loader where arrays are trained on."""
        return Refused(f"it trains on a loader of files; the samples to train on are {self._data}")

    def like(self, trained_on: Preparation, name: str) -> str:
        """Return the name of arrays that can be shown as those are that are trained on.

        Raises:
            Refused: Their samples are of another shape.
        """
        own, other = (self._shapes[each].x.shape[1:] for each in (trained_on.split, name))
        if own != other:
            raise Refused(f"samples of {name} have the shape {other}, those to train on {own}")
        return name

    def same_rows(self, trained_on: Preparation, validated: Source | None) -> bool:
        """Whether arrays to validate with are among those that are trained on.

        Only where there are others that it could be.
        """
        if not isinstance(validated, Preparation) or len(self._shapes) < 2:  # noqa: PLR2004
            return False
        same = validated.split == trained_on.split
        return same and _numbers(validated.rows) <= _numbers(trained_on.rows)


def _numbers(rows: Rows) -> frozenset[int]:
    if isinstance(rows, RowNumbers):
        return frozenset(rows.numbers)
    return frozenset(range(rows.start, rows.stop, rows.step))
