"""A described ``tf.data.Dataset`` as ``fit`` is given it, and all images of its folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf

from grader.training.decoded_folders import DecodedFolder
from grader.training.mapped import Steps
from grader.training.rebuilt import Dataset, as_it_is
from grader.training.results import Array
from grader.training.shown import ShownFiles
from grader.training.stream import Stream


class PipelineLoader:
    """A dataset that was made again, which remembers which images it gave in which batch.

    Args:
        stream: What it yields.
        dataset: What it was made to, with places of images as a third part.
        images: How many a pass has; None where it does not end.
        augmentation: What mapped layers draw anew for each image, by how much each way.
    """

    def __init__(
        self,
        stream: Stream,
        dataset: Dataset,
        images: int | None,
        augmentation: Mapping[str, float],
    ) -> None:
        self.type = type(dataset).__name__
        self.n = images
        self.batch_size = stream.batch
        self.num_classes = len(stream.directory.classes)
        self.class_names = list(stream.directory.classes)
        self.target_size = stream.sample[:2]
        self.one_hot = stream.one_hot
        self.subset = stream.directory.settings.get("subset")
        self.augmentation = augmentation
        self._dataset = dataset
        self._given: list[frozenset[int]] = []
        self.shown = ShownFiles(self._given)

    def to_train(self) -> dict[str, Any]:
        """Return the arguments of ``fit`` that it is handed over with."""
        # Keras warns of data that would be shuffled and is a dataset.
        return {"x": self._dataset.map(as_it_is(self._noting)), "shuffle": False}

    def to_validate(self) -> Any:  # noqa: ANN401 - TensorFlow has no types
        """Return what ``validation_data`` is."""
        return self._dataset.map(as_it_is(lambda x, y, _: (x, y)))

    def __getitem__(self, batch: int) -> tuple[Array, Array]:
        """Return a batch of one more pass, which no training should be under way with."""
        found = self._dataset.skip(batch).take(1).as_numpy_iterator()
        x, y, _ = next(iter(found))
        return x, y

    def _noting(self, x: Any, y: Any, places: Any) -> tuple[Any, Any]:  # noqa: ANN401 - tensors
        noted = tf.numpy_function(self._note, [places], tf.int64)
        with tf.control_dependencies([noted]):
            return tf.identity(x), tf.identity(y)

    def _note(self, places: Array) -> Array:
        self._given.append(frozenset(np.atleast_1d(places).tolist()))
        return np.array(len(places), dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class FolderSamples:
    """All images of a folder, changed as those are that a dataset yields, and not at random.

    Args:
        folder: The images.
        steps: What is done to them.
    """

    folder: DecodedFolder
    steps: Steps

    @property
    def n(self) -> int:
        """How many there are."""
        return len(self.folder.labels)

    def shifted(self, classes: int) -> Array:
        """Return for each label that of the class some places further in the alphabet."""
        names = self.folder.names
        labels = [names.index(name) for name in sorted(names)]
        table = dict(zip(labels, np.roll(labels, -classes), strict=True))
        return np.array([table[label] for label in range(len(labels))])

    def chosen(self, rows: Array) -> tuple[Array, Array]:
        """Return images (rows, ...) and the numbers of their classes (rows,)."""
        images = tf.cast(tf.gather(self.folder.images, rows), self.folder.dtype)
        return np.asarray(self.steps(images), dtype=np.float32), self.folder.labels[rows]
