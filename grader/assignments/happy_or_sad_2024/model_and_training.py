"""The checks of the model, of how it is compiled, and of its training.

What they ask of both editions alike, the earlier one has written down.
"""

from grader.assignments.happy_or_sad.assignment import model_and_training as earlier
from grader.assignments.happy_or_sad.parts import GOAL
from grader.assignments.happy_or_sad_2024.editions import FIT
from grader.assignments.happy_or_sad_2024.parts import (
    MOST_EPOCHS,
    MOST_PARAMETERS,
    callback_part,
    happy_or_sad_2024,
    loader_part,
    trained,
)
from grader.authoring import (
    Compilation,
    Expectation,
    InTraining,
    Model,
    Training,
    asked,
    compilations,
    expect,
    models,
    targets,
    together,
)

structure = happy_or_sad_2024.group("structure")
compiling = happy_or_sad_2024.group("compile")
training_checks = happy_or_sad_2024.group("training")

structure.check(
    trained.model,
    points=5,
    hint="The first layer takes what the dataset yields: an image in colour.",
)(earlier.input_shape)
structure.check(
    trained.model, points=5, hint="Three convolutions work best, each followed by pooling."
)(earlier.convolutions)
structure.check(
    trained.model, points=5, hint="A dense layer needs one vector an image. Which layer makes one?"
)(earlier.flattened)
structure.check(
    trained.model,
    trained.from_logits,
    points=5,
    hint="How many numbers tell two classes apart, and in which range?",
)(earlier.output_layer)


@structure.check(
    trained.model,
    points=5,
    hint="The summary of the model says which layer has most of them: what makes its input long?",
)
def parameters(model: Model) -> Expectation:
    """The model has at most 21,000,000 parameters."""
    return models.at_most_parameters(model, MOST_PARAMETERS)


@compiling.check(
    trained.model,
    trained.compilation,
    loader_part.one_hot,
    points=8,
    hint="Which loss is made for your output, and for the labels that the dataset gives?",
)
def loss(model: Model, compilation: Compilation, one_hot: bool) -> Expectation:  # noqa: FBT001
    """The loss suits the output layer and the labels."""
    if one_hot and models.units(model) == 1:
        return expect(met=False, expected="one label for one output", actual="two labels an image")
    return compilations.loss_fits(model, compilation, one_hot=one_hot)


compiling.check(
    trained.model,
    trained.compilation,
    loader_part.one_hot,
    points=7,
    hint="Under which key does the callback look in the logs?",
)(earlier.metric)
training_checks.check(
    trained.training,
    earlier.suited(FIT, loader_part.one_hot.find, loss),
    points=15,
    required=True,
    hint="Look at the learning curve: does the accuracy rise too slowly, stay at one half, or jump "
    "up and down?",
)(earlier.target_reached)


@training_checks.check(
    trained.training, points=5, hint="The notebook says how many epochs may be asked for."
)
def epochs_asked(training: Training) -> Expectation:
    """At most 15 epochs are asked for."""
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
