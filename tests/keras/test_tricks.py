"""Trainings that the grader makes itself: what a submission says of them is worth nothing."""

from pathlib import Path

import pytest
import recording
from tricks import TRICKS
from variants import TRAINER, Variant

from grader.isolation.choice import Isolation
from grader.kernel.backend import Backend
from grader.kernel.kernels import Kernels
from grader.kernel.trainings import Teaching
from grader.training.memo import Memo

SOLUTION = Variant("solution", "it is right")
COPY = Variant(
    "copy",
    "it is right in the same way, by other names",
    (
        (TRAINER, "model.", "network."),
        (TRAINER, "model =", "network ="),
        (TRAINER, "history", "what_happened"),
        (TRAINER, "    ### START CODE HERE", "    # My own work.\n\n    ### START CODE HERE"),
    ),
)


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.id)
def test_a_trick_does_not_reach_the_target(
    trick: Variant, tmp_path: Path, kernels: Kernels
) -> None:
    plan = recording.plan(trick.notebook(), tmp_path)
    assert "target_reached" in recording.judge(plan, recording.run_now(plan, kernels)).lost


def test_a_copy_in_other_words_is_not_trained_again(tmp_path: Path) -> None:
    memo = Memo(tmp_path / "memo")
    with Kernels(Backend.best(), Isolation.AVAILABLE, teaching=Teaching(memo)) as kernels:
        for variant in (SOLUTION, COPY):
            plan = recording.plan(variant.notebook(), tmp_path)
            assert recording.judge(plan, recording.run_now(plan, kernels)).lost == frozenset()
    assert len(list((tmp_path / "memo").glob("*.training"))) == 1
