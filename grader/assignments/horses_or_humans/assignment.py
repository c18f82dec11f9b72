"""The assignment "Horses or Humans": a model, its validation, and a compact one."""

# Each declares its checks as it is imported, in the order of the report.
from grader.assignments.horses_or_humans import loading, structure, training  # isort: skip
from grader.assignments.horses_or_humans import figure_and_gap, compact, questions  # isort: skip
from grader.assignments.horses_or_humans.parts import (
    EPOCHS,
    NOTEBOOK,
    VALIDATED,
    horses_or_humans,
)

__all__ = [
    "EPOCHS",
    "NOTEBOOK",
    "VALIDATED",
    "compact",
    "figure_and_gap",
    "horses_or_humans",
    "loading",
    "questions",
    "structure",
    "training",
]
