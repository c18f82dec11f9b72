"""The checks of the model, and of how it is compiled."""

from grader.assignments.happy_sad_pipeline.dividing import image_size
from grader.assignments.happy_sad_pipeline.parts import (
    happy_sad_pipeline,
    trained,
    training_images,
)
from grader.authoring import Compilation, Expectation, Model, compilations, models

structure = happy_sad_pipeline.group("structure")
compiling = happy_sad_pipeline.group("compile")
CONVOLUTIONS, CHANNELS = 2, 3


@structure.check(
    trained.model,
    image_size,
    points=2,
    hint="How large is a picture, and how many channels has it?",
)
def input_shape(model: Model, size: int) -> Expectation:
    """The model takes one picture in colour, of the size that the notebook names."""
    return models.takes_images(model, (size, size, CHANNELS))


@structure.check(
    trained.model, points=2, hint="What comes between two convolutions, so that maps get smaller?"
)
def convolutions(model: Model) -> Expectation:
    """Convolutions and pooling come in turn."""
    return models.convolutions(model, CONVOLUTIONS)


@structure.check(trained.model, points=1, hint="What shape does a dense layer take?")
def flattened(model: Model) -> Expectation:
    """Feature maps are made flat before the dense layers."""
    return models.flattened(model)


@structure.check(
    trained.model,
    trained.from_logits,
    points=2,
    hint="How many numbers tell two classes apart, and in which range?",
)
def output_layer(model: Model, from_logits: bool | None) -> Expectation:  # noqa: FBT001
    """The last layer suits two classes."""
    return models.two_class_output(model, from_logits=from_logits)


@compiling.check(
    trained.model,
    trained.compilation,
    training_images.one_hot,
    points=2,
    hint="Which loss is made for the units and the activation of your last layer?",
)
def loss(model: Model, compilation: Compilation, one_hot: bool) -> Expectation:  # noqa: FBT001
    """The loss suits the last layer and the labels."""
    return compilations.loss_fits(model, compilation, one_hot=one_hot)


@compiling.check(
    trained.model,
    trained.compilation,
    training_images.one_hot,
    points=2,
    hint="What is fit to tell after each epoch, besides the loss?",
)
def metric(model: Model, compilation: Compilation, one_hot: bool) -> Expectation:  # noqa: FBT001
    """The accuracy is measured, under whichever name."""
    return compilations.measures_accuracy(model, compilation, one_hot=one_hot)
