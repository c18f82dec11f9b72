"""What is said of trainings that count together, and what they cost."""

from dataclasses import replace

import pytest

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.checks import Absent
from grader.checks.goal_result import GoalResult
from grader.checks.observed import Observation
from grader.checks.shortfall import shortfall
from grader.checks.targets import reaches
from grader.checks.together import TOGETHER, require_looked_at
from grader.checks.training import GradedTraining
from grader.checks.trusted import Training
from grader.evidence import ByGrader, Fit, Model, collect
from grader.goals import Goal
from grader.records import Execution, ExecutionStatus, Layout, Plan
from grader.report.build import JudgedTraining, training_rows
from grader.report.wording import outcomes

LEARNT = (0.5, 0.9, 1.0)
GOAL = Goal("accuracy", at_least=0.999, before_epoch=15)
METRICS = {"loss": None, "metrics": [{"name": "accuracy", "type": "BinaryAccuracy"}]}


def training(
    *before: int, accuracy: tuple[float, ...] = LEARNT, earlier: int = 0
) -> GradedTraining:
    return GradedTraining.of(observed(*before, accuracy=accuracy, earlier=earlier), "t", "l")


def reached(made: GradedTraining) -> int | None:
    return GoalResult(made, GOAL).reached_at


def observed(
    *before: int, accuracy: tuple[float, ...] = LEARNT, earlier: int = 0, others: int = 0
) -> Observation:
    trained = ByGrader(
        images=80, seen=80, before=0.5, accuracy=1.0, running=accuracy, measured=accuracy,
        earlier=earlier,
    )  # fmt: skip
    fit = Fit(
        kind="fit", index=others, model="m", finished=True, trained=trained, epochs_before=before,
        curves={"accuracy": accuracy},
    )  # fmt: skip
    model = {"kind": "model", "key": "m", "type": "Sequential", "compilation": METRICS}
    rest = [fit.model_copy(update={"index": n}) for n in range(others)]
    evidence = collect([Model.model_validate(model), *rest, fit])
    execution = Execution(ExecutionStatus.DONE, (), seed=1)
    plan = Plan(Layout("kit", "", ()), ())
    return Observation(plan, execution, evidence, happy_or_sad.by_name, 80, 2)


@pytest.mark.parametrize(("before", "epochs"), [((), 3), ((1,), 4), ((14, 14), 31)])
def test_epochs_of_trainings_before_add_up(before: tuple[int, ...], epochs: int) -> None:
    assert reached(training(*before)) == epochs


def test_epochs_of_the_same_model_are_not_counted_twice() -> None:
    assert reached(training(5, 2, earlier=5)) == 10


def test_evidence_of_old_knows_of_the_same_model_alone() -> None:
    assert reached(training(earlier=5)) == 8


MOST = 20
ANY_EPOCH = Goal("accuracy", at_least=0.999)


@pytest.mark.parametrize("goal", [ANY_EPOCH, Goal("accuracy", at_least=0.999, at_end=True)])
def test_without_a_deadline_they_have_the_epochs_that_are_looked_at(goal: Goal) -> None:
    for before, met in (((MOST - 3,), True), ((MOST - 2,), False)):
        result = GoalResult(replace(training(*before), most_epochs=MOST), goal)
        assert (result.in_time, result.unlucky) == (met, False)


def test_too_many_of_them_are_told_with_how_many_there_may_be() -> None:
    made = replace(training(14, 14), most_epochs=MOST)
    found = reaches(Training(made), ANY_EPOCH)
    assert (found.met, found.hint) == (False, TOGETHER)
    assert found.expected == "99.9% within 20 epochs in all"
    assert found.actual == "99.9% after 31 epochs of 3 trainings together"
    [row] = training_rows([JudgedTraining(made, [ANY_EPOCH], ())], observed(14, 14))
    [said] = outcomes(row.model_copy(update={"graded": True}))
    assert said == (
        "Reached 99.9% accuracy after 31 epochs of 3 trainings together, too late: "
        "it must be within 20 epochs in all."
    )


def test_what_is_reached_in_time_all_together_counts() -> None:
    found = reaches(Training(training(2)), GOAL)
    assert (found.met, found.actual) == (True, "99.9% after 5 epochs of 2 trainings together")


def test_what_is_reached_too_late_all_together_is_told_why() -> None:
    found = reaches(Training(training(14, 13)), GOAL)
    assert (found.met, found.hint) == (False, TOGETHER)
    assert found.actual == "99.9% after 30 epochs of 3 trainings together"


def test_what_is_too_late_by_itself_is_told_nothing_of_the_others() -> None:
    found = reaches(Training(training(1, accuracy=(*(0.5,) * 15, 1.0))), GOAL)
    assert (found.met, found.hint) == (False, "")


def test_what_is_missed_is_said_of_all_together() -> None:
    assert shortfall(GoalResult(training(2, accuracy=(0.5, 0.75)), GOAL)) == (
        "at best 75% in 4 epochs of 2 trainings together, where the grader measured all images"
    )


@pytest.mark.parametrize("before", [(17,), (14, 3)])
def test_what_stops_the_training_counts_within_the_epochs_that_are_looked_at(
    before: tuple[int, ...],
) -> None:
    require_looked_at(Training(training(*before)), GOAL, 20)


@pytest.mark.parametrize("before", [(18,), (14, 4), (14,) * 9])
def test_what_stops_the_training_does_not_count_after_them(before: tuple[int, ...]) -> None:
    with pytest.raises(Absent, match=f"in 20 epochs of {len(before) + 1} trainings together"):
        require_looked_at(Training(training(*before)), GOAL, 20)


def test_one_training_of_a_notebook_is_stopped_whenever_it_was() -> None:
    late = training(accuracy=(*(0.5,) * 30, 1.0))
    require_looked_at(Training(late), GOAL, 20)


def test_a_report_says_of_how_many_trainings_the_epochs_are() -> None:
    seen = observed(14)
    [row] = training_rows([JudgedTraining(training(14), [GOAL], ())], seen)
    [said] = outcomes(row.model_copy(update={"graded": True}))
    assert said == (
        "Reached 99.9% accuracy after 17 epochs of 2 trainings together, too late: "
        "it must be before epoch 15."
    )


def test_a_training_that_is_listed_besides_is_told_by_itself() -> None:
    seen = observed(14, others=1)
    [other] = GradedTraining.of(seen, "t", "l").others(seen)
    assert reached(other) == 3
