"""Cells that make, compile, fit and evaluate a model are graded like functions that do."""

from pathlib import Path

import bars
import nbformat
import pytest

from grader.assignments.loading import load
from grader.kernel.kernels import Kernels
from grader.pipeline import Choice, Entry, Pipeline
from grader.records import Status
from grader.report.document import CheckRow, Report

ALL = (100, 100)
COMPILE, FIT = (bars.CELLS[name].splitlines()[2] for name in ("net.compile", "net.fit"))
NET = bars.CELLS["net"].splitlines()[2]
PREDS = bars.CELLS["preds"]


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bars.write(tmp_path_factory.mktemp("author") / "bars")


class Grade:
    """Grades the solution with some cells changed."""

    def __init__(self, author: Path, kernels: Kernels, folder: Path) -> None:
        self._author, self._kernels, self._folder = author, kernels, folder

    def __call__(self, **changed: str) -> Report:
        path = self._folder / "handed_in.ipynb"
        nbformat.write(bars.notebook(**changed), path)
        pipeline = Pipeline(self._kernels, Choice((load(self._author),)))
        return pipeline.grade(Entry(path, path.stem, path.name)).report


@pytest.fixture
def grade(author: Path, kernels: Kernels, tmp_path: Path) -> Grade:
    return Grade(author, kernels, tmp_path)


def points(report: Report) -> tuple[int, int]:
    return report.score.earned, report.score.possible


def check(report: Report, name: str) -> CheckRow:
    return next(check for check in report.checks if check.id == name)


def failed(report: Report) -> set[str]:
    return {check.id for check in report.checks if check.status is not Status.PASSED}


def test_the_solution_has_all_points_by_a_training_of_the_grader(grade: Grade) -> None:
    report = grade()
    [training] = [each for each in report.trainings if each.graded]
    assert (points(report), training.name, training.source) == (ALL, "net.fit", "grader")
    assert [goal.status for goal in training.goals] == ["met"]


def test_a_notebook_without_markers_is_graded_alike(grade: Grade) -> None:
    cells = {
        name.replace(".", "_"): "\n".join(
            line for line in text.splitlines() if not line.strip().startswith("#")
        )
        for name, text in bars.CELLS.items()
        if name != "imports"
    }
    assert points(grade(**cells)) == ALL


def test_the_history_may_be_kept(grade: Grade) -> None:
    assert points(grade(net_fit=f"history = {FIT}\nprint(history.history)")) == ALL


def test_all_three_steps_may_be_in_one_cell(grade: Grade) -> None:
    merged = f"# GRADED CELL: net\n{bars.START}\n{NET}\n{COMPILE}\n{FIT}\n{bars.END}"
    assert points(grade(net=merged, net_compile="", net_fit="")) == ALL


def test_fitting_again_afterwards_neither_counts_nor_harms(grade: Grade) -> None:
    again = FIT.replace("epochs=8", "epochs=9")
    report = grade(again=again)
    [training] = [each for each in report.trainings if each.graded]
    assert (points(report), training.epochs_run) == (ALL, 8)


def test_two_fits_in_the_graded_cell_count_together(grade: Grade) -> None:
    short = FIT.replace("epochs=8", "epochs=4")
    report = grade(net_fit=f"{short}\n{short}")
    [training] = [each for each in report.trainings if each.graded]
    assert (points(report), training.trainings) == (ALL, 2)


def test_of_many_fits_in_the_graded_cell_all_epochs_count(grade: Grade) -> None:
    report = grade(net_fit=f"for _ in range(3):\n    {NET}\n    {COMPILE}\n    {FIT}")
    row = check(report, "goal_reached")
    assert (row.status, row.expected) == (
        Status.FAILED,
        "90% test accuracy within 12 epochs in all",
    )
    assert row.actual.startswith("90% test accuracy after 24 epochs of 3 trainings together")


def test_what_was_tried_in_a_cell_before_counts_for_the_model_that_is_trained_on(
    grade: Grade,
) -> None:
    steps = f"    {NET}\n    {COMPILE}\n    {FIT}"
    tried = f"# GRADED CELL: net.compile\nfor _ in range(2):\n{steps}"
    shorter = bars.CELLS["net.fit"].replace("epochs=8", "epochs=2")
    report = grade(net_compile=tried, net_fit=shorter)
    [training] = [each for each in report.trainings if each.graded]
    assert (training.trainings, check(report, "goal_reached").status) == (3, Status.FAILED)


def test_what_was_tried_of_other_models_before_does_not_count(grade: Grade) -> None:
    other = f"{NET}\n{COMPILE}\n{FIT}".replace("net", "other")
    report = grade(net=f"# GRADED CELL: net\n{other}\n{NET}")
    [training] = [each for each in report.trainings if each.graded]
    assert (points(report), training.trainings) == (ALL, 1)


def test_a_training_of_another_model_is_not_that_of_the_variable(grade: Grade) -> None:
    other = f"other = build(X_train.shape[1:])\n{COMPILE}\n{FIT}".replace("net.", "other.")
    report = grade(net_fit=f"# GRADED CELL: net.fit\n{other}")
    assert check(report, "goal_reached").actual == (
        "net was not trained: its cell has trained another model than net."
    )


def test_a_cell_that_is_still_empty_leaves_the_model_to_be_judged(grade: Grade) -> None:
    report = grade(net_fit=f"# GRADED CELL: net.fit\n{bars.START}\nNone\n{bars.END}")
    assert failed(report) == {"goal_reached", "evaluated_on_test_data"}
    assert "still empty" in check(report, "goal_reached").actual


def test_a_cell_that_is_not_there_leaves_the_model_to_be_judged(grade: Grade) -> None:
    report = grade(net_fit="", again="")
    assert failed(report) == {"goal_reached", "evaluated_on_test_data"}
    assert check(report, "goal_reached").actual == "The notebook has no cell that calls net.fit."


def test_what_raised_while_it_was_compiled_is_told_as_that(grade: Grade) -> None:
    report = grade(net_compile=f"# GRADED CELL: net.compile\n{COMPILE.replace('Adam', 'Adamm')}")
    assert check(report, "loss").actual.startswith("net.compile raised AttributeError")


@pytest.mark.parametrize(
    ("forged", "told"),
    [
        ("[0.01, 0.01]", "preds[1] is 0.01; the model has the accuracy"),
        ("[9.5, 1.0]", "preds[0] is 9.5; the model has the loss"),
        ("0.97", "preds is a number"),
        ("list(range(1000))", "preds is a list of 1000"),
        ("net.predict(X_test, verbose=0)", "preds is an array of shape (60, 1)"),
    ],
)
def test_made_up_values_are_told_beside_what_was_measured(
    grade: Grade, forged: str, told: str
) -> None:
    report = grade(preds=f"# GRADED VALUE: preds\npreds = {forged}")
    row = check(report, "evaluated_on_test_data")
    assert (failed(report), told in row.actual) == ({"evaluated_on_test_data"}, True), row.actual


def test_an_evaluation_by_name_is_right_as_well(grade: Grade) -> None:
    by_name = PREDS.replace("verbose=0)", "verbose=0, return_dict=True)").partition("\nprint")[0]
    assert points(grade(preds=by_name)) == ALL


def test_test_data_that_are_not_prepared_alike_are_told(grade: Grade) -> None:
    report = grade(preds=PREDS.replace("x=X_test", "x=1 - X_test"))
    assert failed(report) == {"evaluated_on_test_data"}
