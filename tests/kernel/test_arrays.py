"""``fit(x, y)`` in a kernel: what is made of the dataset's own arrays, the grader trains."""

import json
from typing import Any

import digits
import pytest

from grader.evidence import Fit
from grader.images import Images
from grader.isolation import landlock
from grader.kernel.job import Run
from grader.kernel.kernels import Kernels
from grader.records import PlannedCell, Role

EPOCHS, EXACTLY = 3, 1e-5
LOAD = """
import json
import keras
import numpy as np
with np.load("../data/digits/digits.npz") as file:
    x, y, x_test, y_test = (file[name] for name in ("x_train", "y_train", "x_test", "y_test"))
def made():
    layers = [keras.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(10, "softmax")]
    model = keras.Sequential(layers)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
"""
TRAINED = """
x, x_test = x / 255, x_test / 255
model = made()
first = model.fit(x, y, epochs=3, batch_size=40, validation_data=(x_test, y_test), verbose=0)
curves, params, epoch = dict(first.history), first.params, first.epoch
evaluated = model.evaluate(x_test, y_test, batch_size=40, verbose=0)
told = model.predict(x_test, verbose=0)
share = float((told.argmax(axis=1) == y_test).mean())
model.save("digits.keras")
loaded = keras.models.load_model("digits.keras")
again = float(np.abs(loaded.predict(x_test, verbose=0) - told).max())
model.save_weights("digits.weights.h5")
other = made()
other.load_weights("digits.weights.h5")
restored = float(np.abs(other.predict(x_test, verbose=0) - told).max())
steps = int(model.optimizer.iterations)
second = model.fit(x, y, epochs=1, validation_split=0.25, verbose=0)
print(json.dumps({
    "curves": curves, "params": params, "epoch": epoch, "evaluated": evaluated, "share": share,
    "differences": [again, restored], "steps": steps,
    "second": [second.params, sorted(second.history), int(model.optimizer.iterations)],
}))
"""
TRAIN = """
# its first line is empty
def train(x, y):
    model = made()
    return model.fit(
        x + np.random.default_rng(0).normal(0, 0.1, x.shape), y, verbose=0
    )
"""
# By somebody who knows where the grader has its own.
WRITTEN = """
def opened(path, mode):
    try:
        open(path, mode).close()
    except OSError as error:
        return type(error).__name__
print([opened({path!r}, mode) for mode in ("rb", "r+b")])
"""


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> Images:
    return digits.images(tmp_path_factory.mktemp("digits"))


@pytest.fixture(scope="module")
def run(kernels: Kernels, images: Images) -> Run:
    written = WRITTEN.format(path=str(images.arrays[digits.TRAIN] / "x.npy"))
    cells = [
        PlannedCell(LOAD, Role.REQUIRED),
        digits.trains(TRAINED),
        PlannedCell(TRAIN, Role.GRADED, "train"),
        digits.trains("history = train(x, y)"),
        PlannedCell(written, Role.REQUIRED),
    ]
    return digits.run(kernels, images, cells)


def fit(run: Run, number: int) -> Fit:
    return run.evidence.fits[number]


def printed(run: Run, cell: int) -> str:
    outputs = run.notebook.cells[cell].outputs
    return "".join(each["text"] for each in outputs if each.get("name") == "stdout")


@pytest.fixture(scope="module")
def left(run: Run) -> dict[str, Any]:
    # TensorFlow may have warned before.
    found: dict[str, Any] = json.loads(printed(run, 1).splitlines()[-1])
    return found


@pytest.mark.parametrize("number", [0, 1])
def test_the_grader_trains_on_arrays(run: Run, number: int) -> None:
    assert (fit(run, number).path, fit(run, number).reason) == ("grader", "")
    assert fit(run, number).trained is not None


def test_the_history_is_of_the_epochs_that_the_grader_made(run: Run, left: dict[str, Any]) -> None:
    names = ["accuracy", "loss", "val_accuracy", "val_loss"]
    assert sorted(left["curves"]) == names
    assert [list(fit(run, 0).curves[name]) for name in names] == [left["curves"][n] for n in names]


def test_its_parameters_are_keras_own(left: dict[str, Any]) -> None:
    assert left["params"] == {"verbose": 0, "epochs": EPOCHS, "steps": 6}
    assert left["epoch"] == list(range(EPOCHS))


def test_evaluating_afterwards_is_what_was_logged_of_validation(left: dict[str, Any]) -> None:
    logged = [left["curves"][name][-1] for name in ("val_loss", "val_accuracy")]
    assert left["evaluated"] == pytest.approx(logged, abs=EXACTLY)


def test_what_is_predicted_is_what_was_learnt(left: dict[str, Any]) -> None:
    assert left["share"] == pytest.approx(left["curves"]["val_accuracy"][-1], abs=EXACTLY)


def test_what_is_saved_and_loaded_predicts_the_same(left: dict[str, Any]) -> None:
    assert max(left["differences"]) < EXACTLY


def test_a_second_fit_goes_on_from_the_first(left: dict[str, Any]) -> None:
    # Of 180 samples, a batch has 32.
    assert left["steps"] == EPOCHS * 6
    params = {"verbose": 0, "epochs": 1, "steps": 6}
    assert left["second"] == [params, sorted(left["curves"]), EPOCHS * 6 + 6]


def test_what_was_made_in_another_way_trains_where_it_is_and_its_line_is_named(run: Run) -> None:
    found = fit(run, 2)
    assert found.path == "kernel"
    assert found.reason.startswith("line 5 of train: samples of x are none of the dataset's")


@pytest.mark.skipif(landlock.version() < landlock.FLOOR, reason="this system has no Landlock")
def test_the_graders_own_arrays_can_be_read_alone(run: Run) -> None:
    assert printed(run, 4) == "[None, 'PermissionError']\n"
