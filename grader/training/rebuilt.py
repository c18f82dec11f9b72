"""Makes a described ``tf.data.Dataset`` again, of images that were decoded before.

Its elements have a third part: the places of their images in the folder, by which it is known which
images an epoch has shown.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import tensorflow as tf

from grader.training import objects
from grader.training.decoded_folders import DecodedFolder
from grader.training.description import ObjectSpec, canonical
from grader.training.mapped import Mapped
from grader.training.pipeline_specs import DatasetNode, DirectorySpec, MapSpec, PipelineSpec
from grader.training.results import Array
from grader.training.stream_calls import made_ready

Find: TypeAlias = Callable[[DirectorySpec], tuple[DecodedFolder, Path]]
Dataset: TypeAlias = Any
_KERAS_BATCH = 32
# keras.utils.image_dataset_from_directory draws its seeds below this one, and buffers as many.
_MOST_SEED, _BUFFERED_BATCHES, _BUFFERED_IMAGES = 10**6, 8, 1_024


def as_it_is(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that TensorFlow does not write anew: there is nothing in it to be."""
    kept: Callable[..., Any] = tf.autograph.experimental.do_not_convert(function)
    return kept


class Rebuilder:
    """Makes datasets again, each once: what was made of the same one shares its generator.

    Args:
        find: Returns the images of a folder that a dataset was made of, and where they are.
        draws: Whether seeds that nobody named are drawn as the student's code would; otherwise
            they are fixed, and no random state is touched.
        bare: Whether elements are the places of images alone.
    """

    def __init__(self, find: Find, *, draws: bool = True, bare: bool = False) -> None:
        self._find = find
        self._draws = draws
        self._bare = bare
        self._made: dict[bytes, Dataset] = {}

    def dataset(self, pipeline: PipelineSpec) -> Dataset:
        """Return what ``fit`` was given; errors are those of the function that finds folders."""
        self.make(pipeline.nodes)
        return self._made[_key(pipeline.nodes, pipeline.nodes[-1])]

    def make(self, nodes: Sequence[DatasetNode]) -> None:
        """Make datasets in the order of their numbers, as the student's code did.

        Args:
            nodes: All of them, with those that they are made of; each once.
        """
        known = {node.number: node for node in nodes}
        for node in sorted(nodes, key=lambda node: node.number):
            key = _key(nodes, node)
            if key not in self._made:
                of = [self._made[_key(nodes, known[number])] for number in node.inputs]
                self._made[key] = self._one(node, of)

    def _one(self, node: DatasetNode, of: list[Dataset]) -> Dataset:
        made = node.made
        if isinstance(made, DirectorySpec):
            return self._directory(made, node.number)
        if isinstance(made, MapSpec):
            return of[0] if self._bare else of[0].map(as_it_is(Mapped(made)))
        if made.name == "shuffle":
            return self._shuffled(of[0], made, node.number)
        return _called(made, of)

    def _seed(self, seed: object, number: int) -> int | None:
        """Return a seed that was named, or one for the dataset of this number."""
        if seed is not None or self._draws:
            return None if seed is None else int(str(seed))
        return number + 1

    def _shuffled(self, dataset: Dataset, made: ObjectSpec, number: int) -> Dataset:
        given = objects.plain(made.arguments)
        return dataset.shuffle(**given | {"seed": self._seed(given.get("seed"), number)})

    def _directory(self, made: DirectorySpec, number: int) -> Dataset:
        settings = objects.plain(made.settings)
        folder, path = self._find(made)
        seed = self._seed(settings.get("seed"), number)
        # As Keras draws it, whether it is needed or not.
        seed = int(np.random.randint(_MOST_SEED)) if seed is None else seed  # noqa: NPY002
        size = settings.get("batch_size", _KERAS_BATCH)
        held_back = settings.get("both") and settings.get("subset") == "validation"
        dataset: Dataset = tf.data.Dataset.from_tensor_slices(folder.order(made, path, seed))
        if settings.get("shuffle", True) and not held_back:
            buffered = size * _BUFFERED_BATCHES if size else _BUFFERED_IMAGES
            dataset = dataset.shuffle(buffered, seed=seed)
        if not self._bare:
            dataset = dataset.map(as_it_is(_decoded(folder, settings["label_mode"])))
        return dataset.batch(size) if size else dataset


def _key(nodes: Sequence[DatasetNode], last: DatasetNode) -> bytes:
    """Return by what a dataset is known: itself, and all that it is made of."""
    known, numbers, left = {node.number: node for node in nodes}, set[int](), [last.number]
    while left:
        number = left.pop()
        if number not in numbers:
            numbers.add(number)
            left.extend(known[number].inputs)
    return canonical([known[number] for number in sorted(numbers)])


def _decoded(folder: DecodedFolder, mode: str) -> Callable[[Any], tuple[Any, Any, Any]]:
    images, labels = folder.images, tf.constant(folder.labels)
    classes = len(folder.names)

    def element(place: Any) -> tuple[Any, Any, Any]:  # noqa: ANN401 - a tensor
        label = tf.cast(tf.gather(labels, place), tf.int32)
        if mode == "binary":
            label = tf.expand_dims(tf.cast(label, tf.float32), -1)
        elif mode == "categorical":
            label = tf.one_hot(label, classes)
        return tf.cast(tf.gather(images, place), folder.dtype), label, place

    return element


def _called(made: ObjectSpec, of: list[Dataset]) -> Dataset:
    arguments: Mapping[str, Any] = objects.plain(made.arguments)
    if made.name == "prefetch":
        return of[0].prefetch(made_ready(arguments["buffer_size"]))
    if made.name == "cache":
        cached = of[0].cache()
        if arguments.get("filled"):
            cached.reduce(np.int64(0), lambda count, *_: count + 1)
        return cached
    return getattr(of[0], made.name)(*of[1:], **arguments)


def places(pipelines: Sequence[PipelineSpec], find: Find, passes: int = 1) -> list[list[Array]]:
    """Return which images passes over datasets show, of each dataset for each pass.

    Args:
        pipelines: The datasets, which must end; passes are made over them in turn, as by ``fit``.
        find: As for ``Rebuilder``.
        passes: How many over each of them.

    Returns:
        For each dataset the places of the images of each pass, (images,).
    """
    rebuilder = Rebuilder(find, draws=False, bare=True)
    rebuilder.make([*{node.number: node for each in pipelines for node in each.nodes}.values()])
    datasets = [rebuilder.dataset(each) for each in pipelines]
    found: list[list[Array]] = [[] for _ in pipelines]
    for _ in range(passes):
        for shown, dataset in zip(found, datasets, strict=True):
            shown.append(np.concatenate([*dataset.as_numpy_iterator()]))
    return found
