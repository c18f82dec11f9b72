"""Knows whether what was drawn was drawn by the code that draws it now."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from grader.assignments.assignment import Assignment
from grader.assignments.digests.settings import Settings
from grader.assignments.digests.sources import Sources
from grader.datasets import Dataset, Split
from grader.datasets.mark import read_mark, write_mark
from grader.datasets.places import expected_at


def undrawn(dataset: Dataset) -> list[tuple[Split, Path]]:
    """Return the splits that will be drawn when they are first needed, with their places."""
    places = [(each, expected_at(dataset, each)) for each in dataset.all_splits if each.drawn]
    return [(split, place) for split, place in places if not place.exists()]


def mark(assignment: Assignment, split: Split, place: Path) -> None:
    """Mark a split that has just been drawn for an assignment; what has a record needs no mark."""
    code = None if split.recorded else _code(assignment, split)
    if code:
        write_mark(place, assignment.id, code)


def remarks(assignment: Assignment, dataset: Dataset) -> Iterator[str]:
    """Say which splits in their own places were drawn by other code than there is now."""
    for split in dataset.all_splits:
        place = expected_at(dataset, split)
        known = read_mark(place) if split.drawn and not split.recorded else None
        if known is None or known.assignment != assignment.id:
            continue
        if known.code != _code(assignment, split) and known.is_of(place):
            yield (
                f"The data of {split.id} in {place} was drawn by an earlier draw, and is graded on "
                "as it is. Delete it, and it is drawn anew when it is next needed."
            )


def _code(assignment: Assignment, split: Split) -> str | None:
    """Return the digest of the code that draws a split; None where it cannot be looked at."""
    try:
        told = Settings(Sources.of(assignment)).of(getattr(split, "draw", None))
        return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    except Exception:  # noqa: BLE001 - an author's code of any kind; it costs no grade
        return None
