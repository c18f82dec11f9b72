"""An edition of an assignment that is not graded any more."""

from collections.abc import Callable, Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retired:
    """An edition that is recognised but not graded any more.

    Args:
        id: Stable name, such as ``course-2019``.
        title: The edition's name as students know it.
        recognise: Whether the code of all cells together, without comments, is of this edition;
            the graded names of later editions for which there is a cell tell against it.
        fix: What a student does about it.
    """

    id: str
    title: str
    recognise: Callable[[str, Collection[str]], bool]
    fix: str
