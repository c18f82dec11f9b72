"""Submissions of "Cats and Dogs", made from the solution by edits: what each must lose, and why.

``loses`` was written down before the grader saw the variant: every check that must not pass,
whether failed or skipped. A variant that loses nothing is right in another way.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import Any

import nbformat

from grader import authoring

ROOT = Path(__file__).resolve().parents[3]
SOLUTION = ROOT / "notebooks" / "solutions" / "cats_and_dogs.ipynb"
CURVES, GAP, SAVE, TESTED = "plot_curves", "gap", "save_and_load", "test_accuracy"
TRAINING, VALIDATION = "load_training", "load_validation"
TEST, AUGMENTED = "load_test", "load_augmented"
FIRST, SECOND = "train", "train_augmented"
BUILD, COMPILE = "build_model", "compile_model"
# As right as the solution, at a quarter of its price: a smaller network, which learns faster.
QUICKER = (
    (BUILD, "Conv2D(32,", "Conv2D(16,"),
    (BUILD, "Conv2D(64,", "Conv2D(32,"),
    (BUILD, "Conv2D(128,", "Conv2D(64,"),
    (BUILD, "Dense(512", "Dense(128"),
    (COMPILE, "RMSprop(learning_rate=LEARNING_RATE)", "Adam(learning_rate=0.001)"),
    (FIRST, "epochs=EPOCHS", "epochs=5"),
    (SECOND, "epochs=EPOCHS", "epochs=12"),
)
# For what is not about the second training; it is too short to reach the mark.
SHORT = (*QUICKER[:-1], (SECOND, "epochs=EPOCHS", "epochs=1"))
AUGMENTING = """        rotation_range=40,
        width_shift_range=0.2,
        height_shift_range=0.2,
        shear_range=0.2,
        zoom_range=0.2,
        horizontal_flip=True,
        fill_mode="nearest",
"""
DRAWN = frozenset({"accuracies_drawn", "losses_drawn", "labelled", "has_legend"})
EVALUATED = frozenset({"evaluated"})
FIRST_FIT = frozenset(
    {"first_epochs", "first_whole", "first_validated", "learnt", "first_returned", "gap_read"}
)
SECOND_FIT = EVALUATED | {
    "second_epochs", "second_whole", "second_validated", "goes_on", "gap_closed",
    "second_returned", "loads_again", "tested",
}  # fmt: skip
UNTRAINED = FIRST_FIT | SECOND_FIT
STRUCTURE = frozenset(
    {"input_shape", "convolutions", "filters_grow", "flattened", "output_layer", "loss", "metric"}
)
LOADERS = frozenset(
    {f"{which}_{what}" for which in ("training", "validation", "test", "augmented")
     for what in ("found", "shaped", "scaled")}
    | {"validation_unchanged", "test_unchanged", "augmented"}
)  # fmt: skip
ALL = LOADERS | STRUCTURE | UNTRAINED | DRAWN
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


def function(name: str, *lines: str) -> dict[str, str]:
    """Write a cell whose function trains a network, and returns ``history``."""
    batches = "train_batches" if name == FIRST else "augmented_batches"
    body = indent("\n".join(lines), "    ")
    head = f"# GRADED FUNCTION: {name}\ndef {name}(model, {batches}, validation_batches):\n"
    return {
        name: f"{head}    ### START CODE HERE\n{body}\n    ### END CODE HERE\n    return history\n"
    }


def solution() -> Any:
    """Read the solution."""
    return nbformat.read(SOLUTION, as_version=4)


def graded(source: str) -> str:
    """Return the graded name that a cell is marked with; empty where it is not graded."""
    found = _MARK.search(source)
    return found[1] if found else ""
