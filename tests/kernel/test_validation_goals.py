"""A goal of validation accuracy is graded in kernels: what counts is what the grader measures."""

from pathlib import Path

import nbformat
import pytest
import shapes
from PIL import Image

from grader.assignments.loading import load
from grader.kernel.kernels import Kernels
from grader.pipeline import Choice, Entry, Pipeline
from grader.records import Status, Verdict
from grader.report.document import CheckRow, Report

MODULE = (
    (
        shapes.MODULE.replace("points=40", "points=20")
        .replace("goals=(GOAL,)", "goals=(GOAL, VALIDATION)")
        .replace("data=DATA)", "data=DATA, seeds=(1,))")
        .replace("DATA = ", 'VALIDATION = Goal("accuracy", "validation", at_least=0.9)\nDATA = ')
    )
    + '''

@shapes.group("validation").check(model.training, points=20, hint="Is it learnt by heart?")
def validated(training: Training) -> Expectation:
    """Validation reaches 90 % accuracy."""
    return targets.reaches(training, VALIDATION)
'''
)
TRAIN, LOAD = shapes.CELLS["train_model"], shapes.CELLS["load_validation"]
END = "    ### END CODE HERE"
MEASURED = "at best 50% in 10 epochs, where the grader measured all images of the validation split"


def trains(old: str, new: str) -> dict[str, str]:
    return {"train_model": TRAIN.replace(old, new)}


WAYS = {
    "made_up": {
        "load_validation": LOAD.replace("shapes/validation", "shapes/train"),
        **trains(END, f"    history.history['val_accuracy'] = [1.0] * 10\n{END}"),
    },
    "one_step": {
        "load_validation": LOAD.replace("batch_size=4", "batch_size=2, shuffle=False"),
        **trains("epochs=10", "epochs=10, validation_steps=1"),
    },
    "arrays": trains(
        "validation_data=valid_batches",
        "validation_data=(np.zeros((8, 8, 8, 3)), model.predict(np.zeros((8, 8, 8, 3))).round())",
    ),
}


def mislabel(folder: Path) -> None:
    """Show the other class in half of the images to validate with, in the first ones of none."""
    for label, other in (("disc", "square"), ("square", "disc")):
        for number in (2, 3):
            image = Image.fromarray(shapes.draw(other, 20 + number))
            image.save(folder / "images" / "validation" / label / f"{number}.png")


@pytest.fixture(scope="module")
def reports(kernels: Kernels, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    folder = tmp_path_factory.mktemp("class")
    right = shapes.write(folder / "right" / "shapes", MODULE)
    wrong = shapes.write(folder / "wrong" / "shapes", MODULE)
    mislabel(wrong)
    made = {"right": grade(right, kernels, folder / "right.ipynb", {})}
    return made | {
        name: grade(wrong, kernels, folder / f"{name}.ipynb", changed)
        for name, changed in WAYS.items()
    }


def grade(author: Path, kernels: Kernels, path: Path, changed: dict[str, str]) -> Report:
    nbformat.write(shapes.notebook(**changed), path)
    return (
        Pipeline(kernels, Choice((load(author),))).grade(Entry(path, path.stem, path.name)).report
    )


def validated(report: Report) -> CheckRow:
    return next(check for check in report.checks if check.id == "validated")


def test_what_the_grader_measured_earns_its_points(reports: dict[str, Report]) -> None:
    assert (reports["right"].verdict, reports["right"].score.earned) == (Verdict.GRADED, 100)


def test_it_is_told_that_the_grader_measured_it(reports: dict[str, Report]) -> None:
    said = "as the grader measured it on all images of the validation split"
    assert validated(reports["right"]).actual.endswith(said)


def test_the_report_has_what_was_measured(reports: dict[str, Report]) -> None:
    [training] = reports["right"].trainings
    [goal] = [goal for goal in training.goals if goal.split == "validation"]
    assert goal.reached_at is not None
    assert goal.values[goal.reached_at - 1] == 1.0


@pytest.mark.parametrize("name", ["made_up", "one_step"])
def test_whatever_was_logged_what_was_measured_counts(
    reports: dict[str, Report], name: str
) -> None:
    check = validated(reports[name])
    assert (check.status, check.earned) == (Status.FAILED, 0)
    assert MEASURED in check.actual


@pytest.mark.parametrize("name", ["made_up", "one_step"])
def test_a_log_that_says_more_is_told(reports: dict[str, Report], name: str) -> None:
    assert validated(reports[name]).actual.startswith("100% in the log, but ")


def test_points_for_made_up_arrays_wait(reports: dict[str, Report]) -> None:
    check = validated(reports["arrays"])
    assert (check.status, check.earned) == (Status.ERRORED, 0)
    assert "validation_data" in check.actual
