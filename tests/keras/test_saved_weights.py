"""A saved model is compared with the weights that the grader trained, whatever its kernel says."""

from pathlib import Path

import nbformat
import pytest
import shapes

from grader.assignments.assignment import Assignment
from grader.assignments.loading import load
from grader.kernel.kernels import Kernels
from grader.pipeline import Choice, Entry, Pipeline
from grader.records import Status
from grader.report.document import CheckRow

CHECK = '''

@shapes.group("saved").check(saved, model.training, points=10, hint="Which model is it?")
def weights_saved(file: FileView, training: Training) -> Expectation:
    """The trained weights are saved."""
    return file.holds_weights(training)
'''
PART = 'saved = shapes.part(File("save_model", path="model.keras", model="model"))\n'
MODULE = (
    shapes.MODULE.replace("ClassFolders,", "ClassFolders, File, FileView,", 1).replace(
        "mean = shapes.part", f"{PART}mean = shapes.part"
    )
    + CHECK
)
SAVE = """\
# GRADED FUNCTION: save_model
def save_model(model):
    ### START CODE HERE
    model.save("model.keras")
    ### END CODE HERE"""
CALL = "# grader-required-cell\nmodel = history.model\nsave_model(model)"
NUMPY = """\
    weights = [np.full_like(each, 0.5) for each in model.get_weights()]
    model.set_weights(weights)
    model.save("model.keras")"""
ANOTHER = """\
    other = keras.models.clone_model(model)
    other.save("model.keras")"""
# Right arrays lie beside wrong ones, where loading a model does not look.
BESIDE = """\
    import h5py
    import zipfile
    right = model.get_weights()
    model.set_weights([0 * each for each in right])
    model.save("zeros.keras")
    with zipfile.ZipFile("zeros.keras") as old:
        members = {name: old.read(name) for name in old.namelist()}
    open("w.h5", "wb").write(members["model.weights.h5"])
    with h5py.File("w.h5", "a") as file:
        for number, each in enumerate(right):
            file[f"kept/{number}"] = each
    members["model.weights.h5"] = open("w.h5", "rb").read()
    with zipfile.ZipFile("model.keras", "w") as new:
        for name, content in members.items():
            new.writestr(name, content)
    model.set_weights(right)"""


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    folder = shapes.write(tmp_path_factory.mktemp("author") / "shapes", MODULE)
    nbformat.write(written(), folder / "shapes.ipynb")
    return load(folder)


def written(body: str = '    model.save("model.keras")', **changed: str) -> nbformat.NotebookNode:
    save = SAVE.replace('    model.save("model.keras")', body)
    return shapes.notebook(**changed | {"save_model": save, "saved": CALL})


def check(
    author: Assignment, kernels: Kernels, folder: Path, body: str, **changed: str
) -> CheckRow:
    nbformat.write(written(body, **changed), folder / "shapes.ipynb")
    entry = Entry(folder / "shapes.ipynb", "shapes", "shapes.ipynb")
    report = Pipeline(kernels, Choice((author,))).grade(entry).report
    return next(each for each in report.checks if each.id == "weights_saved")


@pytest.mark.parametrize(
    "body",
    [
        '    model.save("model.keras")',
        '    model.save("other.h5")\n    import os\n    os.rename("other.h5", "model.keras")',
    ],
)
def test_the_model_that_was_trained_is_known(
    author: Assignment, kernels: Kernels, tmp_path: Path, body: str
) -> None:
    found = check(author, kernels, tmp_path, body)
    assert (found.status, found.expected) == (
        Status.PASSED,
        "the weights that were trained, in model.keras",
    )


@pytest.mark.parametrize(
    ("body", "actual"),
    [
        (ANOTHER, "none of them, and 4 of other numbers"),
        (NUMPY, "none of them, and 4 of other numbers"),
        (BESIDE, "4 of their 4 arrays, and 4 of other numbers"),
    ],
    ids=["another", "a literal", "beside"],
)
def test_another_one_is_told(
    author: Assignment, kernels: Kernels, tmp_path: Path, body: str, actual: str
) -> None:
    found = check(author, kernels, tmp_path, body)
    assert found.status is Status.FAILED
    assert actual in found.actual, found


def test_a_kernel_cannot_say_which_arrays_a_file_has(
    author: Assignment, kernels: Kernels, tmp_path: Path
) -> None:
    body = (
        "    from grader.probe import notebook as known\n"
        "    send = known.Notebook.send\n"
        "    def more(self, kind, **fields):\n"
        "        extra = {'arrays': ['0' * 32] * 4} if kind == 'file' else {}\n"
        "        return send(self, kind, **fields, **extra)\n"
        f"    known.Notebook.send = more\n{NUMPY}"
    )
    assert check(author, kernels, tmp_path, body).status is not Status.PASSED


def test_of_a_model_that_the_notebook_trained_nobody_knows(
    author: Assignment, kernels: Kernels, tmp_path: Path
) -> None:
    own = shapes.CELLS["train_model"].replace(
        "keras.layers.Flatten()", "keras.layers.Lambda(lambda x: keras.ops.reshape(x, (-1, 192)))"
    )
    found = check(author, kernels, tmp_path, '    model.save("model.keras")', train_model=own)
    assert found.status is Status.ERRORED
    assert "as the grader did not train the model itself" in found.actual
