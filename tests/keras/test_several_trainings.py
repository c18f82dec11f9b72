"""Epochs of several trainings of one call count together: real runs."""

from pathlib import Path

import pytest
import recording
from several_trainings import SEVERAL, Several

from grader.kernel.kernels import Kernels


@pytest.mark.parametrize("variant", SEVERAL, ids=lambda variant: variant.id)
def test_epochs_of_one_call_count_together(
    variant: Several, tmp_path: Path, kernels: Kernels
) -> None:
    plan = recording.plan(variant.notebook(), tmp_path)
    [made] = recording.run_now(plan, kernels)
    assert made.training is not None
    assert made.training.epochs_before == variant.before
