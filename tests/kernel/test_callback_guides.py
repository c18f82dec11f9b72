"""Callbacks as Keras' guides have them get all points, and nobody has to look."""

from pathlib import Path

import pytest
import recording
from callback_guides import GUIDES, PARTS, Guide, together
from happy_or_sad.submission import Variant

from grader.kernel.kernels import Kernels
from grader.records import Status

ALL = (*GUIDES, *PARTS)
BATCHES = {
    "beside": together("beside", [each for each in GUIDES if not each.alone]),
    "part": together("part", PARTS),
}


def assert_right(variant: Variant, folder: Path, kernels: Kernels) -> None:
    plan = recording.plan(variant.notebook(), folder)
    judged = recording.judge(plan, recording.run_now(plan, kernels))
    wrong = [(each.id, each.actual) for each in judged.results if each.status is not Status.PASSED]
    assert wrong == []
    assert not any(each.review for each in judged.results)
    assert all(attempt.run.evidence.fits[0].path == "grader" for attempt in judged.attempts)


@pytest.mark.parametrize("name", BATCHES)
def test_callbacks_of_the_guides_get_all_points_together(
    name: str, tmp_path: Path, kernels: Kernels
) -> None:
    assert_right(BATCHES[name], tmp_path, kernels)


@pytest.mark.parametrize("guide", ALL, ids=lambda guide: guide.id)
def test_a_callback_of_the_guides_gets_all_points(
    guide: Guide, tmp_path: Path, kernels: Kernels, request: pytest.FixtureRequest
) -> None:
    if not request.config.getoption("--prove"):
        pytest.skip("one of many; --prove runs each of them alone")
    assert_right(guide.variant(), tmp_path, kernels)
