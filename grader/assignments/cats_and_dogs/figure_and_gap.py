"""The checks of the figure, and of the gap that is read from the curves."""

from grader.assignments.cats_and_dogs.parts import cats_and_dogs, curves, first, gap
from grader.authoring import Expectation, FigureView, Training, ValueView, asked, histories

drawing = cats_and_dogs.group("curves")
# Somebody may round to whole percents.
ROUNDED = 0.0051


@drawing.check(
    curves, points=3, hint="Which keys has history.history, and what are they with another metric?"
)
def accuracies_drawn(figure: FigureView) -> Expectation:
    """The accuracy in training and in validation is drawn, whatever its name."""
    return histories.drawn(figure, *histories.NAMES)


@drawing.check(curves, points=3, hint="Which keys has history.history?")
def losses_drawn(figure: FigureView) -> Expectation:
    """The loss in training and in validation is drawn."""
    return histories.drawn(figure, "loss")


@drawing.check(curves, points=2, hint="What has somebody to know who sees the figure alone?")
def labelled(figure: FigureView) -> Expectation:
    """Both have a title and labels on the axes."""
    return figure.labelled(title="accuracy|loss")


@drawing.check(curves, points=2, hint="Which line is which?")
def has_legend(figure: FigureView) -> Expectation:
    """A legend tells training from validation."""
    return figure.has_legend("train", "val")


@drawing.check(gap, first.training, points=3, hint="Which is the last number of each curve?")
def gap_read(value: ValueView, training: Training) -> Expectation:
    """The gap between training and validation after the last epoch is read from the curves."""
    right = asked.last_gap(training)
    return value.within(right - ROUNDED, right + ROUNDED)
