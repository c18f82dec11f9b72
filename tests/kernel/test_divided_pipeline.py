"""Of a function that returns the parts of a divided dataset, the first is trained on."""

from pathlib import Path

import nbformat
import pytest
import shapes

from grader.assignments.loading import load
from grader.kernel.kernels import Kernels
from grader.pipeline import Choice, Entry, Pipeline
from grader.report.document import Report

OLD = 'train = shapes.part(ImageLoader("load_train", variable="train_batches"))'
NEW = 'train = shapes.part(ImageLoader("divide", variable="train_batches", item=0))'
CHECKS = """

@data.check(model.training, points=10, hint="Which calls divide?")
def apart(training: Training) -> Expectation:
    \"\"\"No image is both trained on and validated with.\"\"\"
    return divisions.apart(training)


@data.check(train.loader, points=5, hint="How many come at a time?")
def batches(loader: Loader) -> Expectation:
    \"\"\"Images come in batches of 4.\"\"\"
    return loaders.batches_of(loader, 4)
"""
DIVIDE = """\
# GRADED FUNCTION: divide
def divide():
    ### START CODE HERE
    data = keras.utils.image_dataset_from_directory(
        "../data/shapes/train", image_size=(8, 8), batch_size=None, shuffle=False, verbose=False
    )
    data = data.map(lambda x, y: (x / 255, y))
    data = data.shuffle(16, seed=3, reshuffle_each_iteration={anew})
    train, rest = data.take(12).batch(4), data.skip(12).batch(4)
    ### END CODE HERE
    return train, rest"""


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # What all images of the folder are for is another check's matter.
    module = shapes.MODULE.replace(OLD, NEW).replace("    Training,", "    Training, divisions,")
    kept, checks = module.split("@data.check(train.loader, train.dataset")
    rest = checks.split("@data.check(valid.loader", 1)[1]
    module = f"{kept}@data.check(valid.loader{rest}{CHECKS}".replace(
        "TrainedModel, Training, Value", "TrainedModel, Training, divisions, Value"
    )
    place = shapes.write(tmp_path_factory.mktemp("author") / "shapes", module)
    nbformat.write(notebook(), place / "shapes.ipynb")
    return place


def notebook(anew: bool = False) -> nbformat.NotebookNode:  # noqa: FBT001, FBT002
    given = "# grader-required-cell\ntrain_batches, held_batches = divide()\n"
    given += "valid_batches = load_validation()\ntest_batches = load_test()"
    history = "# grader-required-cell\nhistory = train_model(train_batches, held_batches)"
    divide = DIVIDE.format(anew=anew)
    return shapes.notebook(load_train=divide, batches=given, history=history)


def grade(author: Path, kernels: Kernels, path: Path, *, anew: bool) -> Report:
    nbformat.write(notebook(anew), path)
    pipeline = Pipeline(kernels, Choice((load(author),)))
    return pipeline.grade(Entry(path, path.stem, path.name)).report


def test_the_first_part_is_trained_on_and_looked_at(
    author: Path, kernels: Kernels, tmp_path: Path
) -> None:
    report = grade(author, kernels, tmp_path / "right.ipynb", anew=False)
    checks = {check.id: (check.earned, check.actual) for check in report.checks}
    assert [(each.source, each.reason) for each in report.trainings] == [("grader", "")]
    assert (checks["apart"][0], checks["batches"][0]) == (10, 5), checks


def test_parts_that_change_from_pass_to_pass_are_told(
    author: Path, kernels: Kernels, tmp_path: Path
) -> None:
    report = grade(author, kernels, tmp_path / "anew.ipynb", anew=True)
    checks = {check.id: (check.earned, check.actual) for check in report.checks}
    assert checks["batches"][0] == 5, checks
    assert checks["apart"][0] == 0
    assert "trained on as well" in str(checks["apart"][1])
