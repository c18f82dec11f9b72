"""What only its kernel has trained is examined: it is believed as far as it has learnt."""

from pathlib import Path

import pytest
import recording
from examined import DISHONEST, HONEST
from happy_or_sad.submission import Variant

from grader import scoring
from grader.kernel.kernels import Kernels
from grader.records import Status, Verdict


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory, kernels: Kernels) -> recording.Judged:
    return judged(HONEST, tmp_path_factory.mktemp("honest"), kernels)


def judged(variant: Variant, folder: Path, kernels: Kernels) -> recording.Judged:
    plan = recording.plan(variant.notebook(), folder)
    return recording.judge(plan, recording.run_now(plan, kernels))


def test_what_has_learnt_loses_nothing(honest: recording.Judged) -> None:
    assert honest.lost == frozenset()


def test_a_person_is_asked_to_look_at_it(honest: recording.Judged) -> None:
    assert scoring.verdict(honest.results) is Verdict.NEEDS_REVIEW


def test_its_weights_are_measured_outside(honest: recording.Judged) -> None:
    [training] = honest.attempts[-1].trainings.values()
    assert training.fit.examined is not None
    assert training.fit.examined.by == "weights"


@pytest.mark.parametrize("variant", DISHONEST, ids=lambda variant: variant.id)
def test_what_has_not_learnt_does_not_reach_the_target(
    variant: Variant, tmp_path: Path, kernels: Kernels
) -> None:
    target = judged(variant, tmp_path, kernels)["target_reached"]
    assert target.status is Status.ERRORED, target.actual
    assert "the grader could not confirm it" in target.actual
