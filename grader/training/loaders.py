"""The loaders of one training, as they are described, on the grader's own copies of the splits."""

from collections.abc import Callable
from pathlib import Path

from grader.training.description import Description, LoaderSpec, canonical
from grader.training.loader import RecordingIterator, fits, load, load_all
from grader.training.refusals import OtherImages, Refused
from grader.training.results import TrainingPlan
from grader.training.splits import Splits


class Loaders:
    """Loaders as described, each of them made once: a second ``fit`` goes on with the same.

    Args:
        dataset: The grader's copy.
        plan: Says whether their labels are exchanged.
    """

    def __init__(self, dataset: Path, plan: TrainingPlan) -> None:
        self._dataset = dataset
        self._plan = plan
        self._splits = Splits(dataset, plan.splits, fits)
        self._made: dict[tuple[str, bytes], RecordingIterator] = {}

    def of(self, description: Description) -> tuple[RecordingIterator, RecordingIterator | None]:
        """Return what a description trains on, and what it validates with."""
        trained_on = self._one("train", description.loader, self._splits.to_train)
        if description.validation is None:
            return trained_on, None
        return trained_on, self._validation(description.validation)

    def _validation(self, described: LoaderSpec) -> RecordingIterator:
        """Make a loader of whichever split a description validates with."""
        try:
            return self._one("validate", described, self._splits.to_validate)
        except OtherImages as error:
            if not self._splits.others:
                raise
            # Nothing is trained on them: there may be something else to validate with.
            raise Refused(
                f"its validation data is of no split that it could be: {error}"
            ) from error

    def _one(
        self, purpose: str, described: LoaderSpec, find: Callable[[LoaderSpec], Path]
    ) -> RecordingIterator:
        key = (purpose, canonical(described))
        if key not in self._made:
            self._made[key] = self._exchanged(load(described, find(described)))
        return self._made[key]

    def same_images(self, description: Description) -> bool:
        """Whether it validates with what it trains on, though there are other splits for that."""
        described = description.validation
        if described is None or not self._splits.others:
            return False
        subsets = {each.iterator.get("subset") for each in (description.loader, described)}
        return len(subsets) == 1 and self._splits.to_validate(described) == self._dataset

    def everything(self, described: LoaderSpec) -> RecordingIterator:
        """Return what ``load_all`` does, with the labels of this training."""
        return self._exchanged(load_all(described, self._dataset))

    def for_validation(self, described: LoaderSpec) -> RecordingIterator:
        """Return what ``load_all`` does, of the plan's split for validation.

        Args:
            described: What is trained on: its images and those for validation are shown alike.
        """
        return load_all(described, Path(self._plan.splits[self._plan.validation]))

    def _exchanged(self, loader: RecordingIterator) -> RecordingIterator:
        if self._plan.exchanged:
            loader.exchange(mirrored=self._plan.mirrored)
        return loader
