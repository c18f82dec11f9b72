"""The checks of predictions, of what they are worth, and of what a filter does."""

import re
from collections.abc import Iterable
from typing import Any

from grader.assignments.happy_sad_pipeline.images import CLASSES
from grader.assignments.happy_sad_pipeline.parts import (
    classified,
    filtered,
    flips,
    happy_sad_pipeline,
    matrix,
    matrix_drawn,
    predicted,
    scored,
)
from grader.authoring import Expectation, FigureView, FunctionView, ValueView, expect

measuring = happy_sad_pipeline.group("metrics")
classifying = happy_sad_pipeline.group("own pictures")
inside = happy_sad_pipeline.group("inside")
# Places of the author's own cases of scores, which come first; those behind them are drawn.
POSITIVE, NEGATIVE, EMPTY = 0, 1, slice(2, 5)
DRAWN_SCORES, DRAWN_MATRICES = 5, 2
_NAMED = "predicted happy and sad along the x axis, true ones along the y axis"


def _agree(function: FunctionView, calls: Iterable[Any]) -> Expectation:
    """Some calls returned what they should; else, say so of the first that did not."""
    if not function.calls:
        return function.agrees()
    each: list[Expectation] = [call.agrees() for call in calls]
    return next((found for found in each if not found.met), each[0])


@measuring.check(
    predicted, points=3, hint="What is left of the first batches when the loop has ended?"
)
def all_predicted(function: FunctionView) -> Expectation:
    """All pictures of a part are predicted, each beside its own label."""
    return function.agrees()


@measuring.check(matrix, points=2, hint="Is a row one true class, or one that was predicted?")
def matrix_right(function: FunctionView) -> Expectation:
    """The confusion matrix has a row for each true class, and a column for each predicted one."""
    calls = function.calls
    return _agree(function, [*calls[:1], *calls[DRAWN_MATRICES:]])


@measuring.check(
    matrix, points=1, hint="How large is the matrix where only one class comes up at all?"
)
def matrix_of_one_class(function: FunctionView) -> Expectation:
    """It has two rows and two columns, also where a class is missing."""
    return _agree(function, function.calls[1:DRAWN_MATRICES])


@measuring.check(
    scored, points=3, hint="Which predictions is precision a share of, and which labels recall?"
)
def scores_right(function: FunctionView) -> Expectation:
    """Accuracy, precision, recall and F1 are those of all predictions."""
    calls = function.calls
    return _agree(function, [*calls[: POSITIVE + 1], *calls[DRAWN_SCORES:]])


@measuring.check(
    scored, points=2, hint="Which of the two classes is called positive, and who says so?"
)
def positive_named(function: FunctionView) -> Expectation:
    """Precision and recall are those of the class that is named."""
    return _agree(function, function.calls[NEGATIVE : NEGATIVE + 1])


@measuring.check(
    scored, points=2, hint="What is a share of none, where a class is missing or never predicted?"
)
def nothing_divided(function: FunctionView) -> Expectation:
    """Where there is nothing to divide by, a score is 0."""
    return _agree(function, function.calls[EMPTY])


@measuring.check(matrix_drawn, points=1, hint="What do the colours of imshow stand for?")
def matrix_shown(figure: FigureView) -> Expectation:
    """The confusion matrix is drawn, as it is."""
    return figure.shows("image", lambda counts: [(None, counts)])


@measuring.check(
    matrix_drawn,
    points=2,
    hint="Which axis is which, and in which order do the classes come on them?",
)
def matrix_labelled(figure: FigureView) -> Expectation:
    """Its axes are named, and its columns are called happy and sad, in this order."""
    there = figure.has("image")
    if not there.met:
        return there
    for drawing in figure.drawings:
        fault = _misnamed(_matrix_axes(drawing.axes))
        if fault:
            return expect(met=False, expected=_NAMED, actual=f"{drawing.words}: {fault}")
    return expect(met=True, expected=_NAMED, actual=_NAMED)


def _matrix_axes(all_: list[Any]) -> Any:  # noqa: ANN401 - the view's own class is no author's
    """Return the axes of the matrix: a bar of colours is an image, too, and has no names."""
    shown = [axes for axes in all_ if any(series.kind == "image" for series in axes.series)]
    return next((axes for axes in shown if axes.x_label or _classes(axes.x_ticks)), shown[0])


def _misnamed(axes: Any) -> str:  # noqa: ANN401 - likewise
    """Say what is not as it must be along the axes of a matrix; nothing if all is."""
    labels = (("x", axes.x_label, "predict"), ("y", axes.y_label, "true|actual"))
    for name, label, wanted in labels:
        if not re.search(wanted, label, re.IGNORECASE):
            return (
                f"{label[:40]!r} along the {name} axis" if label else f"no label on the {name} axis"
            )
    told = _classes(axes.x_ticks)
    return "" if told == CLASSES else f"columns called {' and '.join(told) or 'something else'}"


def _classes(ticks: tuple[str, ...]) -> tuple[str, ...]:
    words = (word.strip().lower() for word in ticks)
    return tuple(word for word in words if word in CLASSES)


@classifying.check(
    classified, points=3, hint="Which channel comes first in training, and which one here?"
)
def label_right(function: FunctionView) -> Expectation:
    """A picture gets the label that the network gives to it."""
    for call in function.calls:
        pair = call.value if call.answer.outcome == "value" else None
        if not isinstance(pair, list | tuple) or not pair:
            return call.agrees()
        if pair[0] != call.expected[0]:
            wanted = f"{call.words}: {call.expected[0]}"
            return expect(met=False, expected=wanted, actual=f"{pair[0]!r:.40}")
    wanted = f"the right label for {len(function.calls)} pictures"
    return expect(True, wanted, wanted) if function.calls else function.agrees()  # noqa: FBT003


@classifying.check(
    classified,
    points=3,
    hint="Is a picture scaled as in training, and just once? Of which label is the number?",
)
def confidence_right(function: FunctionView) -> Expectation:
    """The confidence is that of the label which is told."""
    return function.agrees()


@inside.check(
    filtered, points=3, hint="Which number of the filter meets which pixel, and is it turned first?"
)
def filter_applied(function: FunctionView) -> Expectation:
    """A filter is slid over a picture as a convolution layer does it."""
    return function.agrees()


@inside.check(flips, points=2, hint="Which of the two comes to what your own function comes to?")
def flip_known(value: ValueView) -> Expectation:
    """It is known which of the two functions turns the filter."""
    return value.one_of(["convolve2d", "correlate2d"], "convolve2d")
