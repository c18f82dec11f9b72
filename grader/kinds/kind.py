"""What each kind of graded part provides."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from grader.checked import PartEvidence, Raised
from grader.errors import GraderError
from grader.goals import Goal
from grader.kinds import names
from grader.kinds.challenge import Challenge, Fixture, SplitCopy
from grader.kinds.need import Need
from grader.kinds.observing import observed_as
from grader.records import PlannedCell

View = TypeVar("View")
# Says what the student's code raised and where, and what to try; empty where nothing is sure.
Explain = Callable[[Raised], tuple[str, str]]
UNDEFINED = "{} is not defined once its cell has run."
DEFINE = "Does the cell define {} under that very name, and not within something else?"


def plainly(raised: Raised) -> tuple[str, str]:
    """Explain an exception where nothing is known of the notebook that it came of.

    Args:
        raised: The exception.
    """
    message = f": {raised.message}" if raised.message else ""
    return f"raised {raised.name}{message}".rstrip("."), ""


class PartError(GraderError):
    """A part that an author cannot ask for so, or code of an author's that does not do its part."""


@dataclass(frozen=True)
class GradedPart(ABC):
    """What an author asks for of one graded part, of whichever kind.

    Args:
        name: The graded name: what a cell defines, or a call that it makes, such as ``model.fit``.
    """

    kind: ClassVar[str]
    record: ClassVar[type[PartEvidence]]
    # Evidence of this kind is kept in a table of this name; where it is empty, among all others.
    table: ClassVar[str] = ""
    # Whether it returns images for training, whether it may build a model, whether it trains one,
    # whether a call may be its name.
    loads: ClassVar[bool] = False
    builds: ClassVar[bool] = False
    trains: ClassVar[bool] = False
    names_calls: ClassVar[bool] = False

    name: str

    def __post_init__(self) -> None:
        if fault := names.fault_of_graded(self.name, calls=self.names_calls):
            raise self.error(fault)

    @property
    def variable(self) -> str | None:
        """Where a given cell keeps what it returns."""
        return None

    @property
    def after_call(self) -> bool:
        """Whether it is observed only after given cells that call it, not once it is defined."""
        return False

    @property
    def split(self) -> str | None:
        """The split of the dataset that it is of; None for what a model is trained on."""
        return None

    @property
    def trained_on(self) -> "GradedPart | None":
        """The part whose images it trains on; None where it trains nothing."""
        return None

    @property
    def data(self) -> str:
        """Name of the arrays that it trains on: ``SPLIT``, or ``SPLIT/PART``; empty of none."""
        return ""

    @property
    def validation(self) -> str:
        """Name of those that its goals of validation data are measured on; empty of none."""
        return ""

    @property
    def test(self) -> str:
        """The same of test data."""
        return ""

    @property
    def goals(self) -> tuple[Goal, ...]:
        """What its training must come to."""
        return ()

    @property
    def training(self) -> Need[Any] | None:
        """The evidence of its training; None where it trains nothing."""
        return None

    @property
    def saves(self) -> str:
        """Path of the file that a model is saved to; empty of none."""
        return ""

    @property
    def most_epochs(self) -> int:
        """How many epochs of its training are looked at."""
        return 0

    @property
    def key(self) -> tuple[str, str]:
        """Under which evidence has what was observed of it."""
        return observed_as(self.record), self.name

    @property
    def inside(self) -> str:
        """Module whose function ``look(asked, notebook)`` is called inside the kernel."""
        return f"{__package__}.{self.kind}.inside"

    @property
    def missing(self) -> tuple[str, str]:
        """What is said where nothing was observed and the run shows no reason, and a hint."""
        return UNDEFINED.format(self.name), DEFINE.format(self.name)

    def is_due(self, cell: PlannedCell, *, trains: bool, last: bool) -> bool:  # noqa: ARG002
        """Whether what is seen of it may be otherwise after a cell.

        Args:
            cell: The cell.
            trains: Whether it calls a part that trains.
            last: Whether it is the last one.
        """
        if last or self.after_call:
            return last or self.name in cell.calls
        # Whoever defines a name, or calls it, writes it.
        named = re.search(rf"\b{re.escape(self.name)}\b", cell.source)
        return cell.name == self.name or named is not None

    @abstractmethod
    def challenge(self, random: bytes) -> Challenge:
        """Make what one run is asked.

        Args:
            random: 32 bytes, drawn anew for each run.

        Raises:
            PartError: Code of the author's failed.
        """

    @classmethod
    def fixture(
        cls,
        dataset: Path | None,  # noqa: ARG003 - of no use to most kinds
        copies: Sequence[Path],  # noqa: ARG003 - likewise
        others: Sequence[SplitCopy],  # noqa: ARG003 - likewise
        make_folder: Callable[[], AbstractContextManager[Path]],  # noqa: ARG003 - likewise
    ) -> AbstractContextManager[Fixture | None]:
        """Make what parts of this kind find around them in one run; None for nothing else.

        Args:
            dataset: The images, with one sub-folder for each class; None where there are none.
            copies: The copies of them that the kernel sees.
            others: Other splits that parts of this kind are of.
            make_folder: Makes a folder that no kernel can reach.
        """
        return nullcontext()

    def unwatched(self, record: PartEvidence) -> PartEvidence | None:  # noqa: ARG002
        """Return what still holds of it where a notebook replaces parts of what watches it.

        What answers to a challenge does, or lies in a file; not what only the kernel says.

        Args:
            record: What was observed, compared; None is returned where nothing does.
        """
        return None

    def instead(self, record: PartEvidence) -> tuple[str, str] | None:  # noqa: ARG002
        """Say what the student made in the place of such a part, and a hint; None if it is one.

        Whatever goes wrong with it elsewhere is then told as the failure of this part.

        Args:
            record: What was observed, compared.
        """
        return None

    def is_meant(self, record: PartEvidence, raised: Raised) -> bool:  # noqa: ARG002
        """Whether an exception is about what the student made in the place of such a part.

        Args:
            record: What was observed, compared.
            raised: The exception.
        """
        return f"{self.name}(" in raised.source_line or f"'{self.name}' object" in raised.message

    def require_name(self, name: object, example: str, what: str = "") -> None:
        """Make sure that something is a name that a notebook can define.

        Args:
            name: Anything.
            example: A name that would do.
            what: What it is the name of, where it is not the graded one.

        Raises:
            PartError: It is none.
        """
        if fault := names.fault(name, example, what):
            raise self.error(fault)

    def error(self, words: str) -> PartError:
        """Return what is wrong with the part, for its author."""
        return PartError(f"{type(self).__name__}({self.name!r}): {words}.")


@dataclass(frozen=True)
class Part(GradedPart, Generic[View]):
    """A graded part of which checks get one thing, its view; it stands for that in a rubric.

    Args:
        variable: Where a given cell keeps what it returns.
        after_call: Observe only after given cells that call it, not once it is defined.
    """

    variable: str | None = field(default=None, kw_only=True)
    after_call: bool = field(default=False, kw_only=True)

    @abstractmethod
    def view(self, record: PartEvidence, explain: Explain = plainly) -> View:
        """Return what checks get.

        Args:
            record: What was observed, compared.
            explain: Explains exceptions of the student's code.
        """
