"""Who trains the models that notebooks describe."""

from enum import StrEnum


class Training(StrEnum):
    """Where a training that is graded runs.

    ``grader``: in a process without a line of the student's, on the grader's own images, from what
    the code describes; what cannot be described trains in the notebook. ``notebook``: there always.
    """

    GRADER = "grader"
    NOTEBOOK = "notebook"
