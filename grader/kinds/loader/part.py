"""What an author asks for of a loader of images."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

from grader.checked import PartEvidence, Raised
from grader.kinds.batches import Loader, returned_instead
from grader.kinds.challenge import Challenge, Fixture, Named, SplitCopy
from grader.kinds.names import VARIABLE
from grader.kinds.need import Need
from grader.kinds.returned_part import ReturnedPart

_GENERATOR, _METHOD = "ImageDataGenerator", "flow_from_directory"
_INSTEAD = MappingProxyType(
    {
        "nothing": "Does it return what it has made, and is no placeholder left?",
        "class": f"A class makes an instance when it is called, and {_METHOD} is a method of that.",
        "function": "A function gives its result when it is called: are the brackets missing?",
        "collection": f"Return what {_METHOD} gives alone, with nothing beside it or around it.",
        "object": f"Return what {_METHOD} gives: it has the images, in batches.",
    }
)
_SEVERAL = "Return them all, in the order that the notebook names, with commas between them."
# So many may be returned together.
MOST = 10
# Keras, of what fit cannot train on.
_NO_DATA = "Unrecognized data type: x="


@dataclass(frozen=True)
class ImageLoader(ReturnedPart):
    """A function that returns labelled images in batches.

    Args:
        name: Name of the function.
        variable: Where a given cell keeps what it returns.
        split: The split that it is of; None for what the model is trained on.
        item: Of a function that returns several, such as what to train on and what to validate
            with, which of them it is, counted from 0; None of one that returns it alone.

    Raises:
        PartError: It cannot be asked for so.
    """

    kind: ClassVar[str] = "loader"
    record: ClassVar[type[PartEvidence]] = Loader
    table: ClassVar[str] = "loaders"
    loads: ClassVar[bool] = True

    variable: str = ""
    split: str | None = field(default=None, metadata={"later": True})
    item: int | None = field(default=None, metadata={"later": True})

    def __post_init__(self) -> None:
        super().__post_init__()
        self.require_name(self.variable, "batches", VARIABLE)
        if self.item is not None and (type(self.item) is not int or not 0 <= self.item < MOST):
            raise self.error(
                f"item is a whole number from 0 to {MOST - 1}; found {self.item!r}. Write 0 for "
                "the first of what it returns"
            )

    @property
    def loader(self) -> Need[Loader]:
        """What was returned, if it is what the model was trained on."""
        return Need("loader", self.name, self._used)

    @property
    def one_hot(self) -> Need[bool]:
        """Whether labels are vectors of one number a class."""
        return Need("one_hot", self.name, self._one_hot)

    @property
    def scale(self) -> Need[tuple[float, float]]:
        """Least and greatest pixel value that reaches the model's first convolution."""
        return Need("scale", self.name, self._scale)

    @property
    def dataset(self) -> Need[tuple[int, int]]:
        """How many images and classes the dataset has, or its split."""
        return Need("dataset", self.name, lambda seen: seen.counts(self.split))

    def challenge(self, random: bytes) -> Challenge:  # noqa: ARG002 - images are drawn for all
        """Ask for it by its name, and by where it is in what is returned."""
        return Named({} if self.item is None else {"item": self.item})

    @classmethod
    def fixture(
        cls,
        dataset: Path | None,
        copies: Sequence[Path],
        others: Sequence[SplitCopy],
        make_folder: Callable[[], AbstractContextManager[Path]],
    ) -> AbstractContextManager[Fixture | None]:
        """Draw images that all loaders of a run are tried with."""
        from grader.kinds.loader.fixture import drawn_images

        return drawn_images(dataset, copies, others, make_folder)

    def instead(self, record: PartEvidence) -> tuple[str, str] | None:
        """Say what a function returned that should have returned a loader."""
        seen = Loader.model_validate(record)
        if (found := returned_instead(seen.type, seen.returned)) is None:
            return None
        if self.item is not None:
            place = f"number {self.item + 1} of several, with the images, in batches"
            return f"{self.name} returned {found.words}; expected {place}.", _SEVERAL
        its = "its " if seen.type == _GENERATOR else ""
        reason = f"{self.name} returned {found.words}; expected what {its}{_METHOD} gives."
        return reason, _INSTEAD[found.kind]

    def is_meant(self, record: PartEvidence, raised: Raised) -> bool:
        """Whether an exception is about what the function returned."""
        kind = Loader.model_validate(record).type
        return _NO_DATA in raised.message or f"'{kind}' object" in raised.message

    def _used(self, seen: Any) -> Loader:
        from grader.kinds.loader.view.used import used

        return used(seen, self.name)

    def _one_hot(self, seen: Any) -> bool:
        from grader.kinds.loader.view import one_hot

        return one_hot(seen, self.name)

    def _scale(self, seen: Any) -> tuple[float, float]:
        from grader.kinds.loader.view.used import scale

        return scale(seen, self.name)
