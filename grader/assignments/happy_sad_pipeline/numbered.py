"""Folders of pictures of which each is told by its colour, to see how they are divided."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.random import Generator
from PIL import Image

from grader.assignments.happy_sad_pipeline.images import CLASSES
from grader.authoring import Absent, FunctionView, MadeFolder

PASSES, PARTS = 2, 3
_SIDE = 8


def some_numbered(generator: Generator) -> tuple[MadeFolder, int]:
    """Draw a folder of pictures, no two of one colour, and say how often to go through it."""
    counts = [int(count) for count in generator.integers(153, 161, len(CLASSES))]
    colours = iter(generator.permutation(256**2)[: sum(counts)])
    return (
        MadeFolder(
            {
                f"{label}/{number:03d}.png": _picture(int(next(colours)))
                for label, count in zip(CLASSES, counts, strict=True)
                for number in range(count)
            }
        ),
        PASSES,
    )


def _picture(colour: int) -> bytes:
    file = io.BytesIO()
    # Each has a white corner, so that scaling by the brightest pixel changes nothing.
    pixels = np.full((_SIDE, _SIDE, 3), (colour // 256, colour % 256, 128), np.uint8)
    pixels[0, 0] = 255
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def no_names(folder: str, passes: int) -> int:
    """Return how many pictures there are: which are in which part is the student's choice.

    Args:
        folder: With a folder for each class.
        passes: How often it is gone through.
    """
    del passes
    return sum(len(list(place.iterdir())) for place in Path(folder).iterdir())


@dataclass(frozen=True)
class ShownParts:
    """What passes over the three parts of a folder have shown, as names of pictures.

    Args:
        there: How many pictures the folder has.
        parts: Of each part, the names in each pass.
    """

    there: int
    parts: Sequence[Sequence[Sequence[str]]]

    @property
    def ever(self) -> list[set[str]]:
        """The pictures of each part, of all passes together."""
        return [set(chain.from_iterable(passes)) for passes in self.parts]

    @property
    def first(self) -> list[list[str]]:
        """The pictures of each part, in the first pass."""
        return [list(passes[0]) for passes in self.parts]


def all_shown(function: FunctionView) -> list[ShownParts]:
    """Return what a function tells of the parts of each folder that it was called with.

    Args:
        function: As checks get it.

    Raises:
        Absent: It raised, or returned something else.
    """
    if not function.calls:
        raise Absent("parts_shown", f"parts_shown is no function: {function.agrees().actual}.")
    return [_shown(call) for call in function.calls]


def _shown(call: Any) -> ShownParts:  # noqa: ANN401 - the view's own class is none of an author's
    if call.answer.outcome != "value":
        raise Absent("parts_shown", f"{call.agrees().actual}.")
    if not _is_named(value := call.value):
        raise Absent(
            "parts_shown",
            f"{call.words} returned no names of pictures for {PARTS} parts and {PASSES} passes.",
            "Does it return a list for each part, with a list of names for each pass?",
        )
    return ShownParts(call.expected, value)


def _is_named(value: object) -> bool:
    """Whether it is a list of parts, each a list of passes, each a list of names."""
    if not isinstance(value, list | tuple) or len(value) != PARTS:
        return False
    passes = [each for part in value if isinstance(part, list | tuple) for each in part]
    whole = len(passes) == PARTS * PASSES
    return whole and all(
        isinstance(each, list | tuple) and all(isinstance(name, str) for name in each)
        for each in passes
    )
