"""What is run after a seed was tried ahead."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
import recording
from architectures import TRAININGS
from happy_or_sad.right import RIGHT
from happy_or_sad.submission import ROOT

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.attempt import Attempt
from grader.attempts import attempts
from grader.fits.answered import Answered
from grader.fits.further_seeds import Missed
from grader.images import Images
from grader.kernel.job import Job, Run
from grader.training.results import Epoch, Measured, Trained
from tests.unit.test_goals_of_attempts import Runs

MISSES = {"curves": {"accuracy": [0.5] * 14}}
REACHES: dict[str, Any] = {}
TRAINED = Trained(
    tuple(Epoch(n, {"accuracy": 0.75}, 80, running=0.75) for n in range(14)),
    80,
    (),
    Measured(0.5, 0.75),
)


@dataclass
class Ahead(Runs):
    """Ends the training with the first seed where further ones are tried ahead.

    Args:
        missed: What was trained ahead with seeds that missed.
    """

    missed: Mapping[int, Missed] = field(default_factory=dict)

    def run(self, job: Job) -> Run:
        made = super().run(job)
        if job.further is None or job.seed != happy_or_sad.seeds[0]:
            return made
        job.further.missed.update(self.missed)
        description = TRAININGS["solution"].described(ROOT / "data" / "happy_or_sad", 20)
        cut = Answered(description, TRAINED, cut=True)
        return replace(made, answered={0: cut})


def ran(folder: Path, runs: Runs) -> list[Attempt]:
    planned = recording.plan(RIGHT[0].notebook(), folder)
    images = Images.of(happy_or_sad.data, None)
    return attempts(happy_or_sad, planned, images, runs, lambda _: None)  # type: ignore[arg-type]


def test_a_seed_that_reaches_its_goal_is_run_next(tmp_path: Path) -> None:
    runs = Ahead([MISSES, REACHES])
    ran(tmp_path, runs)
    assert [job.seed for job in runs.jobs] == [1, 2]


def test_what_was_ended_is_run_again_where_that_run_does_not_reach_it(tmp_path: Path) -> None:
    runs = Ahead([MISSES] * 4)
    ran(tmp_path, runs)
    found = [(job.seed, job.further is not None) for job in runs.jobs]
    assert found == [(1, True), (2, True), (3, True), (1, False)]


def test_what_is_judged_then_was_run_as_if_nothing_had_been_tried(tmp_path: Path) -> None:
    made = ran(tmp_path, Ahead([MISSES] * 3 + [REACHES]))
    assert [(each.seed, each.cut, each.in_time) for each in made] == [(1, False, True)]


def test_a_seed_that_missed_is_run_where_none_reaches_it(tmp_path: Path) -> None:
    runs = Ahead([MISSES] * 4, missed={2: Missed(TRAINED, 2.5)})
    ran(tmp_path, runs)
    assert [job.seed for job in runs.jobs] == [1, 3, 1, 2]


@pytest.fixture
def told(tmp_path: Path) -> tuple[list[Attempt], Runs]:
    runs = Ahead([MISSES, REACHES], missed={2: Missed(TRAINED, 2.5)})
    return ran(tmp_path, runs), runs


def test_a_seed_that_missed_is_not_run(told: tuple[list[Attempt], Runs]) -> None:
    assert [job.seed for job in told[1].jobs] == [1, 3]


def test_it_is_told_all_the_same(told: tuple[list[Attempt], Runs]) -> None:
    found = [(each.seed, each.in_time) for each in told[0]]
    assert found == [(1, False), (2, False), (3, True)]


def test_what_is_told_of_it_is_what_was_trained(told: tuple[list[Attempt], Runs]) -> None:
    (training,) = told[0][1].trainings.values()
    assert (training.fit.curves["accuracy"], training.fit.wall_s) == ((0.75,) * 14, 2.5)


def test_what_is_told_of_others_is_left_as_it_was(told: tuple[list[Attempt], Runs]) -> None:
    (training,) = told[0][0].trainings.values()
    assert training.fit.curves["accuracy"] == (0.5,) * 14


def test_each_run_says_with_which_seed_it_was(told: tuple[list[Attempt], Runs]) -> None:
    assert [each.run.execution.seed for each in told[0]][:2] == [1, 2]
