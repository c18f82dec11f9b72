"""Submissions of "Horses or Humans", made from the solution by edits: what each must lose, and why.

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
SOLUTION = ROOT / "notebooks" / "solutions" / "horses_or_humans.ipynb"
TRAINING, VALIDATION = "load_training", "load_validation"
SMALL_TRAINING, SMALL_VALIDATION = "load_compact_training", "load_compact_validation"
BUILD, COMPILE, COMPACT = "build_model", "compile_model", "build_compact"
FIRST, SECOND, THIRD = "train", "train_validated", "train_compact"
CURVES, GAP, MEASURED, COMPARE = "plot_curves", "read_gap", "compact_accuracy", "compare"
FLATTEN = "            layers.Flatten(),\n"
# The last convolution of the smaller network below, with its pooling.
LAST = """\
            layers.Conv2D(32, (3, 3), activation="relu"),
            layers.MaxPooling2D((2, 2)),
"""
# As right as the solution, at a fraction of its price: a smaller network, which learns faster.
QUICKER = (
    (BUILD, "Conv2D(16,", "Conv2D(8,"),
    (BUILD, "Conv2D(32,", "Conv2D(16,"),
    (BUILD, "Conv2D(64,", "Conv2D(32,"),
    (BUILD, "Dense(512", "Dense(128"),
    (COMPACT, "Conv2D(16,", "Conv2D(8,"),
    (COMPACT, "Conv2D(32,", "Conv2D(16,"),
    (COMPACT, "Conv2D(64,", "Conv2D(32,"),
    (COMPACT, "Dense(512", "Dense(128"),
)
SLOW = (COMPILE, "learning_rate=LEARNING_RATE", "learning_rate=1e-7")
# For what is about no training: one epoch, in which nothing is learnt, whatever the luck.
SHORT = (
    *QUICKER,
    SLOW,
    *((name, "epochs=EPOCHS", "epochs=1") for name in (FIRST, SECOND, THIRD)),
)
UNLEARNT = frozenset({"learnt", "validated", "compact_learnt"})
FIRST_FIT = frozenset({"first_whole", "learnt", "first_returned", "begun_anew"})
SECOND_FIT = frozenset(
    {"begun_anew", "second_whole", "second_validated", "validated", "second_returned"}
)
THIRD_FIT = frozenset({"compact_whole", "compact_validated", "compact_learnt", "compact_evaluated"})
UNTRAINED = FIRST_FIT | SECOND_FIT | THIRD_FIT
STRUCTURE = frozenset({"input_shape", "convolutions", "filters_grow", "flattened", "output_layer"})
COMPILED = frozenset({"loss", "metric"})
OF_LAYERS = frozenset({"sides_told", "flat_told", "parameters_told"})
SMALL = frozenset({"compact_input", "compact_convolutions", "compact_told"})
DRAWN = frozenset({"accuracies_drawn", "losses_drawn", "labelled", "has_legend"})
LOADERS = frozenset(
    {f"{which}_{what}" for which in ("training", "validation", "compact")
     for what in ("found", "shaped", "scaled")}
    | {"validation_unchanged"}
)  # fmt: skip
ANSWERS = OF_LAYERS | {"raw_told", "batches_told", "lecture_told", "compact_told", "risk_named"}
ALL = (
    LOADERS | STRUCTURE | COMPILED | UNTRAINED | DRAWN | SMALL | ANSWERS
    | {"gap_read", "pictures_lost"}
)  # fmt: skip
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
