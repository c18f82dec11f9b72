"""How far a submission is shut off."""

from enum import StrEnum


class Isolation(StrEnum):
    """Whether what a submission does can reach anything but its own work folder.

    ``strict`` refuses to run where the floor is missing, ``available`` takes what there is, and
    ``none`` runs the submission with the rights of whoever grades it.
    """

    STRICT = "strict"
    AVAILABLE = "available"
    NONE = "none"
