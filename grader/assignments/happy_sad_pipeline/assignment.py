"""The assignment "Happy or Sad in the Wild": the whole way from scraped files to a saved model."""

# Each declares its checks as it is imported, in the order of the report.
from grader.assignments.happy_sad_pipeline import cleaning, dividing, structure  # isort: skip
from grader.assignments.happy_sad_pipeline import training, measuring  # isort: skip
from grader.assignments.happy_sad_pipeline.parts import (
    MOST_EPOCHS,
    NOTEBOOK,
    UNSEEN,
    happy_sad_pipeline,
)

__all__ = [
    "MOST_EPOCHS",
    "NOTEBOOK",
    "UNSEEN",
    "cleaning",
    "dividing",
    "happy_sad_pipeline",
    "measuring",
    "structure",
    "training",
]
