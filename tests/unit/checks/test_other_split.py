"""A training that a notebook made itself on what the loader of another split returned."""

from dataclasses import replace
from typing import Any

import pytest

from grader.checks import tricks
from grader.checks.goal_result import GoalResult
from grader.checks.observed import Observation
from grader.checks.shortfall import OWN, advice, shortfall
from grader.checks.training import GradedTraining
from grader.evidence import ByGrader, Evidence, Fit
from grader.goals import Goal
from grader.kinds.loader.part import ImageLoader
from grader.kinds.training.part import TrainedModel
from grader.records import Execution, ExecutionStatus, Layout, Plan, PlannedCell, Role
from grader.report.build import JudgedTraining, training_rows

LOADERS = (
    ImageLoader("load", variable="batches"),
    ImageLoader("load_valid", variable="valid", split="validation"),
    ImageLoader("load_test", variable="test", split="test"),
)
TRAINER = TrainedModel("train", variable="history", loader=LOADERS[0], most_epochs=9)
GOAL = Goal("accuracy", at_least=0.9, by_epoch=5)
BY_GRADER = ByGrader(images=80, seen=80, before=0.5, accuracy=1.0)


def seen(trainer: TrainedModel = TRAINER, **told: Any) -> Observation:
    evidence = Evidence()
    evidence.add(
        Fit(kind="fit", index=0, model="m", finished=True, curves={"accuracy": (1.0,) * 9}, **told)
    )
    plan, execution = Plan(Layout("a", "", ()), ()), Execution(ExecutionStatus.DONE, (), seed=1)
    parts = {part.name: part for part in (*LOADERS, trainer)}
    return Observation(plan, execution, evidence, parts, 80, 2)


def trained(**told: Any) -> GradedTraining:
    return GradedTraining.of(seen(**told), "train", "load")


@pytest.mark.parametrize(
    ("given", "loader"),
    [(("test",), "load_test"), (("valid",), "load_valid"), (("x", "test", "y"), "load_test")],
)
def test_it_is_told_whose_images_it_had(given: tuple[str, ...], loader: str) -> None:
    found = trained(given=given)
    told = shortfall(GoalResult(found, GOAL))
    assert told == f"it was trained on what {loader} returned, instead of what load did"


@pytest.mark.parametrize("given", [("test",), ("valid",)])
def test_it_reaches_no_goal(given: tuple[str, ...]) -> None:
    assert GoalResult(trained(given=given), GOAL).reached_at is None


@pytest.mark.parametrize("given", [(), ("batches",), ("own",), ("batches", "test")])
def test_other_trainings_are_as_before(given: tuple[str, ...]) -> None:
    assert not trained(given=given).fit.elsewhere


def test_a_loader_of_a_named_split_may_be_what_is_to_be_trained_on() -> None:
    found = GradedTraining.of(seen(given=("test",)), "train", "load_test")
    assert not found.fit.elsewhere


def test_what_the_grader_trained_is_known_to_it() -> None:
    assert not trained(given=("test",), trained=BY_GRADER).fit.elsewhere


def test_the_grader_s_own_reason_stays() -> None:
    found = trained(given=("valid",), elsewhere=True, reason="the loader shows other images")
    assert found.fit.reason == "the loader shows other images"


def test_it_is_named_among_the_issues() -> None:
    [issue] = tricks.issues(seen(given=("test",)), {"train": trained(given=("test",))})
    assert (issue.code, issue.message) == (
        "other-split",
        "train trains on what load_test returned; load has what is to be trained on.",
    )
    assert issue.fix.startswith("Give fit what load returned")


CALL = Plan(
    Layout("a", "", ()),
    (
        PlannedCell("train(batches)", Role.REQUIRED, calls=frozenset({"train"})),
        PlannedCell("fit(test)", Role.OPTIONAL),
    ),
)


