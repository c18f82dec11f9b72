"""The grader's notes in a notebook: which ones are missing, and adding them.

The notes are the assignment's id and version on the notebook, the tag ``graded`` on the
cells that the student fills in, and the flags that lock the others. A cell is known by
what it says, never by where it is: a graded one by the name that it defines, any other
by its text.

Standard library only, and any Python 3.8 or newer: see ``source.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import GraderError
from grader.notebook.files import read_notebook
from grader.notebook.keys import DEFINES, MARKED, content, marked_names, places

_ASSIGNMENT = "grader_assignment"
NOTEBOOK_NOTES = (_ASSIGNMENT, "grader_version")
CELL_FLAGS = ("deletable", "editable")

# A student fills in the released notebook where it lies. Solutions have the same cells and
# notes and stay as they are; `.released` is for a kit that is handed out without solutions.
REFERENCE_FOLDERS = ("solutions", ".released", ".")
_BACKUP = re.compile(r"\.backup-\d+\.ipynb$")


@dataclass(frozen=True)
class ReferenceCell:
    """A cell as it was handed out.

    Args:
        key: What the cell is recognised by.
        name: What it must define; empty when it is not graded.
        flags: Its flags against deleting and editing.
        tags: Its tags.
    """

    key: tuple[str, str]
    name: str
    flags: Mapping[str, object]
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Reference:
    """An assignment's notebook as it was handed out."""

    notes: Mapping[str, object]
    cells: tuple[ReferenceCell, ...]

    @property
    def assignment(self) -> str:
        """Id of the assignment."""
        return str(self.notes[_ASSIGNMENT])

    @property
    def graded(self) -> tuple[str, ...]:
        """Names of the graded cells, in order."""
        return tuple(cell.name for cell in self.cells if cell.name)


@dataclass(frozen=True)
class Gap:
    """Notes that one place of a notebook lacks.

    Args:
        cell: Position of the cell, from 0; None for the notebook itself.
        name: What the cell must define; empty when it is not graded.
        notes: What has to be there.
    """

    cell: int | None
    name: str
    notes: Mapping[str, object]


def read_references(folder: Path, of: Path | None = None) -> tuple[Reference, ...]:
    """Read the assignments of a kit's folder of notebooks, one reference for each.

    Args:
        folder: The kit's notebooks.
        of: The notebook that is to be compared with them; nothing is compared with itself, nor
            with a backup of it.
    """
    found: dict[str, Reference] = {}
    for name in REFERENCE_FOLDERS:
        for path in sorted((folder / name).glob("*.ipynb")):
            if _BACKUP.search(path.name) or (of is not None and path.resolve() == of.resolve()):
                continue
            notebook = _try_notebook(path)
            # What is known already need not be read: it may be the student's, and long.
            if notebook and str(_notes(notebook).get(_ASSIGNMENT)) not in found:
                reference = reference_from(notebook)
                found.update({reference.assignment: reference} if reference else {})
    return tuple(found.values())


def reference_from(notebook: Mapping[str, Any]) -> Reference | None:
    """Take a notebook as a reference, or return None when it bears no grader's notes."""
    notes = {key: value for key, value in _notes(notebook).items() if key in NOTEBOOK_NOTES}
    if len(notes) < len(NOTEBOOK_NOTES):
        return None
    return Reference(notes, tuple(_reference_cells(notebook["cells"])))


def choose(notebook: Mapping[str, Any], references: Iterable[Reference]) -> Reference | None:
    """Find the assignment of which a notebook defines the most graded names, if any."""
    references = tuple(references)
    wanted = {name for reference in references for name in reference.graded}
    where = places(notebook["cells"], (), wanted)
    names = {name for kind, name in where if kind in {DEFINES, MARKED}}
    declared = _notes(notebook).get(_ASSIGNMENT)
    ranked = [
        (len(names & set(reference.graded)), reference.assignment == declared, reference)
        for reference in references
    ]
    best = max(ranked, key=lambda entry: entry[:2], default=None)
    return best[2] if best and best[0] else None


def missing(notebook: Mapping[str, Any], reference: Reference) -> tuple[Gap, ...]:
    """List what a notebook lacks, its own notes first, then cell by cell."""
    own = _lacking(_notes(notebook), reference.notes, ())
    gaps = [Gap(None, "", own)] if own else []
    cells = notebook["cells"]
    for index, wanted in sorted(_matches(cells, reference), key=lambda match: match[0]):
        notes = _lacking(_notes(cells[index]), wanted.flags, wanted.tags)
        if notes:
            gaps.append(Gap(index, wanted.name, notes))
    return tuple(gaps)


def stamp(notebook: dict[str, Any], reference: Reference) -> tuple[Gap, ...]:
    """Add what a notebook lacks and return it; nothing else in the notebook changes."""
    gaps = missing(notebook, reference)
    for gap in gaps:
        place = notebook if gap.cell is None else notebook["cells"][gap.cell]
        place["metadata"] = {**_notes(place), **gap.notes}
    return gaps


def _try_notebook(path: Path) -> dict[str, Any] | None:
    # The folder is the student's to work in, so a file of it may be anything.
    try:
        return read_notebook(path)
    except GraderError:
        return None


def _reference_cells(cells: Iterable[Mapping[str, Any]]) -> Iterator[ReferenceCell]:
    for cell in cells:
        notes = _notes(cell)
        flags = {key: notes[key] for key in CELL_FLAGS if key in notes}
        tags = tuple(str(tag) for tag in _tags(notes))
        graded = marked_names(cell)
        for name in graded:
            yield ReferenceCell((DEFINES, name), name, flags, tags)
        key = content(cell)
        if not graded and key[1]:
            yield ReferenceCell(key, "", flags, tags)


def _matches(
    cells: Iterable[Mapping[str, Any]], reference: Reference
) -> Iterator[tuple[int, ReferenceCell]]:
    """Pair cells from the end, so that of several equal ones the last is taken."""
    texts = (wanted.key for wanted in reference.cells)
    where = places(cells, texts, reference.graded)
    for wanted in reversed(reference.cells):
        found = where[wanted.key] or where[MARKED, wanted.name]
        if found:
            yield found.pop(), wanted


def _notes(place: Mapping[str, Any]) -> Mapping[str, Any]:
    notes: Mapping[str, Any] | None = place.get("metadata")
    return notes or {}


def _tags(notes: Mapping[str, Any]) -> list[object]:
    tags = notes.get("tags") or []
    return tags if isinstance(tags, list) else [tags]


def _lacking(
    notes: Mapping[str, Any], wanted: Mapping[str, object], tags: Iterable[str]
) -> dict[str, object]:
    lacking = {key: value for key, value in wanted.items() if notes.get(key) != value}
    present = _tags(notes)
    absent = [tag for tag in tags if tag not in present]
    return {**lacking, "tags": [*present, *absent]} if absent else lacking
