"""How a ``tf.data.Dataset`` was made, in plain records that hold no image, no code and no path.

``pipelines.read_pipeline`` alone makes them, so whoever holds one may rely on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, Union

if TYPE_CHECKING:
    from grader.training.description import ObjectSpec, Value


@dataclass(frozen=True, slots=True)
class DirectorySpec:
    """What ``image_dataset_from_directory`` returned.

    Args:
        settings: Its keyword arguments, without folder and classes. ``subset`` is the part of
            ``validation_split`` that this dataset shows, and ``both`` whether one call made both.
        classes: Names of the classes, in the order of their labels.
        files: What ``digest`` makes of the files in the folder, those of the other part included.
        images: How many files these are.
        folder: Its place in the layout of a run, with ``/``, if that is the place of a split;
            empty where it is not, or the dataset is not divided.
    """

    settings: Mapping[str, "Value"]
    classes: tuple[str, ...]
    files: str
    images: int
    folder: str = ""


@dataclass(frozen=True, slots=True)
class MapSpec:
    """What a mapped function does.

    Args:
        x: To images, step by step: what ``tables.pipelines.STEPS`` has, or a layer.
        y: To labels, likewise; no layers.
    """

    x: tuple["ObjectSpec", ...] = ()
    y: tuple["ObjectSpec", ...] = ()


Made: TypeAlias = Union[DirectorySpec, MapSpec, "ObjectSpec"]


@dataclass(frozen=True, slots=True)
class DatasetNode:
    """One dataset, and what it was made of.

    Args:
        number: The datasets of one ``fit`` are numbered in the order in which they were made. What
            has the same number in training and in validation is the same dataset, and is shuffled
            by the same generator.
        made: The call that made it: an ``ObjectSpec`` is the method's name and its arguments.
        inputs: Numbers of the datasets that it was made of.
    """

    number: int
    made: Made
    inputs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PipelineSpec:
    """A dataset, and all that it was made of.

    Args:
        nodes: In the order of their numbers; the last one is what ``fit`` was given.
    """

    nodes: tuple[DatasetNode, ...] = field(default_factory=tuple)

    @property
    def directories(self) -> tuple[DirectorySpec, ...]:
        """What was made of folders."""
        return tuple(node.made for node in self.nodes if isinstance(node.made, DirectorySpec))
