"""The ``tf.data`` datasets of one training, of the grader's own copies of the splits."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.inspection import augmenting
from grader.training import objects
from grader.training.decoded_folders import DecodedFolder, DecodedFolders
from grader.training.description import Source, canonical
from grader.training.dividing import PASSES, divided
from grader.training.mapped import Steps
from grader.training.pipeline_loader import FolderSamples, PipelineLoader
from grader.training.pipeline_specs import DirectorySpec, MapSpec, PipelineSpec
from grader.training.rebuilt import Rebuilder, places
from grader.training.results import TrainingPlan
from grader.training.splits import Splits
from grader.training.streams import stream_of


class PipelineLoaders:
    """Datasets as described, each made once: a second ``fit`` goes on with the same one.

    Args:
        splits: The grader's copies.
        plan: Says whether labels are exchanged.
    """

    def __init__(self, splits: Splits, plan: TrainingPlan) -> None:
        self._splits = splits
        self._plan = plan
        self._decoded = DecodedFolders()
        self._exchanged: dict[int, DecodedFolder] = {}
        self._rebuilder = Rebuilder(lambda made: self._found(made, self._anywhere(made)))
        self._made: dict[tuple[str, bytes], PipelineLoader] = {}

    @property
    def made(self) -> bool:
        """Whether there are any."""
        return bool(self._made)

    def trained_on(self, pipeline: PipelineSpec, validated: Source | None) -> PipelineLoader:
        """Return what is trained on.

        Args:
            pipeline: It.
            validated: What is validated with: they may be made of the same dataset.

        Raises:
            OtherImages: It is of other images than is to be trained on; the message says which.
            Refused: It cannot be told of which images it is.
        """
        for each in pipeline.directories:
            self._decoded.of(each, self._splits.to_train(each))
        if isinstance(validated, PipelineSpec):
            self._refuse_other(validated)
            nodes = {node.number: node for node in (*pipeline.nodes, *validated.nodes)}
            self._rebuilder.make([*nodes.values()])
        return self._one("train", pipeline)

    def validated_with(self, pipeline: PipelineSpec) -> PipelineLoader:
        """Return what is validated with; errors are those of ``trained_on``."""
        self._refuse_other(pipeline)
        return self._one("validate", pipeline)

    def _refuse_other(self, validated: PipelineSpec) -> None:
        with self._splits.validating(arrays=bool(self._plan.data)):
            for each in validated.directories:
                self._decoded.of(each, self._splits.to_validate(each))

    def anew(self, pipeline: PipelineSpec) -> PipelineLoader:
        """Return what is trained on as it was before any training; nothing is drawn for it."""
        rebuilder = Rebuilder(self._own, draws=False)
        return self._loader(pipeline, rebuilder)

    def everything(self, pipeline: PipelineSpec) -> FolderSamples:
        """Return all images of what is trained on, with the labels of this training."""
        stream = stream_of(pipeline)
        folder, _ = self._found(stream.directory, self._splits.dataset)
        return FolderSamples(folder, Steps(stream.steps))

    def apart(self, pipeline: PipelineSpec, place: str) -> FolderSamples:
        """Return all images of another split, shown as those that are trained on are.

        Args:
            pipeline: What is trained on.
            place: Of the other split among the plan's.
        """
        stream = stream_of(pipeline)
        folder = self._decoded.all_of(stream.directory, Path(self._plan.splits[place]))
        return FolderSamples(folder, Steps(stream.steps))

    def same_images(self, trained_on: PipelineSpec, validated: Source | None) -> bool:
        """Whether it validates with images that it trains on, though there are other splits."""
        if not isinstance(validated, PipelineSpec) or not self._splits.others:
            return False
        if not all(map(self._splits.is_trained_on, validated.directories)):
            return False
        return self._places(validated) <= self._places(trained_on)

    def _places(self, pipeline: PipelineSpec) -> set[int]:
        if stream_of(pipeline).images is None:
            return set()
        ((shown,),) = places([pipeline], self._own)
        return set(shown.tolist())

    def division(self, trained_on: PipelineSpec, validated: PipelineSpec) -> dict[str, Any] | None:
        """Return how images are divided, as fields of evidence; None where a dataset has no end.

        Args:
            trained_on: One dataset.
            validated: The other.
        """
        if None in {stream_of(each).images for each in (trained_on, validated)}:
            return None
        folders = [self._own(each.directories[0])[0] for each in (trained_on, validated)]
        shown = [
            [set(each.tolist()) for each in passes]
            for passes in places([trained_on, validated], self._own, PASSES)
        ]
        return divided(folders, shown)

    def _anywhere(self, made: DirectorySpec) -> Path:
        """Return the folder of what was found to be of one that it may be of."""
        return self._splits.to_validate(made)

    def _own(self, made: DirectorySpec) -> tuple[DecodedFolder, Path]:
        path = self._anywhere(made)
        return self._decoded.of(made, path), path

    def _found(self, made: DirectorySpec, path: Path) -> tuple[DecodedFolder, Path]:
        folder = self._decoded.of(made, path)
        if not self._plan.exchanged:
            return folder, path
        if id(folder) not in self._exchanged:
            self._exchanged[id(folder)] = folder.exchanged(mirrored=self._plan.mirrored)
        return self._exchanged[id(folder)], path

    def _one(self, purpose: str, pipeline: PipelineSpec) -> PipelineLoader:
        key = (purpose, canonical(pipeline))
        if key not in self._made:
            self._made[key] = self._loader(pipeline, self._rebuilder)
        return self._made[key]

    def _loader(self, pipeline: PipelineSpec, rebuilder: Rebuilder) -> PipelineLoader:
        stream, images = stream_of(pipeline), None
        dataset = rebuilder.dataset(pipeline)
        if stream.images is not None:
            ((shown,),) = places([pipeline], self._own)
            images = len(shown)
        return PipelineLoader(stream, dataset, images, augmenting.of_layers(_steps(pipeline)))


def _steps(pipeline: PipelineSpec) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield all that mapped functions do to images."""
    maps = (node.made for node in pipeline.nodes if isinstance(node.made, MapSpec))
    for made in maps:
        yield from ((step.name, objects.plain(step.arguments)) for step in made.x)
