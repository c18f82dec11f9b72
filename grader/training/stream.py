"""What one pass over a described ``tf.data.Dataset`` yields."""

import math
from dataclasses import dataclass

from grader.training.axes import Shape
from grader.training.description import ObjectSpec
from grader.training.pipeline_specs import DirectorySpec

BYTES = {"float16": 2, "float32": 4, "float64": 8, "uint8": 1, "int32": 4}


@dataclass(frozen=True, slots=True)
class Stream:
    """What one pass over a dataset yields; of numbers that depend on chance, the most.

    Args:
        directory: What its images come from; of several folders, the first.
        steps: What is done to every image alike.
        sample: Height, width and channels of each image.
        dtype: Type of its numbers.
        labels: Lengths of each label.
        batch: Images of an element; None where each is an image.
        elements: How many elements there are; None where they do not end.
        images: How many images there are, each as often as it comes; None likewise.
        mixed: Whether images of all classes come in mixed order.
        held: Bytes that are kept of it: decoded images, caches, buffers.
    """

    directory: DirectorySpec
    steps: tuple[ObjectSpec, ...]
    sample: Shape
    dtype: str
    labels: Shape
    batch: int | None
    elements: int | None
    images: int | None
    mixed: bool
    held: int

    @property
    def one_hot(self) -> bool:
        """Whether each label is a row of zeros and a one."""
        return bool(self.labels) and self.labels[-1] > 1

    @property
    def element_bytes(self) -> int:
        """Bytes of the images of an element."""
        return (self.batch or 1) * math.prod(self.sample) * BYTES[self.dtype]

    @property
    def bytes(self) -> int:
        """Bytes of all images of a pass that ends."""
        return (self.images or 0) * math.prod(self.sample) * BYTES[self.dtype]
