"""The assignment "Happy or Sad, edition of 2024": the same 80 faces, as a dataset of tf.data."""

# Each declares its checks as it is imported, in the order of the report.
from grader.assignments.happy_or_sad_2024 import dataset_and_callback, model_and_training
from grader.assignments.happy_or_sad_2024.parts import (
    MOST_EPOCHS,
    MOST_PARAMETERS,
    NOTEBOOK,
    happy_or_sad_2024,
)

__all__ = [
    "MOST_EPOCHS",
    "MOST_PARAMETERS",
    "NOTEBOOK",
    "dataset_and_callback",
    "happy_or_sad_2024",
    "model_and_training",
]
