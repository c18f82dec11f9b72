"""The assignment "The Happy House": a model that opens the door to whoever is happy."""

from grader.assignments.happy_house.parts import GOAL, PICTURE, happy_house, preds, trained
from grader.authoring import (
    Compilation,
    Expectation,
    Model,
    Training,
    ValueView,
    compilations,
    evaluated,
    models,
    targets,
)

__all__ = ["GOAL", "PICTURE", "happy_house", "preds", "trained"]

structure = happy_house.group("structure")
compiling = happy_house.group("compile")
fitting = happy_house.group("training")
testing = happy_house.group("evaluation")


@structure.check(trained.model, points=5, hint="Which shape has one picture, without their number?")
def input_shape(model: Model) -> Expectation:
    """The model takes colour pictures of 64 by 64 pixels."""
    return models.takes_images(model, PICTURE)


@structure.check(
    trained.model,
    points=10,
    hint="Which layer looks for the same detail everywhere, and which one makes its maps smaller?",
)
def convolution(model: Model) -> Expectation:
    """There is a convolution, and its feature maps are made smaller."""
    return models.convolutions(model, 1)


@structure.check(
    trained.model, points=5, hint="Without what do several layers come to no more than one?"
)
def activated(model: Model) -> Expectation:
    """An activation comes between the convolution and the output."""
    return models.activated(model)


@structure.check(
    trained.model, points=5, hint="A dense layer needs one vector a picture. Which layer makes one?"
)
def flattened(model: Model) -> Expectation:
    """Feature maps are flattened or pooled before the dense layers."""
    return models.flattened(model)


@structure.check(
    trained.model,
    trained.from_logits,
    points=10,
    hint="How many numbers say yes or no, and in which range?",
)
def output_layer(model: Model, from_logits: bool | None) -> Expectation:  # noqa: FBT001
    """The output layer suits two classes."""
    return models.two_class_output(model, from_logits=from_logits)


@compiling.check(
    trained.model,
    trained.compilation,
    trained.one_hot,
    points=12,
    hint="Which loss is made for a question of yes or no, and for your output?",
)
def loss(model: Model, compilation: Compilation, one_hot: bool | None) -> Expectation:  # noqa: FBT001
    """The loss suits the output layer and the labels."""
    return compilations.loss_fits(model, compilation, one_hot=one_hot)


@compiling.check(
    trained.model,
    trained.compilation,
    trained.one_hot,
    points=8,
    hint="What is the share of right answers called, and where do you ask for it?",
)
def metric(model: Model, compilation: Compilation, one_hot: bool | None) -> Expectation:  # noqa: FBT001
    """A metric is logged as accuracy."""
    return compilations.logs_accuracy(model, compilation, one_hot=one_hot)


@fitting.check(
    trained.training,
    points=30,
    required=True,
    hint="How far is the accuracy in training from that in the test, and does either still rise?",
)
def test_accuracy(training: Training) -> Expectation:
    """The trained model classifies enough of the test pictures correctly."""
    return targets.reaches(training, GOAL)


@testing.check(
    preds,
    trained.training,
    points=15,
    hint="Which method of the model measures it, and which pictures has it never seen?",
)
def evaluated_on_test_pictures(value: ValueView, training: Training) -> Expectation:
    """The trained model is evaluated on the test pictures."""
    return evaluated.agrees(value, training)
