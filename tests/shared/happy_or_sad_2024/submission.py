"""Submissions of the edition of 2024, made from the solution: what each must lose, and why.

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
SOLUTION = ROOT / "notebooks" / "solutions" / "C1W4_Assignment_2024.ipynb"
CALLBACK, LOADER = "EarlyStoppingCallback", "training_dataset"
MODEL, FIT = "create_and_compile_model", "model.fit"

LOADING = frozenset({"is_dataset", "images_found", "batch_size", "target_size", "pixels_scaled"})
CALLING = frozenset({"stops_above", "goes_on_below"})
STRUCTURE = frozenset({"input_shape", "convolutions", "flattened", "output_layer", "parameters"})
COMPILE = frozenset({"loss", "metric"})
TRAINING = frozenset({"target_reached", "epochs_asked", "stopped_by_callback"})
ALL = LOADING | CALLING | STRUCTURE | COMPILE | TRAINING

INPUT, POOL = "Input(shape=(150, 150, 3))", "MaxPooling2D((2, 2))"
CONV = 'Conv2D(16, (3, 3), activation="relu")'
MORE = 'Conv2D(32, (3, 3), activation="relu")'
BODY = (CONV, POOL, MORE, POOL, MORE, POOL)
FLAT, DENSE = "Flatten()", 'Dense(128, activation="relu")'
OUT = 'Dense(1, activation="sigmoid")'
USUAL = (INPUT, *BODY, FLAT, DENSE, OUT)
SCALED = "pictures.map(lambda images, labels: (rescale(images), labels))"
_MARK = re.compile(r"# GRADED \w+: ([\w.]+)")

Edit = tuple[str, str, str]


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
    """Read the solution as somebody else would write it: without what is said of its release."""
    text = SOLUTION.read_text(encoding="utf-8")
    return nbformat.reads(re.sub(r'  # release(?: as)?: [^"]*?(?=\\n")', "", text), as_version=4)


def graded(source: str) -> str:
    """Return the graded name that a cell is marked with; empty where it is not graded."""
    found = _MARK.search(source)
    return found[1] if found else ""


def model(*layers: str, **changes: str) -> dict[str, str]:
    """Write the cell of the model.

    Args:
        layers: Expressions in the namespace of ``tf.keras.layers``.
        changes: Replacements for ``loss``, ``optimizer`` or ``metrics``.
    """
    parts = {
        "loss": '"binary_crossentropy"', "optimizer": '"adam"', "metrics": '["accuracy"]',
    } | changes  # fmt: skip
    stack = "\n".join(f"            tf.keras.layers.{layer}," for layer in layers)
    return {MODEL: _MODEL.format(stack=stack, **parts)}


_MODEL = """\
# GRADED FUNCTION: create_and_compile_model
def create_and_compile_model():
    ### START CODE HERE
    model = tf.keras.models.Sequential(
        [
{stack}
        ]
    )
    model.compile(loss={loss}, optimizer={optimizer}, metrics={metrics})
    ### END CODE HERE

    return model
"""


def loader(*lines: str) -> dict[str, str]:
    """Write the cell of the dataset: lines that make ``dataset``."""
    body = "\n".join(f"    {line}" for line in lines)
    head = "# GRADED FUNCTION: training_dataset\ndef training_dataset():\n"
    return {LOADER: f"{head}    ### START CODE HERE\n{body}\n    ### END CODE HERE\n"
                    "    return dataset\n"}  # fmt: skip


def fit(line: str) -> dict[str, str]:
    """Write the cell that trains."""
    return {FIT: f"# GRADED CELL: model.fit\n### START CODE HERE\n{line}\n### END CODE HERE\n"}
