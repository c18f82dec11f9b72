"""What each kind of graded part provides."""

import keyword
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar

from grader.checked import PartEvidence, Raised
from grader.errors import GraderError
from grader.records import PlannedCell

View = TypeVar("View")
# Reads so many bytes of a file below the notebook's folder, by its path there; raises OSError.
Read = Callable[[str, int], bytes]
# Says what the student's code raised and where, and what to try; empty where nothing is sure.
Explain = Callable[[Raised], tuple[str, str]]
UNDEFINED = "{} is not defined once its cell has run."
NAME = (
    "expected a name of Python, found {!r}. Write one, such as {!r}: letters, digits and "
    "underscores, no spaces"
)
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


class ForgedError(Exception):
    """Evidence that does not answer to what the kernel was asked."""


class OtherImagesError(ForgedError):
    """Other images than those that the kernel was shown."""


class Challenge(Protocol):
    """What one run is asked of one part; made anew for each run."""

    @property
    def sent(self) -> Mapping[str, object]:
        """What the kernel is asked with: plain data that ``repr`` writes as Python reads it.

        What it should answer is not in there.
        """

    def compare(self, record: Any, read: Read) -> PartEvidence:
        """Put what the grader knows in the place of what the kernel claims.

        Args:
            record: What the kernel said, of this kind's own record.
            read: Reads a file that the notebook left.

        Raises:
            ForgedError: It does not answer to what was sent.
            PartError: Code of the author's failed.
        """


class Named:
    """The challenge of a part that is asked for by its name alone."""

    sent: Mapping[str, object] = MappingProxyType({})

    def compare(self, record: PartEvidence, _: Read) -> PartEvidence:
        """Believe what the kernel says."""
        return record


class Setting(Protocol):
    """What all parts of a kind find around them in one run while they are looked at."""

    def shown(self) -> AbstractContextManager[None]:
        """Have it there meanwhile."""

    def compare(self, record: PartEvidence) -> PartEvidence:
        """Compare what was observed with what was there.

        Args:
            record: Of a part of this kind.

        Raises:
            ForgedError: Something else was seen.
        """


@dataclass(frozen=True)
class GradedPart(ABC):
    """What an author asks for of one graded part, of whichever kind.

    Args:
        name: The graded name: what a cell of the student's defines.
    """

    kind: ClassVar[str]
    record: ClassVar[type[PartEvidence]]
    # Evidence of this kind is kept in a table of this name; where it is empty, among all others.
    table: ClassVar[str] = ""
    # Whether it returns images for training.
    loads: ClassVar[bool] = False

    name: str

    def __post_init__(self) -> None:
        self.require_name(self.name, "train")

    @property
    def variable(self) -> str | None:
        """Where a given cell keeps what it returns."""
        return None

    @property
    def after_call(self) -> bool:
        """Whether it is observed only after given cells that call it, not once it is defined."""
        return False

    @property
    def request(self) -> Self:
        """What is to be observed of it."""
        return self

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
    def setting(
        cls,
        dataset: Path | None,  # noqa: ARG003 - of no use to most kinds
        copies: Sequence[Path],  # noqa: ARG003 - likewise
        make_folder: Callable[[], AbstractContextManager[Path]],  # noqa: ARG003 - likewise
    ) -> AbstractContextManager[Setting | None]:
        """Make what parts of this kind find around them in one run; None for nothing else.

        Args:
            dataset: The images, with one sub-folder for each class; None where there are none.
            copies: The copies of them that the kernel sees.
            make_folder: Makes a folder that no kernel can reach.
        """
        return nullcontext()

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
        told = NAME.format(name, example)
        if not isinstance(name, str) or not name.isidentifier() or keyword.iskeyword(name):
            raise self.error(f"{what}; {told}" if what else told)

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
