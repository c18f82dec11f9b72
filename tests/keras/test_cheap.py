"""Trainings that are made cheap reach no target, and the report says what was done."""

from pathlib import Path

import pytest
import recording
from cheap import CHEAP, Cheap

from grader.attempt import chosen
from grader.checks import tricks
from grader.kernel.kernels import Kernels


@pytest.mark.parametrize("cheap", CHEAP, ids=lambda cheap: cheap.variant.id)
def test_a_cheap_training_earns_nothing_and_is_named(
    cheap: Cheap, tmp_path: Path, kernels: Kernels
) -> None:
    plan = recording.plan(cheap.variant.notebook(), tmp_path)
    judged = recording.judge(plan, recording.run_now(plan, kernels))
    best = chosen(judged.attempts)
    found = [result.actual for result in judged.results]
    found += [issue.message for issue in tricks.issues(best.observed, best.trainings)]
    found += [training.fit.reason for training in best.trainings.values()]
    assert "target_reached" in judged.lost
    assert any(cheap.words in each for each in found), found
