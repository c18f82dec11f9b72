"""Submissions of "Cats and Dogs", made from the solution by edits: what each must lose, and why.

``loses`` was written down before the grader saw the variant: every check that must not pass,
whether failed or skipped. A variant that loses nothing is right in another way.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from grader import authoring

ROOT = Path(__file__).resolve().parents[3]
SOLUTION = ROOT / "notebooks" / "solutions" / "cats_and_dogs.ipynb"
CURVES, GAP, SAVE, TESTED = "plot_curves", "gap", "save_and_load", "test_accuracy"
TEST, AUGMENTED, FIRST, SECOND = "load_test", "load_augmented", "train", "train_augmented"
DRAWN = frozenset({"accuracies_drawn", "losses_drawn", "labelled", "has_legend"})
EVALUATED = frozenset({"evaluated"})
_MARK = re.compile(r"# GRADED \w+: ([\w.]+)")


@dataclass(frozen=True)
class Variant(authoring.Variant):
    """A variant of the kit's own solution, as a notebook that can be handed in."""

    def notebook(self) -> Any:
        """Build the notebook."""
        notebook = solution()
        cells = {name: cell for cell in notebook.cells if (name := graded(cell.source))}
        for name, text in self.texts({name: c.source for name, c in cells.items()}).items():
            cells[name].source = text
        return notebook


def solution() -> Any:
    """Read the solution."""
    return nbformat.read(SOLUTION, as_version=4)


def graded(source: str) -> str:
    """Return the graded name that a cell is marked with; empty where it is not graded."""
    found = _MARK.search(source)
    return found[1] if found else ""
