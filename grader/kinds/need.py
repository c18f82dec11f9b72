"""The evidence that a check asks for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True)
class Need(Generic[T_co]):
    """Evidence that a check asks for.

    Args:
        name: What it is, as the attribute of a part is called that gives it.
        part: Graded name of the part whose evidence it is.
        find: Finds it in a run, an ``Observed``. It raises ``Absent`` where there is none through
            the student's own doing, and ``ProbeFault`` where the grader failed to observe it.
    """

    name: str
    part: str
    find: Callable[[Any], T_co] = field(compare=False, repr=False)


@dataclass(frozen=True)
class Claim(Generic[T_co]):
    """What only a notebook's kernel says: no evidence, and no check gets it whose points count.

    Args:
        name: What it is, as the attribute of a part is called that gives it.
        part: Graded name of the part that it is about.
        find: Finds it in a run, as that of a ``Need``.
    """

    name: str
    part: str
    find: Callable[[Any], T_co] = field(compare=False, repr=False)
