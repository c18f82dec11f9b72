"""The checks of the figure, and of the gap that is read from the curves."""

from collections.abc import Iterator, Mapping, Sequence

from grader.assignments.horses_or_humans.parts import curves, gap, horses_or_humans
from grader.authoring import Expectation, FigureView, FunctionView, History

drawing = horses_or_humans.group("curves")
Series = tuple[Sequence[float] | None, Sequence[float]]
# With markers alone, what is drawn are points.
LINES = ("line", "scatter")


def _series(logged: Mapping[str, Sequence[float]], *names: str) -> Iterator[Series]:
    for name in names:
        for key in (name, f"val_{name}"):
            if key in logged:
                yield None, logged[key]


def _accuracies(history: History) -> list[Series]:
    return list(_series(history.history, "accuracy", "acc"))


def _losses(history: History) -> list[Series]:
    return list(_series(history.history, "loss"))


@drawing.check(
    curves, points=2, hint="Which keys has history.history, and what are they with another metric?"
)
def accuracies_drawn(figure: FigureView) -> Expectation:
    """The accuracy in training and in validation is drawn, whatever its name."""
    return figure.shows(LINES, _accuracies)


@drawing.check(curves, points=2, hint="Which keys has history.history?")
def losses_drawn(figure: FigureView) -> Expectation:
    """The loss in training and in validation is drawn."""
    return figure.shows(LINES, _losses)


@drawing.check(curves, points=1, hint="What has somebody to know who sees the figure alone?")
def labelled(figure: FigureView) -> Expectation:
    """Both have a title and labels on the axes."""
    return figure.labelled(title="accuracy|loss")


@drawing.check(curves, points=1, hint="Which line is which?")
def has_legend(figure: FigureView) -> Expectation:
    """A legend tells training from validation."""
    return figure.has_legend("train", "val")


@drawing.check(
    gap,
    points=3,
    hint="Which is the last number of each curve, and what are they with another metric?",
)
def gap_read(function: FunctionView) -> Expectation:
    """The gap between training and validation after the last epoch is read from the curves."""
    return function.agrees()
