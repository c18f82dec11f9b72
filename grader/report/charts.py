"""Geometry of the learning curves: numbers in, coordinates of an SVG out."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from grader.report import wording
from grader.report.document import TrainingRow
from grader.shares import percent

WIDTH, HEIGHT = 440, 250
LEFT, RIGHT, TOP, BOTTOM = 54, 424, 28, 204

_MOST_MARKERS = 40
_WILDEST = 1e12  # losses may explode; beyond this only the direction is worth drawing
_FLATTEST = 1e-9

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on an axis."""

    at: float
    label: str


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
        limit: Where the epochs begin that are too late.
        target: The value to reach, on accuracy only.
        hit: Where the target was reached, on accuracy only.
    """

    title: str
    description: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    lines: tuple[str, ...]
    markers: tuple[Point, ...]
    limit: float
    target: float | None = None
    hit: Point | None = None


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


def accuracy(training: TrainingRow) -> Chart | None:
    """Draw the accuracy of each epoch; None when no epoch has one."""
    values = [*_finite(training.accuracy), training.target, 0.5, 1.0]
    chart = _chart("Accuracy", training, training.accuracy, values, percent)
    if chart is None:
        return None
    x, y = _epochs(training, training.accuracy), _covering(values)[0]
    # Measured or logged, one of them has reached the target.
    pairs = zip_longest(training.accuracy, training.measured)
    reached = {epoch: max(_finite(pair), default=None) for epoch, pair in enumerate(pairs, start=1)}
    # Epochs of several trainings together have no place in the curve of one.
    epoch = (training.epochs_to_target or 0) if training.trainings == 1 else 0
    value = reached.get(epoch)
    hit = None if value is None else (x(epoch), y(value))
    return replace(chart, target=y(training.target), hit=hit)


def loss(training: TrainingRow) -> Chart | None:
    """Draw the loss of each epoch; None when no epoch has one."""
    values = [*_finite(training.loss), 0.0]
    return _chart("Loss", training, training.loss, values, "{:g}".format)


def _chart(
    title: str,
    training: TrainingRow,
    curve: Sequence[float | None],
    values: Sequence[float],
    label: Callable[[float], str],
) -> Chart | None:
    known = list(_finite(curve))
    if not known:
        return None
    x = _epochs(training, curve)
    y, ticks = _covering(values)
    runs = [[(x(epoch), y(value)) for epoch, value in run] for run in _runs(curve)]
    ends = f"from {label(known[0])} in the first epoch to {label(known[-1])} in the last"
    return Chart(
        title=title,
        description=f"{title} over {wording.count(len(curve), 'epoch')}, {ends}.",
        x_ticks=tuple(Tick(x(epoch), str(epoch)) for epoch in _epoch_ticks(int(x.high))),
        y_ticks=tuple(Tick(y(value), label(value)) for value in ticks),
        lines=tuple(" ".join(f"{px},{py}" for px, py in run) for run in runs if len(run) > 1),
        markers=_markers(runs),
        limit=x(training.target_before_epoch),
    )


def _markers(runs: Sequence[Sequence[Point]]) -> tuple[Point, ...]:
    if sum(map(len, runs)) <= _MOST_MARKERS:
        return tuple(point for run in runs for point in run)
    return tuple(run[0] for run in runs if len(run) == 1)


def _epochs(training: TrainingRow, curve: Sequence[float | None]) -> _Axis:
    # One epoch past the limit, so that there is a place to shade as too late.
    last = max(len(curve), training.target_before_epoch + 1, 2)
    return _Axis(1, last, LEFT, RIGHT)


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
