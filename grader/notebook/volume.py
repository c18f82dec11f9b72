"""How much code a submission may have: so much that planning its run takes about a second.

The limits are counts, not times, so that a submission is refused on every machine or on none.
Standard library only, and any Python 3.8 or newer: see ``source.py``.
"""

from __future__ import annotations

from collections.abc import Iterable

from grader.errors import RejectedError
from grader.notebook.source import MAX_PARSED

# A long notebook of an assignment has some 500 lines and 20,000 characters.
MAX_LINES = 10_000
MAX_CHARACTERS = 250_000
# Cells that are too long to be parsed hold data, such as a picture in base64.
MAX_DATA = 2_000_000


def refuse_too_much(texts: Iterable[str], whose: str = "Its") -> None:
    """Refuse a notebook with more code than anybody writes for an assignment.

    Args:
        texts: What is in its code cells.
        whose: How the message begins.

    Raises:
        RejectedError: It has; the message says how much it has and how much it may have.
    """
    texts = list(texts)
    parsed = sum(len(text) for text in texts if len(text) <= MAX_PARSED)
    _refuse(sum(text.count("\n") + 1 for text in texts), MAX_LINES, whose, "lines")
    _refuse(parsed, MAX_CHARACTERS, whose, "characters of code")
    _refuse(sum(map(len, texts)), MAX_DATA, whose, "characters")


def _refuse(found: int, most: int, whose: str, what: str) -> None:
    if found > most:
        raise RejectedError(
            "too-much-code",
            f"{whose} code cells have {found:,} {what} together, at most {most:,} are accepted.",
            "Remove the cells that the assignment does not need, and try again.",
        )
