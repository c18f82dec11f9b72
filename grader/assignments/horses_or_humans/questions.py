"""The checks of the answers: arithmetic of shapes, and what overfitting is.

What is asked is of pictures of 300 by 300 pixels, and of 150 by 150, whatever is trained on: it is
worked out from the student's own layers.
"""

from grader.assignments.horses_or_humans.parts import (
    PICTURES,
    batches,
    compact,
    compact_parameters,
    first,
    flat,
    horses_or_humans,
    lecture_flat,
    parameters,
    raw_values,
    risk,
    sides,
    training_images,
)
from grader.authoring import Expectation, Loader, Model, ValueView, arithmetic

asking = horses_or_humans.group("questions")
LARGE, COMPACT = (300, 300, 3), (150, 150, 3)
# What three convolutions and poolings leave of the pictures: 35 by 35 numbers in 64 maps.
LECTURE = 35 * 35 * 64
CHOICES = ("a", "b", "c", "d")
OVERFITTING = "c"


@asking.check(raw_values, points=1, hint="How many numbers has a pixel in colour?")
def raw_told(value: ValueView) -> Expectation:
    """It is told how many numbers a picture has."""
    height, width, channels = LARGE
    return value.equals(height * width * channels)


@asking.check(
    batches,
    training_images.loader,
    points=2,
    hint="What becomes of the pictures that do not fill a batch?",
)
def batches_told(value: ValueView, loader: Loader) -> Expectation:
    """It is told how many batches show all pictures once."""
    return arithmetic.batches(value, loader, PICTURES)


@asking.check(
    sides, first.model, points=2, hint="What does a filter of 3 by 3 do at the edge of a map?"
)
def sides_told(value: ValueView, model: Model) -> Expectation:
    """The side of the maps is told, after each convolution and each pooling."""
    return arithmetic.sides(value, model, LARGE)


@asking.check(
    flat, first.model, points=1, hint="Which layer makes a vector, and of how large a map?"
)
def flat_told(value: ValueView, model: Model) -> Expectation:
    """It is told how many numbers of a picture reach the dense layers."""
    return arithmetic.flat(value, model, LARGE)


@asking.check(
    lecture_flat, points=1, hint="How large are the maps after the third pooling, and how many?"
)
def lecture_told(value: ValueView) -> Expectation:
    """It is told how many numbers three convolutions leave of a picture."""
    return value.equals(LECTURE)


@asking.check(
    parameters,
    first.model,
    points=1,
    hint="Which line of a model's summary has the sum of them all?",
)
def parameters_told(value: ValueView, model: Model) -> Expectation:
    """It is told how many parameters the large model has."""
    return arithmetic.parameters(value, model, LARGE)


@asking.check(
    compact_parameters,
    compact.model,
    points=1,
    hint="Which line of a model's summary has the sum of them all?",
)
def compact_told(value: ValueView, model: Model) -> Expectation:
    """It is told how many parameters the compact model has."""
    return arithmetic.parameters(value, model, COMPACT)


@asking.check(risk, points=1, hint="Whose pictures does the model know, and whose not?")
def risk_named(value: ValueView) -> Expectation:
    """It is told what an accuracy of 1 in training alone is a sign of."""
    return value.one_of(CHOICES, OVERFITTING)
