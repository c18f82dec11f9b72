"""Submissions whose layers do nothing lose what they lose without those layers, and no more."""

from pathlib import Path

import pytest
import recording
from dead_layers import SUBMISSIONS
from happy_or_sad.submission import Variant

from grader.kernel.kernels import Kernels


@pytest.mark.parametrize("variant", SUBMISSIONS, ids=lambda variant: variant.id)
def test_layers_that_do_nothing_earn_no_points(
    variant: Variant, tmp_path: Path, kernels: Kernels
) -> None:
    plan = recording.plan(variant.notebook(), tmp_path)
    judged = recording.judge(plan, recording.run_now(plan, kernels))
    assert judged.lost == variant.loses
