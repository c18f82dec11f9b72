"""An assignment on arrays whose graded cells make a model, compile it, fit it and evaluate it."""

from pathlib import Path

import nbformat
import numpy as np

MODULE = '''\
"""Bars: upright or lying."""

from pathlib import Path

from grader.authoring import (
    Arrays, Assignment, Compilation, Dataset, Expectation, Function, FunctionView, Goal, GradedCell,
    Model, TrainedModel, Training, Value, ValueView, compilations, evaluated, expect, targets,
)

HERE = Path(__file__).parent
GOAL = Goal("accuracy", "test", at_least=0.9)
DATA = Dataset(
    "bars",
    "bars",
    ("lying", "upright"),
    splits=(Arrays("train", HERE / "train.npz", labels="y"),
            Arrays("test", HERE / "test.npz", labels="y")),
)
bars = Assignment("bars", "Bars", HERE / "bars.ipynb", data=DATA, seeds=(1,))
bars.part(GradedCell("build"))
bars.part(GradedCell("net"))
bars.part(GradedCell("net.compile"))
net = bars.part(
    TrainedModel("net.fit", data="train", test="test", goals=(GOAL,), most_epochs=12)
)
preds = bars.part(Value("preds", form="a list of loss and accuracy"))


@bars.group("structure").check(net.model, points=10, hint="Which layer puts out one number?")
def one_output(model: Model) -> Expectation:
    """The model has one output."""
    shape = model.layers[-1].output_shape if model.layers else None
    return expect(bool(shape) and shape[-1] == 1, "one output", f"{shape}")


@bars.group("compile").check(
    net.model, net.compilation, net.one_hot, points=20, hint="Which labels are there?"
)
def loss(model: Model, compilation: Compilation, one_hot: bool | None) -> Expectation:
    """The loss suits the output."""
    return compilations.loss_fits(model, compilation, one_hot=one_hot)


@bars.group("training").check(net.training, points=40, required=True, hint="Does it learn?")
def goal_reached(training: Training) -> Expectation:
    """The model classifies 90 % of the test images correctly."""
    return targets.reaches(training, GOAL)


@bars.group("training").check(preds, net.training, points=30, hint="What does evaluate return?")
def evaluated_on_test_data(value: ValueView, training: Training) -> Expectation:
    """The trained model is evaluated on the test data."""
    return evaluated.agrees(value, training)
'''
START, END = "### START CODE HERE", "### END CODE HERE"
CELLS = {
    "imports": """\
# grader-required-cell
import keras
import numpy as np
with np.load("../data/bars/train.npz") as file:
    X_train, Y_train = file["x"] / 255, file["y"].reshape(-1, 1)
with np.load("../data/bars/test.npz") as file:
    X_test, Y_test = file["x"] / 255, file["y"].reshape(-1, 1)""",
    "build": f"""\
# GRADED FUNCTION: build
def build(shape):
    {START}
    inputs = keras.Input(shape)
    hidden = keras.layers.Flatten()(inputs)
    hidden = keras.layers.BatchNormalization()(keras.layers.Dense(8)(hidden))
    hidden = keras.layers.Activation("relu")(hidden)
    model = keras.Model(inputs, keras.layers.Dense(1, activation="sigmoid")(hidden))
    {END}
    return model""",
    "net": f"# GRADED CELL: net\n{START}\nnet = build(X_train.shape[1:])\n{END}",
    "net.compile": f"""\
# GRADED CELL: net.compile
{START}
net.compile(keras.optimizers.Adam(0.02), "binary_crossentropy", metrics=["accuracy"])
{END}""",
    "net.fit": f"""\
# GRADED CELL: net.fit
{START}
net.fit(x=X_train, y=Y_train, epochs=8, batch_size=8, verbose=0)
{END}""",
    "preds": f"""\
# GRADED VALUE: preds
{START}
preds = net.evaluate(x=X_test, y=Y_test, verbose=0)
{END}
print()
print("Loss = " + str(preds[0]))
print("Test Accuracy = " + str(preds[1]))""",
    "again": "net.fit(X_train, Y_train, 16, 3, verbose=0)",
}
SIDE = 6


def notebook(**changed: str) -> nbformat.NotebookNode:
    """Build the solution, with some cells changed: ``net_fit`` is that of ``net.fit``."""
    sources = {**CELLS, **{_named(name): text for name, text in changed.items()}}
    cells = [
        nbformat.v4.new_code_cell(text, id=name.replace(".", "-")) for name, text in sources.items()
    ]
    made: nbformat.NotebookNode = nbformat.v4.new_notebook(cells=cells)
    return made


def _named(name: str) -> str:
    return name.replace("net_", "net.") if name.startswith("net_") else name


def draw(path: Path, samples: int, seed: int) -> None:
    """Write dark images, each with a bright bar, and labels: whether it is upright."""
    chance = np.random.default_rng(seed)
    labels = np.arange(samples) % 2
    images = chance.integers(0, 90, (samples, SIDE, SIDE, 1)).astype("uint8")
    for image, upright, place in zip(
        images, labels, chance.integers(0, SIDE, samples), strict=True
    ):
        (image.swapaxes(0, 1) if upright else image)[place] += 140
    np.savez(path, x=images, y=labels.astype("int64"))


def write(folder: Path, module: str = MODULE) -> Path:
    """Write the assignment with its data into a folder, and return it.

    Args:
        folder: A new one.
        module: Text of its module.
    """
    folder.mkdir(parents=True)
    (folder / "assignment.py").write_text(module, "utf-8")
    nbformat.write(notebook(), folder / "bars.ipynb")
    draw(folder / "train.npz", 200, 1)
    draw(folder / "test.npz", 60, 2)
    return folder
