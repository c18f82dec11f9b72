"""What one run is asked of one graded part, and how its answer is compared."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import Any, Protocol

from grader.checked import PartEvidence

# Reads so many bytes of a file below the notebook's folder, by its path there; raises OSError.
Read = Callable[[str, int], bytes]


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


class Fixture(Protocol):
    """What all parts of a kind find around them in one run while they are looked at."""

    def shown(self) -> AbstractContextManager[None]:
        """Have it there meanwhile."""

    def compare(self, record: PartEvidence, *, there: bool) -> PartEvidence:
        """Compare what was observed with what was there.

        Args:
            record: Of a part of this kind.
            there: Whether it was there for this part.

        Raises:
            ForgedError: Something else was seen.
        """
