"""The assignment "Fashion": ten kinds of clothes as arrays, 90 % of those held out by epoch 10."""

import math
from pathlib import Path

import numpy as np

from grader.authoring import (
    Assignment,
    Compilation,
    Dataset,
    Expectation,
    Function,
    FunctionView,
    Goal,
    KerasData,
    Model,
    Result,
    TrainedModel,
    Training,
    compilations,
    expect,
    models,
    returned,
    targets,
)

from .drawing import CLASSES, SIDE

HERE = Path(__file__).parent
EPOCHS = 10
GOAL = Goal("accuracy", "validation", at_least=0.9, by_epoch=EPOCHS)


def samples_of_each(labels: np.ndarray) -> list[int]:
    """Count the samples of each kind."""
    return [int((labels == kind).sum()) for kind in range(len(CLASSES))]


def some_labels(generator: np.random.Generator) -> tuple[np.ndarray]:
    """Draw labels, of some kinds none."""
    kinds = generator.permutation(len(CLASSES))[:7]
    return (generator.choice(kinds, 40).astype(np.uint8),)


fashion = Assignment(
    id="fashion",
    title="Fashion",
    notebook=HERE / "fashion.ipynb",
    data=Dataset(
        "fashion", "fashion", CLASSES, splits=(KerasData("fashion_mnist", HERE / "files"),)
    ),
)
counted = fashion.part(
    Function(
        "samples_of_each",
        cases=[(np.arange(len(CLASSES), dtype=np.uint8),)],
        reference=samples_of_each,
        draw=some_labels,
    )
)
model = fashion.part(
    TrainedModel(
        "train_model",
        variable="history",
        data="fashion_mnist/train",
        validation="fashion_mnist/test",
        goals=(GOAL,),
        most_epochs=EPOCHS,
    )
)
looking = fashion.group("data")
structure = fashion.group("structure")
compiling = fashion.group("compile")
fitting = fashion.group("training")


@looking.check(counted, points=10, hint="Which number do kinds have that no sample is of?")
def samples_counted(function: FunctionView) -> Expectation:
    """The samples of each kind are counted."""
    return function.agrees()


@structure.check(model.model, points=10, hint="How many pixels has an image?")
def input_shape(model: Model) -> Expectation:
    """The model takes images of 28 by 28 pixels, flattened or not."""
    shape = (model.input_shape or ())[1:]
    found = f"input shape {shape}" if shape else "no input shape"
    pixels = math.prod(axis or 0 for axis in shape)
    return expect(pixels == SIDE * SIDE, f"{SIDE * SIDE} numbers for each image", found)


@structure.check(
    model.model, model.from_logits, points=15, hint="How many kinds are there to choose from?"
)
def output_layer(model: Model, from_logits: bool | None) -> Expectation:  # noqa: FBT001
    """The output layer suits ten kinds."""
    return models.class_output(model, len(CLASSES), from_logits=from_logits)


@compiling.check(
    model.model,
    model.compilation,
    model.one_hot,
    points=15,
    hint="Which loss is made for your labels: whole numbers, or vectors?",
)
def loss(model: Model, compilation: Compilation, one_hot: bool | None) -> Expectation:  # noqa: FBT001
    """The loss suits the output layer and the labels."""
    return compilations.loss_fits(model, compilation, one_hot=one_hot, classes=len(CLASSES))


@fitting.check(
    model.training,
    points=40,
    required=True,
    hint="Does the validation accuracy still rise in the last epoch, or does only the other one?",
)
def goal_reached(training: Training) -> Expectation:
    """Training reaches 90 % accuracy on the test images by epoch 10."""
    return targets.reaches(training, GOAL)


@fitting.check(model.training, points=5, hint="How many epochs does the notebook allow?")
def epochs_asked(training: Training) -> Expectation:
    """At most 10 epochs are asked for."""
    asked = training.epochs_asked
    return expect(
        asked is not None and asked <= EPOCHS, f"at most {EPOCHS} epochs", f"{asked} epochs"
    )


@fitting.check(model.training, model.result, points=5, hint="What does fit give you?")
def history_returned(training: Training, result: Result) -> Expectation:
    """The function returns the History of the training."""
    return returned.returned(result, training)
