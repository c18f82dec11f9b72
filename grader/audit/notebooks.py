"""The solution as a notebook, and what is made of it: the same cells with other texts in some."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from grader.assignments.assignment import Assignment
from grader.notebook.editions import choose
from grader.notebook.match import code_cells, match
from grader.notebook.read import read
from grader.records import Cell, CellKind, Submission
from grader.release.student import Known, student_notebook


@dataclass(frozen=True)
class SolutionNotebook:
    """The notebook that is said to be right.

    Args:
        assignment: Whose.
        submission: What was read of it.
    """

    assignment: Assignment
    submission: Submission

    @classmethod
    def of(cls, assignment: Assignment) -> "SolutionNotebook":
        """Read the notebook of an assignment.

        Raises:
            RejectedError: It cannot be read.
        """
        return cls(assignment, read(assignment.notebook))

    @cached_property
    def cells(self) -> list[Cell]:
        """Its code cells."""
        return code_cells(self.submission.cells)

    @cached_property
    def graded(self) -> Mapping[str, Cell]:
        """The cells that define the graded names, in the order of the notebook."""
        layout = choose(self.assignment.layouts(), self.submission.cells)
        found = match(layout, self.cells).graded
        return dict(sorted(found.items(), key=lambda each: each[1].index))

    @property
    def texts(self) -> Mapping[str, str]:
        """The texts of these cells."""
        return {name: cell.source for name, cell in self.graded.items()}

    def notebook(self, texts: Mapping[str, str]) -> str:
        """Return the notebook as JSON, with other texts in some of its graded cells.

        Args:
            texts: By graded name.
        """
        cells = list(self._document["cells"])
        for name, cell in self.graded.items():
            place = self.submission.cells.index(cell)
            cells[place] = {**cells[place], "source": texts.get(name, cell.source)}
        return json.dumps({**self._document, "cells": cells}, indent=1)

    def starter(self) -> str:
        """Return what students get of it, as JSON.

        Raises:
            UsageError: It cannot be made of the solution.
        """
        known = Known(self.assignment.id, self.assignment.version, self.assignment.names)
        return student_notebook(self.assignment.notebook, known).content.decode()

    @cached_property
    def _document(self) -> dict[str, Any]:
        """The notebook as a tree, made and checked once."""
        cells = [_cell(each) for each in self.submission.cells]
        made = nbformat.writes(new_notebook(cells=cells, metadata=self._metadata))
        return dict(json.loads(made))

    @property
    def _metadata(self) -> dict[str, object]:
        """Whose notebook it is, and in which language."""
        known = self.submission.metadata.items()
        return {name: value for name, value in known if isinstance(value, str)}


_MAKE: Mapping[CellKind, Callable[..., Any]] = {
    CellKind.CODE: new_code_cell,
    CellKind.MARKDOWN: new_markdown_cell,
    CellKind.RAW: new_raw_cell,
}


def _cell(cell: Cell) -> Any:  # noqa: ANN401 - nbformat has no types
    # An id is drawn where none is given, and the same notebook is to have the same bytes.
    made = _MAKE[cell.kind](cell.source, id=f"cell-{cell.index}")
    made.metadata["tags"] = sorted(cell.tags)
    return made
