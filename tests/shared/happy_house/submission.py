"""Submissions of "The Happy House", made from the solution by edits: what each must lose, and why.

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
SOLUTION = ROOT / "notebooks" / "solutions" / "Happy_House.ipynb"
MODEL, CREATE, COMPILE, FIT, PREDS = (
    "HappyModel", "happyModel", "happyModel.compile", "happyModel.fit", "preds",
)  # fmt: skip
STRUCTURE = frozenset({"input_shape", "convolution", "activated", "flattened", "output_layer"})
COMPILING = frozenset({"loss", "metric"})
TRAINING = frozenset({"test_accuracy"})
EVALUATING = frozenset({"evaluated_on_test_pictures"})
UNTRAINED = TRAINING | EVALUATING
ALL = STRUCTURE | COMPILING | UNTRAINED
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


def model(*lines: str) -> dict[str, str]:
    """Write the cell of the model: lines that make ``X`` of ``X_input``, or a ``model``."""
    ends = any(line.startswith("model = ") for line in lines)
    head = () if ends else ("X_input = Input(input_shape)",)
    tail = () if ends else ('model = Model(inputs=X_input, outputs=X, name="HappyModel")',)
    body = indent("\n".join((*head, *lines, *tail)), "    ")
    head_line = f"# GRADED FUNCTION: {MODEL}\ndef HappyModel(input_shape):\n"
    marked = f"    ### START CODE HERE\n{body}\n    ### END CODE HERE\n"
    return {MODEL: f"{head_line}{marked}    return model\n"}


def step(name: str, line: str) -> dict[str, str]:
    """Write a cell that takes one of the four steps."""
    kind = "VALUE" if name == PREDS else "CELL"
    return {name: f"# GRADED {kind}: {name}\n### START CODE HERE\n{line}\n### END CODE HERE\n"}


def block(filters: int, size: int) -> tuple[str, ...]:
    """Write a convolution, its normalisation, its activation and pooling."""
    first = "X_input" if not filters else "X"
    return (
        f'X = Conv2D({filters}, ({size}, {size}), padding="same")({first})',
        "X = BatchNormalization(axis=3)(X)",
        'X = Activation("relu")(X)',
        "X = MaxPooling2D((2, 2))(X)",
    )
