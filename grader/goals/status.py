"""How a training stands to a goal."""

from enum import StrEnum


class GoalStatus(StrEnum):
    """How a training stands to a goal."""

    MET = "met"
    LATE = "late"
    MISSED = "missed"
    UNCONFIRMED = "unconfirmed"
