"""Submissions made from the solution by small edits, each with what it must lose and why.

``loses`` was written down before the grader saw the variant: every check that must not pass,
whether failed or skipped. A variant that loses nothing is right in another way.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import nbformat

from grader import authoring

ROOT = Path(__file__).resolve().parents[3]
SOLUTION = ROOT / "notebooks" / "solutions" / "C1W4_Assignment.ipynb"
CALLBACK, LOADER, TRAINER = "myCallback", "image_generator", "train_happy_sad_model"

STRUCTURE = frozenset({"input_shape", "convolutions", "flattened", "output_layer"})
COMPILE = frozenset({"loss", "metric"})
TRAINING = frozenset({"epochs_asked", "target_reached", "stopped_by_callback", "history_returned"})
LOADING = frozenset({"images_found", "batch_size", "target_size", "class_mode", "pixels_scaled"})
CALLING = frozenset({"stops_above", "goes_on_below", "lives_without_accuracy"})

Edit = tuple[str, str, str]


@dataclass(frozen=True)
class Variant(authoring.Variant):
    """A variant of the kit's own solution, as a notebook that can be handed in."""

    def notebook(self) -> Any:
        """Build the notebook."""
        notebook = nbformat.reads(_solution_text(), as_version=4)
        by_name = {name: graded(notebook, name) for name in (CALLBACK, LOADER, TRAINER)}
        texts = self.texts({name: cell.source for name, cell in by_name.items()})
        for name, text in texts.items():
            by_name[name].source = text
        return notebook


@cache
def _solution_text() -> str:
    """Return the solution as somebody else would write it: without what is said of its release."""
    text = SOLUTION.read_text(encoding="utf-8")
    return re.sub(r'  # release(?: as)?: [^"]*?(?=\\n")', "", text)


def graded(notebook: Any, name: str) -> Any:
    """Return the cell that defines a graded name."""
    return next(cell for cell in notebook.cells if f"# GRADED FUNCTION: {name}" in cell.source)


def model(*layers: str, **changes: str) -> dict[str, str]:
    """Write a training cell.

    Args:
        layers: Expressions in the namespace of ``tf.keras.layers``.
        changes: Replacements for ``loss``, ``optimizer``, ``metrics`` or ``fit``.
    """
    parts = {
        "loss": '"binary_crossentropy"',
        "optimizer": "optimizers.RMSprop(learning_rate=0.001)",
        "metrics": '["accuracy"]',
        "fit": "train_generator, epochs=20, callbacks=[callbacks]",
    } | changes
    stack = "\n".join(f"            tf.keras.layers.{layer}," for layer in layers)
    return {TRAINER: _TRAINER.format(stack=stack, **parts)}


_TRAINER = """\
# GRADED FUNCTION: train_happy_sad_model
def train_happy_sad_model(train_generator):
    callbacks = myCallback()

    ### START CODE HERE
    model = tf.keras.models.Sequential(
        [
{stack}
        ]
    )
    model.compile(loss={loss}, optimizer={optimizer}, metrics={metrics})
    history = model.fit({fit})
    ### END CODE HERE

    return history
"""
INPUT = "Input(shape=(150, 150, 3))"
CONV, POOL, FLAT = 'Conv2D(16, (3, 3), activation="relu")', "MaxPooling2D((2, 2))", "Flatten()"
DENSE, OUT = 'Dense(512, activation="relu")', 'Dense(1, activation="sigmoid")'
BODY = (CONV, POOL, CONV, POOL, CONV, POOL)
USUAL = (INPUT, *BODY, FLAT, DENSE, OUT)
FIT = "history = model.fit(train_generator, epochs=20, callbacks=[callbacks])"
