"""Geometry of the learning curves: numbers in, coordinates of an SVG out."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from grader.goals.sense import is_percentage
from grader.goals.status import GoalStatus
from grader.report import wording
from grader.report.columns import is_of_loss, is_of_training_accuracy, title
from grader.report.document import GoalRow, TrainingRow
from grader.report.plots import Chart, GoalLine, Point, Tick
from grader.shares import percent

WIDTH, HEIGHT = 440, 250
LEFT, RIGHT, TOP, BOTTOM = 54, 424, 28, 204

_MOST_MARKERS = 40
_WILDEST = 1e12  # losses may explode; beyond this only the direction is worth drawing
_FLATTEST = 1e-9


@dataclass(frozen=True, slots=True)
class _Axis:
    """A scale from ``low`` to ``high``, drawn from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (_tame(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def of(training: TrainingRow) -> tuple[Chart, ...]:
    """Draw what is known of each epoch: accuracy, loss, and what else there are goals for."""
    apart = (goal for goal in training.goals if not (_is_drawn(goal) or _is_one_number(goal)))
    others = (_of_goal(training, goal) for goal in apart)
    return tuple(filter(None, (accuracy(training), loss(training), *others)))


def accuracy(training: TrainingRow) -> Chart | None:
    """Draw the accuracy of each epoch; None when no epoch has one."""
    goals = [goal for goal in training.goals if is_of_training_accuracy(goal)]
    ends = [goal for goal in training.goals if _is_one_accuracy(goal)]
    # Measured or logged, one of them has reached the goal.
    pairs = zip_longest(training.accuracy, training.measured)
    best = [max(_finite(pair), default=None) for pair in pairs]
    beside = _validated(training, "accuracy", training.validation_accuracy)
    drawn = _Drawn("Accuracy", training, training.accuracy, goals, best, beside, ends)
    return drawn.chart((0.5, 1.0), percent)


def loss(training: TrainingRow) -> Chart | None:
    """Draw the loss of each epoch; None when no epoch has one."""
    goals = [goal for goal in training.goals if is_of_loss(goal)]
    beside = _validated(training, "loss", training.validation_loss)
    drawn = _Drawn("Loss", training, training.loss, goals, training.loss, beside)
    return drawn.chart((0.0,), "{:g}".format)


def _of_goal(training: TrainingRow, goal: GoalRow) -> Chart | None:
    curve = goal.values
    while goal.measured and curve and curve[-1] is None:
        # It is measured no more once it has been reached.
        curve = curve[:-1]
    drawn = _Drawn(title(goal), training, curve, [goal], curve)
    return drawn.chart((), percent if is_percentage(goal.metric) else "{:g}".format)


def _validated(
    training: TrainingRow, metric: str, logged: Sequence[float | None]
) -> Sequence[float | None]:
    """Return what was logged of validation data, unless a chart of its own shows what was measured.

    What ends with another number of epochs cannot be drawn beside: of which they are is not known.
    """
    own = [goal for goal in training.goals if goal.split == "validation" and not goal.minus]
    shown = any(goal.metric == metric and goal.values for goal in own)
    return () if shown or len(logged) != training.epochs_run else logged


def _is_one_accuracy(goal: GoalRow) -> bool:
    """Whether a goal is about an accuracy that was measured but at the end of training."""
    return _is_one_number(goal) and goal.metric == "accuracy" and goal.minus is None


def _is_drawn(goal: GoalRow) -> bool:
    """Whether a goal is drawn with the accuracy or the loss."""
    return is_of_training_accuracy(goal) or is_of_loss(goal)


def _is_one_number(goal: GoalRow) -> bool:
    """Whether but the end of training was measured, so that there is no curve."""
    *before, _ = goal.values or (None,)
    return goal.measured and bool(before) and not list(_finite(before))


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A curve that is to be drawn.

    Args:
        title: What it is of.
        training: Which it is of.
        curve: A value for each epoch.
        goals: What these must reach.
        reached: What each epoch came to when a goal was reached.
        beside: A value for each epoch of what ``fit`` validated with; empty where none is known.
        ends: Goals of the same number of other data, measured when training had ended.
    """

    title: str
    training: TrainingRow
    curve: Sequence[float | None]
    goals: Sequence[GoalRow]
    reached: Sequence[float | None]
    beside: Sequence[float | None] = ()
    ends: Sequence[GoalRow] = ()

    def chart(self, shown: Sequence[float], label: Callable[[float], str]) -> Chart | None:
        """Draw it, with the values that are to be shown in any case; None without any value."""
        known = list(_finite(self.curve))
        if not known:
            return None
        x = _Axis(1, self._last, LEFT, RIGHT)
        bounds = [goal.bound for goal in (*self.goals, *self.ends)]
        last = [goal.values[-1] for goal in self.ends]
        y, ticks = _covering([*known, *bounds, *shown, *_finite((*last, *self.beside))])
        runs, beside = (
            [[(x(epoch), y(value)) for epoch, value in run] for run in _runs(curve)]
            for curve in (self.curve, self.beside)
        )
        ends = f"from {label(known[0])} in the first epoch to {label(known[-1])} in the last"
        epochs = wording.count(len(self.curve), "epoch")
        limit, deadline = self._limit
        return Chart(
            title=self.title,
            description=f"{self.title} over {epochs}, {ends}.{self._told_beside(label)}",
            x_ticks=tuple(Tick(x(epoch), str(epoch)) for epoch in _epoch_ticks(int(x.high))),
            y_ticks=tuple(Tick(y(value), label(value)) for value in ticks),
            lines=_polylines(runs),
            markers=_markers(runs),
            limit=x(limit) if limit else None,
            deadline=deadline,
            goals=(
                *(self._line(goal, x, y, label(goal.bound)) for goal in self.goals),
                *(self._end(goal, x, y, label) for goal in self.ends),
            ),
            beside=_polylines(beside),
        )

    def _told_beside(self, label: Callable[[float], str]) -> str:
        known = list(_finite(self.beside))
        if not known:
            return ""
        ends = f"from {label(known[0])} to {label(known[-1])}"
        return f" Dashed, that of what fit validated with, {ends}."

    def _end(self, goal: GoalRow, x: _Axis, y: _Axis, label: Callable[[float], str]) -> GoalLine:
        epoch, value = len(self.curve), goal.values[-1]
        where = f"{label(goal.bound)} on {goal.split} data"
        if value is None or goal.status is not GoalStatus.MET:
            return GoalLine(y(goal.bound), where, epoch=epoch)
        # The value is that of the split, and so beside the curve of what was trained on.
        last = self.curve[-1] if self.curve else None
        below = last is not None and last >= value
        reached = f"{goal.split} {label(value)}"
        return GoalLine(y(goal.bound), where, (x(epoch), y(value)), epoch, reached, below)

    def _line(self, goal: GoalRow, x: _Axis, y: _Axis, label: str) -> GoalLine:
        # Epochs of several trainings together have no place in the curve of one.
        known = self.training.trainings == 1 and goal.status is not GoalStatus.UNCONFIRMED
        epoch = (goal.reached_at or 0) if known else 0
        value = self.reached[epoch - 1] if 0 < epoch <= len(self.reached) else None
        hit = None if value is None else (x(epoch), y(value))
        return GoalLine(y(goal.bound), label, hit, epoch)

    @property
    def _limit(self) -> tuple[int, str]:
        """The epoch that a deadline names, 0 if there is none, and the deadline."""
        # The deadline of the accuracy is told beside the loss as well.
        goals = self.goals or self.training.goals
        named = ((goal.before_epoch or goal.by_epoch or 0, goal.deadline) for goal in goals)
        return next((each for each in named if each[0]), (0, ""))

    @property
    def _last(self) -> int:
        # One epoch past the limit, so that there is a place to shade as too late.
        return max(len(self.curve), self._limit[0] + 1, 2)


def _polylines(runs: Sequence[Sequence[Point]]) -> tuple[str, ...]:
    return tuple(" ".join(f"{px},{py}" for px, py in run) for run in runs if len(run) > 1)


def _markers(runs: Sequence[Sequence[Point]]) -> tuple[Point, ...]:
    if sum(map(len, runs)) <= _MOST_MARKERS:
        return tuple(point for run in runs for point in run)
    return tuple(run[0] for run in runs if len(run) == 1)


def _epoch_ticks(last: int) -> Iterator[int]:
    step = max(1, round(_step(last, 6))) if last > 10 else 1  # noqa: PLR2004
    yield from [1] if step > 1 else []
    yield from range(step, last + 1, step)


def _covering(values: Sequence[float]) -> tuple[_Axis, list[float]]:
    tamed = [_tame(value) for value in values]
    step = _step(max(tamed) - min(tamed), 4)
    # The small addends undo binary noise, which would add an empty stripe.
    low = math.floor(min(tamed) / step + 1e-6)
    high = max(math.ceil(max(tamed) / step - 1e-6), low + 1)
    return _Axis(low * step, high * step, BOTTOM, TOP), [n * step for n in range(low, high + 1)]


def _step(span: float, steps: int) -> float:
    rough = max(span, _FLATTEST) / steps
    magnitude = 10.0 ** math.floor(math.log10(rough))
    return next(nice * magnitude for nice in (1, 2, 5, 10) if nice * magnitude >= rough * 0.999)


def _runs(curve: Iterable[float | None]) -> Iterator[list[tuple[int, float]]]:
    run: list[tuple[int, float]] = []
    for epoch, value in enumerate([*curve, None], start=1):
        if value is not None:
            run.append((epoch, value))
        elif run:
            yield run
            run = []


def _finite(curve: Iterable[float | None]) -> Iterator[float]:
    return (value for value in curve if value is not None)


def _tame(value: float) -> float:
    return min(max(value, -_WILDEST), _WILDEST)
