"""Epochs of several trainings of one call count together: real runs."""

from pathlib import Path

import pytest
import recording
from several_trainings import OPEN, SEVERAL, Several

from grader.kernel.kernels import Kernels


@pytest.mark.parametrize("variant", SEVERAL, ids=lambda variant: variant.id)
def test_epochs_of_one_call_count_together(
    variant: Several, tmp_path: Path, kernels: Kernels
) -> None:
    assert before(variant, tmp_path, kernels) == variant.before


@pytest.mark.parametrize("variant", OPEN, ids=lambda variant: variant.id)
def test_epochs_of_other_calls_are_left_open(
    variant: Several, tmp_path: Path, kernels: Kernels
) -> None:
    assert before(variant, tmp_path, kernels) == variant.before


def before(variant: Several, folder: Path, kernels: Kernels) -> tuple[int, ...]:
    """Return the epochs that count with those of the graded training."""
    plan = recording.plan(variant.notebook(), folder)
    [made] = recording.run_now(plan, kernels)
    [training] = made.trainings.values()
    return training.epochs_before
