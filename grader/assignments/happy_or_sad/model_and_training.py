"""The checks of the model, of how it is compiled, and of its training."""

from collections.abc import Callable
from typing import TypeAlias

from grader.assignments.happy_or_sad.editions import TRAINER
from grader.assignments.happy_or_sad.parts import (
    CONVOLUTIONS,
    GOAL,
    IMAGE,
    MOST_EPOCHS,
    callback_part,
    happy_or_sad,
    loader_part,
    trained,
)
from grader.authoring import (
    Absent,
    Compilation,
    Expectation,
    InTraining,
    Model,
    Need,
    Observed,
    ProbeFault,
    Result,
    Training,
    asked,
    compilations,
    models,
    returned,
    targets,
    together,
)

structure = happy_or_sad.group("structure")
compiling = happy_or_sad.group("compile")
training_checks = happy_or_sad.group("training")
LossCheck: TypeAlias = Callable[[Model, Compilation, bool], Expectation]


def suited(trainer: str, one_hot: Callable[[Observed], bool], fits: LossCheck) -> Need[bool]:
    """Return as evidence whether output layer and loss are right, also where they are not known.

    Args:
        trainer: Graded name of what trains.
        one_hot: Tells of a run whether labels are vectors of one number a class.
        fits: Whether a loss suits the model and such labels.
    """

    def find(seen: Observed) -> bool:
        try:
            model, compilation = seen.model(trainer), seen.compilation(trainer)
            labels, from_logits = one_hot(seen), seen.takes_logits(trainer)
        except (Absent, ProbeFault):
            return True
        output = models.two_class_output(model, from_logits=from_logits)
        return output.met and fits(model, compilation, labels).met

    return Need("suited", trainer, find)


@structure.check(
    trained.model,
    points=5,
    hint="The first layer takes what the loader yields: an image in colour.",
)
def input_shape(model: Model) -> Expectation:
    """The model takes colour images of 150 by 150 pixels."""
    return models.takes_images(model, IMAGE)


@structure.check(
    trained.model, points=5, hint="Three convolutions work best, each followed by pooling."
)
def convolutions(model: Model) -> Expectation:
    """At least three convolutions, with downsampling between them."""
    return models.convolutions(model, CONVOLUTIONS)


@structure.check(
    trained.model, points=5, hint="A dense layer needs one vector an image. Which layer makes one?"
)
def flattened(model: Model) -> Expectation:
    """Feature maps are flattened or pooled before the dense layers."""
    return models.flattened(model)


@structure.check(
    trained.model,
    trained.from_logits,
    points=5,
    hint="How many numbers tell two classes apart, and in which range?",
)
def output_layer(model: Model, from_logits: bool | None) -> Expectation:  # noqa: FBT001
    """The output layer suits two classes."""
    return models.two_class_output(model, from_logits=from_logits)


@compiling.check(
    trained.model,
    trained.compilation,
    loader_part.one_hot,
    points=8,
    hint="Which loss is made for the units and the activation of your output?",
)
def loss(model: Model, compilation: Compilation, one_hot: bool) -> Expectation:  # noqa: FBT001
    """The loss suits the output layer and the labels."""
    return compilations.loss_fits(model, compilation, one_hot=one_hot)


@compiling.check(
    trained.model,
    trained.compilation,
    loader_part.one_hot,
    points=7,
    hint="Under which key does the callback look in the logs?",
)
def metric(model: Model, compilation: Compilation, one_hot: bool) -> Expectation:  # noqa: FBT001
    """A metric is logged as accuracy."""
    return compilations.logs_accuracy(model, compilation, one_hot=one_hot)


suits = suited(TRAINER, loader_part.one_hot.find, loss)


@training_checks.check(
    trained.training,
    suits,
    points=15,
    required=True,
    hint="Look at the learning curve: does the accuracy rise too slowly, stay at one half, or jump "
    "up and down?",
)
def target_reached(training: Training, suited: bool) -> Expectation:  # noqa: FBT001
    """Training reaches 99.9 % accuracy in fewer than 15 epochs."""
    return targets.reaches(training, GOAL, suited=suited)


@training_checks.check(
    trained.training, points=5, hint="The notebook says how many epochs may be asked for."
)
def epochs_asked(training: Training) -> Expectation:
    """At most 20 epochs are asked for."""
    return asked.at_most_epochs(training, MOST_EPOCHS)


@training_checks.check(
    trained.training,
    callback_part.in_training,
    points=5,
    hint="How does fit learn that there is a callback?",
)
def stopped_by_callback(training: Training, in_training: InTraining) -> Expectation:
    """The callback stops the training."""
    together.require_looked_at(training, GOAL, MOST_EPOCHS)
    return targets.stopped_by(training, GOAL, in_training)


@training_checks.check(
    trained.training,
    trained.result,
    points=5,
    hint="fit gives you an object that remembers every epoch. Return that one.",
)
def history_returned(training: Training, result: Result) -> Expectation:
    """The function returns the History of the training."""
    return returned.returned(result, training)
