"""The assignment "Cats and Dogs": two kinds of animals, one network, and augmentation."""

# Each declares its checks as it is imported, in the order of the report.
from grader.assignments.cats_and_dogs import loading, structure, training  # isort: skip
from grader.assignments.cats_and_dogs import figure_and_gap  # isort: skip
from grader.assignments.cats_and_dogs.parts import (
    MOST_EPOCHS,
    NOTEBOOK,
    TESTED,
    cats_and_dogs,
)

__all__ = [
    "MOST_EPOCHS",
    "NOTEBOOK",
    "TESTED",
    "cats_and_dogs",
    "figure_and_gap",
    "loading",
    "structure",
    "training",
]
