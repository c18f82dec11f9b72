"""The assignment "Happy or Sad": 80 faces, told apart with 99.9 % accuracy in under 15 epochs."""

# Each declares its checks as it is imported, in the order of the report.
from grader.assignments.happy_or_sad import loader_and_callback, model_and_training
from grader.assignments.happy_or_sad.parts import BATCH, GOAL, MOST_EPOCHS, NOTEBOOK, happy_or_sad

__all__ = [
    "BATCH",
    "GOAL",
    "MOST_EPOCHS",
    "NOTEBOOK",
    "happy_or_sad",
    "loader_and_callback",
    "model_and_training",
]
