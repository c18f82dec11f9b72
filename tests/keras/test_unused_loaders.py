"""Points for a loader are for the one that is trained on: real runs of those that are, and not."""

from pathlib import Path

import pytest
import recording
from happy_or_sad.submission import LOADING, Variant
from unused_loaders import UNUSED, USED

from grader.kernel.kernels import Kernels


def by_id(variant: Variant) -> str:
    return variant.id


@pytest.mark.parametrize("variant", [*UNUSED, *USED], ids=by_id)
def test_a_loader_earns_points_only_where_it_is_trained_on(
    variant: Variant, tmp_path: Path, kernels: Kernels
) -> None:
    plan = recording.plan(variant.notebook(), tmp_path)
    made = recording.run_now(plan, kernels)
    assert recording.judge(plan, made).lost & LOADING == variant.loses
