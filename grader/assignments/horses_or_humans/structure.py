"""The checks of the large model, and of how it is compiled."""

from grader.assignments.horses_or_humans.loading import image_size
from grader.assignments.horses_or_humans.parts import first, horses_or_humans, training_images
from grader.authoring import (
    Compilation,
    Expectation,
    Model,
    compilations,
    models,
)

structure = horses_or_humans.group("structure")
compiling = horses_or_humans.group("compile")
CONVOLUTIONS, CHANNELS = 5, 3


@structure.check(
    first.model, image_size, points=2, hint="How large is a picture, and how many colours has it?"
)
def input_shape(model: Model, size: int) -> Expectation:
    """The model takes one picture in colour, of the size that the notebook names."""
    return models.takes_images(model, (size, size, CHANNELS))


@structure.check(
    first.model,
    points=3,
    hint="How many convolutions does the notebook name, and what comes between them?",
)
def convolutions(model: Model) -> Expectation:
    """Five convolutions and pooling come in turn."""
    return models.convolutions(model, CONVOLUTIONS)


@structure.check(
    first.model, points=2, hint="Are there more patterns to find in the first layer, or later?"
)
def filters_grow(model: Model) -> Expectation:
    """Later convolutions have no fewer filters than those before."""
    return models.growing_filters(model)


@structure.check(first.model, points=2, hint="What shape does a dense layer take?")
def flattened(model: Model) -> Expectation:
    """Feature maps are made flat before the dense layers."""
    return models.flattened(model)


@structure.check(
    first.model,
    first.from_logits,
    points=2,
    hint="How many numbers tell two classes apart, and which activation suits so many of them?",
)
def output_layer(model: Model, from_logits: bool | None) -> Expectation:  # noqa: FBT001
    """The last layer suits two classes."""
    return models.two_class_output(model, from_logits=from_logits)


@compiling.check(
    first.model,
    first.compilation,
    training_images.one_hot,
    points=3,
    hint="Which loss is made for the units and the activation of your last layer?",
)
def loss(model: Model, compilation: Compilation, one_hot: bool) -> Expectation:  # noqa: FBT001
    """The loss suits the last layer and the labels."""
    return compilations.loss_fits(model, compilation, one_hot=one_hot)


@compiling.check(
    first.model,
    first.compilation,
    training_images.one_hot,
    points=3,
    hint="What is fit to tell after each epoch, besides the loss?",
)
def metric(model: Model, compilation: Compilation, one_hot: bool) -> Expectation:  # noqa: FBT001
    """The accuracy is measured, under whichever name."""
    return compilations.measures_accuracy(model, compilation, one_hot=one_hot)
