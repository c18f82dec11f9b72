"""Trainings that are made up, to try functions with that draw or read curves.

``CASES`` are two short ones, one for each of the ``NAMES`` that the accuracy may have.
"""

from collections.abc import Iterator

from numpy.random import Generator

from grader.checks.declaration import Expectation
from grader.kinds.figure.view import FigureView, Points
from grader.values.records import History

# Keras logs the accuracy under the name that it was asked for.
NAMES = ("accuracy", "acc")
# With markers alone, what is drawn are points.
_DRAWN = ("line", "scatter")


def _case(accuracy: str) -> tuple[History]:
    """Return a short training whose best epoch is not its last one."""
    logged = {
        accuracy: [0.5, 0.75, 1.0],
        f"val_{accuracy}": [0.5, 0.875, 0.75],
        "loss": [0.75, 0.5, 0.25],
        "val_loss": [0.75, 0.625, 0.875],
    }
    return (History(logged),)


CASES = tuple(_case(name) for name in NAMES)


def some(generator: Generator) -> tuple[History]:
    """Draw the argument of a call: accuracy, under either name, and loss of 4 to 8 epochs.

    Args:
        generator: Draws the numbers, all of them from 0.1 to 0.9.
    """
    epochs = int(generator.integers(4, 9))
    accuracy = str(generator.choice(NAMES))
    keys = (accuracy, f"val_{accuracy}", "loss", "val_loss")
    return (History({key: generator.uniform(0.1, 0.9, epochs).tolist() for key in keys}),)


def drawn(figure: FigureView, *metrics: str) -> Expectation:
    """The curves of the History that a call was given are drawn, in training and in validation.

    Args:
        figure: What was drawn, by a function whose first argument is the History.
        metrics: Its keys; those that it lacks are left out.
    """

    def data(history: History) -> Iterator[Points]:
        for metric in metrics:
            for key in (metric, f"val_{metric}"):
                if key in history.history:
                    yield None, history.history[key]

    return figure.shows(_DRAWN, data)
