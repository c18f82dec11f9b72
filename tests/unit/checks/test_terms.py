"""What a grading profile has checks judge otherwise: goals, and epochs that it ends."""

from dataclasses import replace
from typing import Any

import pytest

from grader.checks import shortfall, targets, together
from grader.checks.declaration import Absent
from grader.checks.goal_result import GoalResult
from grader.checks.terms import Terms
from grader.checks.training import GradedTraining
from grader.checks.trusted import Training
from grader.evidence import ByGrader, Fit
from grader.goals import Goal

GOAL = Goal("accuracy", at_least=0.9, by_epoch=4)
EASIER, SOONER = (
    Goal("accuracy", at_least=0.7, by_epoch=4),
    Goal("accuracy", at_least=0.7, by_epoch=1),
)
OTHER = Goal("accuracy", at_least=0.5)
IMAGES = 80


def training(terms: Terms, steps: int | None = None, seen: int = IMAGES) -> GradedTraining:
    """A training of two epochs, the second of which classifies 80 % correctly."""
    curve = (0.6, 0.8)
    trained = ByGrader(
        images=IMAGES, seen=seen, before=0.5, accuracy=0.8, running=curve, measured=curve
    )
    told: dict[str, Any] = {"curves": {"accuracy": curve}, "steps_per_epoch": steps}
    fit = Fit(kind="fit", index=0, model="m", finished=True, trained=trained, **told)
    return GradedTraining("train", "load", fit, curve, IMAGES, 2, seen, terms=terms)


@pytest.mark.parametrize(
    ("goals", "met", "expected"),
    [
        ({}, False, "90% by epoch 4"),
        ({GOAL: EASIER}, True, "70% by epoch 4"),
        ({GOAL: SOONER}, False, "70% by epoch 1"),
        ({OTHER: EASIER}, False, "90% by epoch 4"),
    ],
)
def test_what_stands_for_a_goal_is_judged_by(
    goals: dict[Goal, Goal], *, met: bool, expected: str
) -> None:
    found = targets.reaches(Training(training(Terms(goals))), GOAL)
    assert (found.met, found.expected) == (met, expected)


def test_what_stops_a_training_is_judged_by_it_too() -> None:
    class Never:
        name, passed, asked = "Stop", (), None

        def within(self, _: Fit) -> "Never":
            return self

        def ended_it(self, _: float) -> bool:
            return False

    with pytest.raises(Absent):
        targets.stopped_by(Training(training(Terms())), GOAL, Never())
    found = targets.stopped_by(Training(training(Terms({GOAL: EASIER}))), GOAL, Never())
    assert found.actual == "Stop was not passed to fit"


def test_epochs_that_are_looked_at_are_judged_by_it_too() -> None:
    made = replace(training(Terms({GOAL: EASIER})), earlier=3, epochs_before=(3,))
    with pytest.raises(Absent, match="reaches the target in 4 epochs"):
        together.require_looked_at(Training(made), GOAL, 4)


LIMITED = Terms(steps={"train": 2})
FEW = f"each epoch saw 20 of {IMAGES} images"


@pytest.mark.parametrize(
    ("terms", "steps", "few"),
    [
        (Terms(), None, True),
        (Terms(), 2, True),
        (LIMITED, None, False),
        (LIMITED, 8, False),
        (LIMITED, 2, True),
        (LIMITED, 1, True),
        (Terms(steps={"other": 2}), None, True),
    ],
)
def test_epochs_that_a_profile_ends_are_not_told_as_too_short(
    terms: Terms, steps: int | None, *, few: bool
) -> None:
    result = GoalResult(training(terms, steps, seen=20), GOAL)
    assert (FEW in shortfall.shortfall(result)) is few
    assert (shortfall.advice(result) in (shortfall.STEPS, shortfall.LOADED)) is few
