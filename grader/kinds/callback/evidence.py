"""What was observed of a callback."""

from typing import Annotated, Literal

from pydantic import Field

from grader.checked import Checked, Curve, Index, Name, PartEvidence, Raised


class Trial(Checked):
    """One epoch played to a callback: the logs it was given and whether it asked to stop.

    Logs of None are those that it has by default. ``stand_in`` tells that ``error`` may come of
    what stood in for the student's own model or folder; ``at_first`` whether it asked to stop when
    it was tried with them before the training, None where it was not, or raised.
    """

    logs: Annotated[dict[Name, float], Field(max_length=50)] | None
    stopped: bool
    error: Raised | None = None
    stand_in: bool = False
    at_first: bool | None = None


class Replay(Checked):
    """A training's logs played to another object of a callback's class, from the first epoch on.

    ``fit`` is the number of the training and ``curves`` its logs, ``stopped_after`` how many epochs
    were played until it asked to stop; None if it never did.
    """

    fit: Index
    curves: Annotated[dict[Name, Curve], Field(max_length=50)]
    stopped_after: Index | None = None
    error: Raised | None = None


class Callback(PartEvidence):
    """How a callback answers to logs that the grader made up, and to those of trainings."""

    kind: Literal["callback"]
    is_callback: bool
    trials: Annotated[tuple[Trial, ...], Field(max_length=50)]
    replays: Annotated[tuple[Replay, ...], Field(max_length=20)] = ()
