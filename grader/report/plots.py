"""What a learning curve is drawn of: coordinates of an SVG, and words."""

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A value that must be reached.

    Args:
        at: Its height.
        label: The value, and of which other data it is.
        hit: Where it was reached; None if it was not, or not within the curve.
        epoch: After how many epochs that was.
        reached: What stands beside it, if not the epoch.
        below: Whether that stands below it, as the curve runs above.
    """

    at: float
    label: str
    hit: Point | None = None
    epoch: int = 0
    reached: str = ""
    below: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A learning curve, placed within ``WIDTH`` by ``HEIGHT``.

    Args:
        title: What is drawn, such as ``Accuracy``.
        description: The curve in words, for whoever cannot see it.
        x_ticks: Epochs.
        y_ticks: Values.
        lines: Points of polylines; there are several where values are missing.
        markers: A place for each value; empty when there are too many to tell apart.
        limit: Where the epochs begin that are too late; None where none is.
        deadline: What that limit is, such as ``before epoch 15``.
        goals: What must be reached.
        beside: As ``lines``, of the same number of what ``fit`` validated with.
    """

    title: str
    description: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    lines: tuple[str, ...]
    markers: tuple[Point, ...]
    limit: float | None = None
    deadline: str = ""
    goals: tuple[GoalLine, ...] = ()
    beside: tuple[str, ...] = ()
