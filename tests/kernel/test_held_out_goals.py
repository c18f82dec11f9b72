"""Goals of a loss, of test data and of a gap are graded in kernels by what the grader measures."""

import shutil

import nbformat
import pytest
import shapes

from grader.assignments.loading import load
from grader.kernel.kernels import Kernels
from grader.pipeline import Choice, Entry, Pipeline
from grader.records import Verdict
from grader.report.document import Report

GOALS = """\
LOSS = Goal("loss", "validation", at_most=0.4)
TEST = Goal("accuracy", "test", at_least=0.75)
GAP = Goal(at_most=0.05, minus=Quantity("accuracy", "validation"), at_end=True)
DATA = """
ARRAYS = 'Arrays("test", HERE / "test.npz", labels="y", record=HERE / "test.json")'
FOLDERS = f"""ClassFolders("test", HERE / "images" / "test"),
        {ARRAYS.replace('"test",', '"mean",', 1)}"""
CHECKS = "".join(
    f'''

@shapes.group("held out").check(model.training, points=10, hint="Is it learnt by heart?")
def reached_{name.lower()}(training: Training) -> Expectation:
    """The goal {name} is reached."""
    return targets.reaches(training, {name})
'''
    for name in ("LOSS", "TEST", "GAP")
)
MODULE = (
    shapes.MODULE.replace(ARRAYS, FOLDERS)
    .replace("Goal, ImageLoader", "Goal, Quantity, ImageLoader")
    .replace("goals=(GOAL,)", "goals=(GOAL, LOSS, TEST, GAP)")
    .replace('split="test")', 'split="mean")')
    .replace('DATA.split("test")', 'DATA.split("mean")')
    .replace("DATA = ", GOALS, 1)
    + CHECKS
)


@pytest.fixture(scope="module")
def report(kernels: Kernels, tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("held_out")
    author = shapes.write(folder / "shapes", MODULE)
    shutil.copytree(author / "images" / "validation", author / "images" / "test")
    path = folder / "right.ipynb"
    nbformat.write(shapes.notebook(), path)
    pipeline = Pipeline(kernels, Choice((load(author),)))
    return pipeline.grade(Entry(path, path.stem, path.name)).report


def test_what_the_grader_measured_earns_its_points(report: Report) -> None:
    assert (report.verdict, report.score.earned) == (Verdict.GRADED, 130)


def test_all_of_it_is_in_the_report_as_measured(report: Report) -> None:
    [training] = report.trainings
    assert [(goal.measured, goal.status) for goal in training.goals] == [(True, "met")] * 4
