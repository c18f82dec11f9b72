"""An assignment as a stranger writes one, in which two functions train, each with its own goal."""

import nbformat
import shapes

GOALS = """\
SMALL = Goal("accuracy", at_least=0.9, by_epoch=10)
DEEP = Goal("accuracy", at_least=0.9, by_epoch=4)
DATA = """
PARTS = """\
model = shapes.part(
    TrainedModel("train_model", variable="history", loader=train, goals=(SMALL,), most_epochs=10)
)
deep = shapes.part(
    TrainedModel("train_deep", variable="deep_history", loader=train, goals=(DEEP,), most_epochs=4)
)
"""
CHECKS = '''

@shapes.group("deep").check(deep.training, points=20, hint="Does it learn too slowly?")
def deep_reached(training: Training) -> Expectation:
    """Training the deep model reaches 90 % accuracy by epoch 4."""
    return targets.reaches(training, DEEP)


@shapes.group("deep").check(deep.result, deep.training, points=10, hint="What does fit return?")
def deep_returned(result: Result, training: Training) -> Expectation:
    """The History of the deep model is returned."""
    return returned.returned(result, training)


@shapes.group("deep").check(deep.model, points=10, hint="How many layers has it?")
def deep_enough(model: Model) -> Expectation:
    """The deep model has two hidden layers."""
    return expect(len(model.layers) > 3, "two hidden layers", f"{len(model.layers)} layers")
'''
_OLD = shapes.MODULE[shapes.MODULE.index("model = shapes.part(") : shapes.MODULE.index("mean = ")]
MODULE = (
    shapes.MODULE.replace(_OLD, PARTS)
    .replace('GOAL = Goal("accuracy", at_least=0.9, by_epoch=10)\nDATA = ', GOALS)
    .replace("targets.reaches(training, GOAL)", "targets.reaches(training, SMALL)")
    .replace(
        "Goal, ImageLoader, Loader,",
        "Goal, ImageLoader, Loader, Model,\n    Result, expect, returned,",
    )
    .replace("data=DATA)", "data=DATA, seeds=(1, 2))")
    + CHECKS
)
DEEP = """\
# GRADED FUNCTION: train_deep
def train_deep(train_batches, valid_batches):
    ### START CODE HERE
    model = keras.Sequential(
        [
            keras.layers.Input((8, 8, 3)),
            keras.layers.Flatten(),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(8, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.05), "binary_crossentropy", metrics=["accuracy"])
    deep_history = model.fit(train_batches, epochs=10)
    ### END CODE HERE
    return deep_history"""
CALL = "# grader-required-cell\ndeep_history = train_deep(train_batches, valid_batches)"


def notebook(**changed: str) -> nbformat.NotebookNode:
    """Build the solution, with some cells changed."""
    return shapes.notebook(**{"train_deep": DEEP, "deep_history": CALL} | changed)
