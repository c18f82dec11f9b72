"""The data of one training, as it is described, of the grader's own copies of the splits."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from grader.preparation.records import Preparation
from grader.training.array_loader import ArrayLoader, ArraySamples, own
from grader.training.array_splits import ArraySplits
from grader.training.data import Samples, TrainingData
from grader.training.decoded_folders import fits
from grader.training.description import Description, LoaderSpec, Source, canonical
from grader.training.loader import Position, RecordingIterator, load, load_all
from grader.training.pipeline_loaders import PipelineLoaders
from grader.training.pipeline_specs import PipelineSpec
from grader.training.results import TrainingPlan
from grader.training.splits import Splits


class Loaders:
    """Data as described, each made once: a second ``fit`` goes on with the same loader.

    Args:
        dataset: The grader's copy of the images that are trained on; None where there are none.
        plan: Says whether labels are exchanged, and where there are arrays.
    """

    def __init__(self, dataset: Path | None, plan: TrainingPlan) -> None:
        self._plan = plan
        self._splits = Splits(dataset, plan.splits, fits)
        self._arrays = ArraySplits(plan, among_files=dataset is not None)
        self._pipelines = PipelineLoaders(self._splits, plan)
        self._made: dict[tuple[str, bytes], RecordingIterator] = {}
        self._positions: dict[tuple[str, bytes], Position] = {}
        # Arrays are large: of each purpose, only the last ones are held.
        self._held: dict[str, tuple[bytes, ArrayLoader]] = {}

    def of(self, description: Description) -> tuple[TrainingData, TrainingData | None]:
        """Return what a description trains on, and what it validates with.

        Raises:
            OtherImages: It trains on other data than is to be trained on; the message says which.
            Refused: It cannot be told what its data is.
        """
        return self.trained_on(description), self._validation(description)

    def trained_on(self, description: Description) -> TrainingData:
        """Return what a description trains on; errors are those of ``of``."""
        source = description.loader
        if isinstance(source, Preparation):
            self._arrays.refuse_other(source)
            return self._array("train", source, description)
        if self._plan.data:
            raise self._arrays.files()
        if isinstance(source, PipelineSpec):
            return self._pipelines.trained_on(source, description.validation)
        return self._one("train", source, self._splits.to_train)

    def anew(self, description: Description) -> TrainingData:
        """Return what a description trains on as it was before any training."""
        source = description.loader
        if isinstance(source, Preparation):
            return self.trained_on(description)
        if isinstance(source, PipelineSpec):
            return self._pipelines.anew(source)
        return load(source, self._splits.to_train(source))

    def _validation(self, description: Description) -> TrainingData | None:
        described = description.validation
        if isinstance(described, Preparation):
            return self._array("validate", described, description)
        if isinstance(described, PipelineSpec):
            return self._pipelines.validated_with(described)
        return None if described is None else self._files(described)

    def _files(self, described: LoaderSpec) -> RecordingIterator:
        """Make a loader of whichever split a description validates with."""
        with self._splits.validating(arrays=bool(self._plan.data)):
            return self._one("validate", described, self._splits.to_validate)

    def _one(
        self, purpose: str, described: LoaderSpec, find: Callable[[LoaderSpec], Path]
    ) -> RecordingIterator:
        key = (purpose, canonical(described))
        if key not in self._made:
            self._made[key] = made = self._exchanged(load(described, find(described)))
            if key in self._positions:
                made.go_on_from(self._positions[key])
        return self._made[key]

    def _array(
        self, purpose: str, preparation: Preparation, description: Description
    ) -> ArrayLoader:
        key = canonical((preparation, description.fit))
        known, held = self._held.get(purpose, (b"", None))
        if held is None or known != key:
            self._held.pop(purpose, None)
            held = ArrayLoader(preparation, own(preparation, self._plan), description)
            self._held[purpose] = (key, held)
        return held

    @property
    def have_positions(self) -> bool:
        """Whether ``positions`` are all that there is to tell of where data goes on.

        Nobody can say where the generators are by which TensorFlow shuffles datasets.
        """
        return not self._pipelines.made

    def positions(self) -> list[tuple[str, str, Position]]:
        """Return where all loaders go on, each with its purpose and description."""
        held = self._positions | {key: made.position for key, made in self._made.items()}
        return [(purpose, told.decode(), at) for (purpose, told), at in held.items()]

    def go_on_from(self, positions: Iterable[tuple[str, str, Position]]) -> None:
        """Have loaders go on as those of another process, made before or from now on.

        Args:
            positions: As ``positions`` returned them there.
        """
        self._positions = {(purpose, told.encode()): at for purpose, told, at in positions}
        for key in self._made.keys() & self._positions.keys():
            self._made[key].go_on_from(self._positions[key])

    def same_images(self, description: Description) -> bool:
        """Whether it validates with what it trains on, though there are other splits for that."""
        trained_on, described = description.loader, description.validation
        if isinstance(trained_on, Preparation):
            return self._arrays.same_rows(trained_on, described)
        if isinstance(trained_on, PipelineSpec):
            return self._pipelines.same_images(trained_on, described)
        if not isinstance(described, LoaderSpec) or not self._splits.others:
            return False
        subsets = {each.iterator.get("subset") for each in (trained_on, described)}
        return len(subsets) == 1 and self._splits.is_trained_on(described)

    def division(self, description: Description) -> dict[str, Any] | None:
        """Return how images are divided, as fields of evidence; None where nobody knows."""
        trained_on, described = description.loader, description.validation
        if isinstance(trained_on, PipelineSpec) and isinstance(described, PipelineSpec):
            return self._pipelines.division(trained_on, described)
        return None

    def everything(self, described: Source) -> Samples:
        """Return all samples of what is trained on, with the labels of this training."""
        if isinstance(described, Preparation):
            return self._samples(described, described.split)
        if isinstance(described, PipelineSpec):
            return self._pipelines.everything(described)
        return self._exchanged(load_all(described, self._splits.dataset))

    def has(self, described: Source, place: str) -> bool:
        """Whether there is such a split, of the same form as what is trained on.

        Args:
            described: What is trained on.
            place: As ``apart`` takes it.
        """
        return place in (
            self._plan.arrays if isinstance(described, Preparation) else self._plan.splits
        )

    def apart(self, described: Source, place: str) -> Samples:
        """Return all samples of a split that is not trained on.

        Args:
            described: What is trained on: its samples and those of the other split are shown alike.
            place: Of the other split among the plan's.
        """
        if isinstance(described, Preparation):
            return self._samples(described, self._arrays.like(described, place))
        if isinstance(described, PipelineSpec):
            return self._pipelines.apart(described, place)
        return load_all(described, Path(self._plan.splits[place]))

    def _samples(self, preparation: Preparation, split: str) -> ArraySamples:
        return ArraySamples.of(preparation, own(preparation, self._plan), split)

    def _exchanged(self, loader: RecordingIterator) -> RecordingIterator:
        if self._plan.exchanged:
            loader.exchange(mirrored=self._plan.mirrored)
        return loader