@pytest.mark.parametrize(("cell", "named"), [(0, 1), (1, 0)])
def test_one_that_comes_before_in_the_same_call_is_named_too(cell: int, named: int) -> None:
    run = replace(seen(given=("test",), cell=cell), plan=CALL)
    last = Fit(kind="fit", index=1, model="m", finished=True, trained=BY_GRADER, cell=0)
    run.evidence.add(last)
    graded = GradedTraining.of(run, "train", "load")
    found = [each.message for each in tricks.issues(run, {"train": graded})]
    also = "train also trains on what load_test returned; load has what is to be trained on."
    assert (graded.fit, found) == (last, [also] * named)


OF_TEST: dict[str, Any] = {
    "elsewhere": True,
    "reason": "the arrays were made of the samples of test; those to train on are of train",
}


def of_arrays(**told: Any) -> GradedTraining:
    return GradedTraining.of(seen(**told), "train", "")


def test_arrays_of_another_split_are_named_among_the_issues() -> None:
    [issue] = tricks.issues(seen(**OF_TEST), {"train": of_arrays(**OF_TEST)})
    assert (issue.code, issue.message) == (
        "other-split",
        f"train trains on other samples ({OF_TEST['reason']}).",
    )


def test_of_arrays_no_folders_are_spoken_of() -> None:
    assert advice(GoalResult(of_arrays(**OF_TEST), GOAL)) == OWN


def test_arrays_of_another_split_reach_no_goal() -> None:
    assert GoalResult(of_arrays(**OF_TEST), GOAL).reached_at is None


DATA = replace(TRAINER, loader=None, data="digits/train")
ON_TEST = BY_GRADER.model_copy(update={"data": "digits/test", "measured": (1.0,) * 9})


def of_cells(data: str | None, *, arrays: bool = True) -> tuple[Observation, GradedTraining]:
    """Return a training that the grader made for a cell of one's own, as if it were graded."""
    told = ON_TEST.model_copy(update={"data": data})
    run = seen(trained=told, trainer=DATA if arrays else TRAINER)
    return run, GradedTraining.of(run, "train", "" if arrays else "load")


@pytest.mark.parametrize(
    ("data", "arrays", "which"),
    [
        ("digits/test", True, "the samples of digits/test, instead of the samples of digits/train"),
        ("", True, "the images in class folders, instead of the samples of digits/train"),
        (
            "digits/test",
            False,
            "the samples of digits/test, instead of the images in class folders",
        ),
    ],
)
def test_what_the_grader_made_on_other_data_reaches_no_goal(
    data: str, which: str, *, arrays: bool
) -> None:
    result = GoalResult(of_cells(data, arrays=arrays)[1], GOAL)
    assert (result.reached_at, shortfall(result)) == (None, f"it was trained on {which}")


@pytest.mark.parametrize(("data", "arrays"), [("digits/train", True), ("", False), (None, True)])
def test_what_it_made_on_what_is_to_be_trained_on_counts(data: str | None, *, arrays: bool) -> None:
    assert not of_cells(data, arrays=arrays)[1].fit.elsewhere


def test_it_is_named_among_the_issues_where_arrays_are_to_be_trained_on() -> None:
    run, made = of_cells("digits/test")
    [issue] = tricks.issues(run, {"train": made})
    assert issue.code == "other-split"


def test_a_report_says_on_which_arrays_a_training_was_made() -> None:
    run, made = of_cells("digits/test")
    [row] = training_rows([JudgedTraining(made, [GOAL], ())], run)
    assert (row.data, row.source, row.reason) == ("digits/test", "grader", "")


@pytest.mark.parametrize("told", [{}, {"trained": BY_GRADER}, {"given": ("test",)}])
def test_of_other_trainings_of_arrays_nothing_is_said(told: dict[str, Any]) -> None:
    assert tricks.issues(seen(**told), {"train": of_arrays(**told)}) == ()


@pytest.mark.parametrize("given", [(), ("batches",)])
def test_no_other_training_is(given: tuple[str, ...]) -> None:
    assert tricks.issues(seen(given=given), {"train": trained(given=given)}) == ()
