"""Epochs of several trainings of one call count together: real runs."""

from collections.abc import Callable

import pytest
import recording
from several_trainings import OPEN, SEVERAL, Several

from grader.attempt import Attempt
from grader.kernel.kernels import Kernels

Ran = Callable[[Several], Attempt]
TRIED = next(variant for variant in SEVERAL if variant.id == "several-tried")


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, kernels: Kernels) -> Ran:
    made: dict[str, Attempt] = {}

    def run(variant: Several) -> Attempt:
        if variant.id not in made:
            plan = recording.plan(variant.notebook(), tmp_path_factory.mktemp(variant.id))
            [made[variant.id]] = recording.run_now(plan, kernels)
        return made[variant.id]

    return run


@pytest.mark.parametrize("variant", SEVERAL, ids=lambda variant: variant.id)
def test_epochs_of_one_call_count_together(variant: Several, ran: Ran) -> None:
    assert before(variant, ran) == variant.before


@pytest.mark.parametrize("variant", OPEN, ids=lambda variant: variant.id)
def test_epochs_of_other_calls_are_left_open(variant: Several, ran: Ran) -> None:
    assert before(variant, ran) == variant.before


def before(variant: Several, ran: Ran) -> tuple[int, ...]:
    """Return the epochs that count with those of the graded training."""
    [training] = ran(variant).trainings.values()
    return training.epochs_before


@pytest.mark.parametrize("variant", [TRIED, *OPEN], ids=lambda variant: variant.id)
def test_what_does_not_count_is_trained_with_seeds_of_its_own(variant: Several, ran: Ran) -> None:
    plans = [each.plan for each in ran(variant).run.answered.values()]
    *own, graded = [(plan.seed == 1, plan.redraws_seeds) for plan in plans if plan]
    assert (set(own), graded) == ({(False, True)}, (True, False))


def test_what_was_lucky_in_a_cell_of_ones_own_is_another_training_in_the_call(ran: Ran) -> None:
    tried, graded = ran(TRIED).run.evidence.fits.values()
    assert tried.curves["loss"][0] != graded.curves["loss"][0]
