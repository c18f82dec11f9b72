"""When exchanged labels are tried, how often, and what comes of it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from architectures import TRAININGS, Training
from knowing import KNOWING
from unusual import UNUSUAL

from grader.fits.answered import Answered
from grader.fits.relearning import TRIES, Relearning, Relearnt
from grader.training.description import Description
from grader.training.results import Epoch, Measured, PriorFit, Reply, Report, Trained, TrainingPlan

DATASET = Path(__file__).parents[3] / "data" / "happy_or_sad"
PLAN = TrainingPlan(seed=5, epochs=20, targets=(0.999,))
REPLIES = (Reply(learning_rate=0.01), Reply(stop=True))


class Trainings:
    """Trainings that end with the shares that are given, one after the other.

    Args:
        shares: What each comes to.
        late: Whether their time is up.
    """

    def __init__(self, *shares: float, late: bool = False) -> None:
        self._shares = iter(shares)
        self._late = late
        self.plans: list[TrainingPlan] = []
        self.made: list[Description] = []
        self.earlier: Sequence[PriorFit] = ()
        self.replies: list[Reply] = []

    def training(
        self,
        description: Description,
        plan: TrainingPlan,
        report: Report,
        earlier: Sequence[PriorFit],
    ) -> Trained:
        share = next(self._shares)
        epochs = tuple(Epoch(n, {}, 80, measured=each) for n, each in enumerate((None, 0.5, share)))
        self.plans.append(plan)
        self.made.append(description)
        self.earlier = earlier
        self.replies = list(map(report, epochs))
        return Trained(epochs, 80, (), Measured(0.5, 0.5), late=self._late)


def answered(training: Training, **more: Any) -> Answered:
    made = Trained((), 80, (), Measured(0.5, 1.0), moved=0.05)
    return Answered(training.described(DATASET, 20), made, REPLIES, **more)


def tried(training: Training, made: Trainings, **more: Any) -> Relearnt | None:
    return Relearning(made, PLAN).try_out(answered(training, **more), 9)  # type: ignore[arg-type]


def test_without_a_reason_nothing_is_trained() -> None:
    made = Trainings()
    assert (tried(TRAININGS["solution"], made), made.plans) == (None, [])


def test_what_learns_exchanged_labels_is_trained_once() -> None:
    made = Trainings(0.95)
    assert tried(UNUSUAL["cut"], made) == Relearnt(0.95)
    assert [(plan.exchanged, plan.mirrored) for plan in made.plans] == [(True, False)]


def test_kernels_that_begin_in_an_unusual_way_must_learn_mirrored_images_as_well() -> None:
    made = Trainings(1.0, 0.5, 0.75, 0.5)
    assert tried(UNUSUAL["ones"], made) == Relearnt(0.75)
    assert [plan.mirrored for plan in made.plans] == [False] + [True] * TRIES


def test_what_learns_both_has_learnt() -> None:
    assert tried(UNUSUAL["ones"], Trainings(1.0, 0.9)) == Relearnt(0.9)


def test_bad_luck_gets_other_seeds() -> None:
    made = Trainings(0.5, 0.5, 0.9)
    assert tried(UNUSUAL["cut"], made) == Relearnt(0.9)
    assert [plan.seed for plan in made.plans] == [5, 6, 7]


@pytest.mark.parametrize(("share", "tries"), [(0.825, 1), (0.8125, TRIES)])
def test_so_much_must_be_learnt_as_bears_the_highest_target_out(share: float, tries: int) -> None:
    made = Trainings(*[share] * TRIES)
    plan = replace(PLAN, targets=(0.6, 0.9))
    tried = Relearning(made, plan).try_out(answered(UNUSUAL["cut"]), 9)  # type: ignore[arg-type]
    assert tried == Relearnt(share)
    assert [each.targets for each in made.plans] == [(0.825,)] * tries


def test_three_seeds_that_learn_nothing_decide() -> None:
    assert tried(KNOWING["constants"], Trainings(0.0, 0.5, 0.75)) == Relearnt(0.75)


def test_time_that_was_up_leaves_it_open() -> None:
    assert tried(UNUSUAL["cut"], Trainings(0.5, 0.5, 0.5, late=True)) == Relearnt(0.5, late=True)


def test_learning_rates_that_callbacks_set_are_set_again_and_their_stop_is_not() -> None:
    made = Trainings(0.95)
    tried(UNUSUAL["cut"], made)
    rates = [reply.learning_rate for reply in made.replies]
    stops = [reply.stop for reply in made.replies]
    assert (rates, stops) == ([0.01, None, None], [False, False, True])


def test_it_goes_on_from_earlier_trainings_of_exchanged_labels() -> None:
    made = Trainings(0.95)
    before = TRAININGS["scheduled"].described(DATASET, 20)
    tried(UNUSUAL["cut"], made, earlier=(PriorFit(before, REPLIES),))
    assert (made.earlier[0].description.callbacks, made.plans[0].epochs) == ((), 18)


def test_whoever_ends_grading_ends_it() -> None:
    def end() -> None:
        raise InterruptedError

    relearning = Relearning(Trainings(0.95), PLAN, end)  # type: ignore[arg-type]
    with pytest.raises(InterruptedError):
        relearning.try_out(answered(UNUSUAL["cut"]), 9)


def test_nothing_of_validation_data_is_measured_with_exchanged_labels() -> None:
    asked: dict[str, Any] = {
        "loss_targets": (0.3,),
        "test": "data/test",
        "test_targets": (0.9,),
        "losses": True,
    }
    plan = replace(PLAN, targets=(), validation="data/valid", validation_targets=(0.9,), **asked)
    made = Trainings(0.95)
    Relearning(made, plan).best(answered(TRAININGS["solution"]), mirrored=False)  # type: ignore[arg-type]
    [tried] = made.plans
    assert (tried.validation, tried.validation_targets) == ("", ())
    assert (tried.loss_targets, tried.test, tried.test_targets, tried.losses) == ((), "", (), False)


def test_a_goal_of_validation_says_how_well_they_must_be_learnt() -> None:
    plan = replace(PLAN, targets=(), validation_targets=(0.9,))
    made = Trainings(0.82, 0.83)
    found = Relearning(made, plan).best(answered(TRAININGS["solution"]), mirrored=False)  # type: ignore[arg-type]
    assert (found, len(made.plans)) == (Relearnt(0.83), 2)
