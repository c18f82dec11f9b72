"""What one run is asked of one graded part, and how its answer is compared."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from grader.checked import PartEvidence

# Reads so many bytes of a file below the notebook's folder, by its path there; raises OSError.
Read = Callable[[str, int], bytes]
_NOTHING: Mapping[str, object] = MappingProxyType({})


class ForgedError(Exception):
    """Evidence that does not answer to what the kernel was asked."""


class OtherImagesError(ForgedError):
    """Other images than those that the kernel was shown."""


class OtherSamplesError(OtherImagesError):
    """Other samples than those of the file that the kernel was shown."""


class SampleLevels(Protocol):
    """By which levels samples are known that were drawn."""

    @property
    def values(self) -> tuple[float, ...]:
        """Each from 0, the least value of a sample, to 1, the greatest."""

    @property
    def labelled(self) -> bool:
        """Whether samples of one class, and no others, have the same level."""


# Writes what is like a split, with drawn samples, to a place; None where it cannot.
Redraw = Callable[[Path, Path], SampleLevels | None]


def never_drawn(_: Path, __: Path) -> None:
    """Draw nothing."""


@dataclass(frozen=True, slots=True)
class SplitCopy:
    """A split of a dataset that is divided, in one run.

    Args:
        name: Its name in the dataset.
        source: The grader's own copy: a folder or a file.
        copy: The copy that the kernel sees.
        labelled: Whether it has a folder for each class.
        redraw: Writes what is like it, with drawn samples.
    """

    name: str
    source: Path
    copy: Path
    labelled: bool
    redraw: Redraw = never_drawn


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


@dataclass(frozen=True, slots=True)
class Named:
    """The challenge of a part that is asked for by its name, and by what its author says of it.

    Args:
        sent: What the author says.
    """

    sent: Mapping[str, object] = field(default_factory=lambda: _NOTHING)

    def compare(self, record: PartEvidence, _: Read) -> PartEvidence:
        """Believe what the kernel says."""
        return record


class Fixture(Protocol):
    """What all parts of a kind find around them in one run while they are looked at."""

    def shown(self) -> AbstractContextManager[None]:
        """Have it there meanwhile."""

    def compare(self, record: PartEvidence, split: str | None) -> PartEvidence:
        """Compare what was observed with what was there.

        Args:
            record: Of a part of this kind.
            split: The split that the part is of; None for what is trained on.

        Raises:
            ForgedError: Something else was seen.
        """
