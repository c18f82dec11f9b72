"""The numbers of each epoch, as a table has them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from grader.goals.sense import is_percentage
from grader.report.document import GoalRow, TrainingRow
from grader.shares import percent


@dataclass(frozen=True, slots=True)
class EpochColumn:
    """A number of a training, epoch by epoch.

    Args:
        title: What it is, such as ``Accuracy``.
        cells: Its values in words.
    """

    title: str
    cells: tuple[str, ...]


def columns(training: TrainingRow) -> tuple[EpochColumn, ...]:
    """Write what is known of each epoch; every column has a cell for each."""
    found = list(_curves(training))
    epochs = max(len(values) for _, values, _ in found)
    return tuple(
        EpochColumn(title, tuple(write(_at(values, n)) for n in range(epochs)))
        for title, values, write in found
    )


def title(goal: GoalRow) -> str:
    """Name the number that a goal is about, such as ``Validation loss``."""
    named = [f"{goal.split} {goal.metric}"]
    if goal.minus is not None:
        named.append(f"{goal.minus.split} {goal.minus.metric}")
    return " minus ".join(named).replace("_", " ").capitalize()


def is_of_loss(goal: GoalRow) -> bool:
    """Whether a goal is about the loss that each training has."""
    return (goal.metric, goal.split, goal.minus) == ("loss", "training", None)


def is_of_training_accuracy(goal: GoalRow) -> bool:
    """Whether a goal is about the accuracy that each training has, which the grader measures."""
    return goal.measured and goal.split == "training"


Written = Callable[[float | None], str]


def _curves(training: TrainingRow) -> Iterator[tuple[str, Sequence[float | None], Written]]:
    yield "Accuracy", training.accuracy, _share
    yield "Loss", training.loss, _number
    named = {title(goal) for goal in training.goals if goal.values}
    for name, values, write in (
        ("Validation accuracy", training.validation_accuracy, _share),
        ("Validation loss", training.validation_loss, _number),
    ):
        # What the grader measured itself says more.
        if values and name not in named:
            yield name, values, write
    for goal in training.goals:
        if goal.values and not is_of_loss(goal):
            write = _share if is_percentage(goal.metric) else _number
            yield title(goal), goal.values, _known(write) if goal.measured else write


def _at(values: Sequence[float | None], place: int) -> float | None:
    return values[place] if place < len(values) else None


def _known(write: Written) -> Written:
    """Leave out of a column what the grader has not measured."""
    return lambda value: "" if value is None else write(value)


def _share(value: float | None) -> str:
    return "not a number" if value is None else percent(value)


def _number(value: float | None) -> str:
    return "not a number" if value is None else f"{value:.4g}"
