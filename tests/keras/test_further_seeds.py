"""Whoever was unlucky is graded alike, whether further seeds are tried ahead or in runs alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import pytest
import recording
from happy_or_sad.submission import LOADER, OUT, Variant, model

from grader.assignments.assignment import Assignment
from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.attempt import Attempt, chosen
from grader.attempts import attempts
from grader.fits.further_seeds import FurtherSeeds
from grader.goals import Goal
from grader.images import Images
from grader.kernel.kernels import Kernels
from grader.kinds.training.part import TrainedModel

# With the first two seeds it takes far longer than with the third to reach the goal.
SLOW, SLOWER, FAST = 2, 5, 3
SMALL = Variant(
    "small",
    "images are small, so that it costs little",
    ((LOADER, "(150, 150)", "(32, 32)"),),
    cells=model(
        "Input(shape=(32, 32, 3))",
        'Conv2D(8, 3, activation="relu")',
        "MaxPooling2D()",
        "Flatten()",
        'Dense(32, activation="relu")',
        OUT,
        optimizer="optimizers.Adam(learning_rate=0.003)",
    ),
)


@dataclass(frozen=True)
class Graded:
    """What came of a submission.

    Args:
        made: Its attempts.
        judged: Its results.
        runs: How many kernels were started.
    """

    made: list[Attempt]
    judged: recording.Judged
    runs: int

    @property
    def told(self) -> dict[str, tuple[str, int, str]]:
        """What the report says of each check."""
        return {
            each.id: (each.status.value, each.earned, each.actual) for each in self.judged.results
        }


Grade = Callable[..., Graded]


def assignment(seeds: Sequence[int], by_epoch: int) -> Assignment:
    [trained] = happy_or_sad.trainers
    assert isinstance(trained, TrainedModel)
    other = replace(trained, goals=(Goal("accuracy", at_least=0.95, by_epoch=by_epoch),))
    parts = [other if part is trained else part for part in happy_or_sad.parts]
    return replace(happy_or_sad, parts=parts, seeds=tuple(seeds))


@pytest.fixture(scope="module")
def grade(tmp_path_factory: pytest.TempPathFactory, kernels: Kernels) -> Grade:
    plan = recording.plan(SMALL.notebook(), tmp_path_factory.mktemp("small"))
    images = Images.of(happy_or_sad.data, None)

    @cache
    def grade(*seeds: int, by_epoch: int, ahead: bool) -> Graded:
        made, run, runs = assignment(seeds, by_epoch), kernels.run, [0]

        def counted(job: object) -> object:
            runs[0] += 1
            return run(job)  # type: ignore[arg-type]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kernels, "run", counted)
            if not ahead:
                patch.setattr(FurtherSeeds, "prospects", lambda *_, **__: None)
            found = attempts(made, plan, images, kernels, lambda _: None)
        return Graded(found, recording.judge(plan, found, made), runs[0])

    return grade


def test_points_and_reasons_are_the_same_where_a_further_seed_reaches_the_goal(
    grade: Grade,
) -> None:
    asked = {"by_epoch": 8}
    ahead, alone = (grade(SLOW, SLOWER, FAST, ahead=way, **asked) for way in (True, False))
    assert ahead.told == alone.told


def test_it_is_the_same_seed_that_reaches_it(grade: Grade) -> None:
    ways = [grade(SLOW, SLOWER, FAST, by_epoch=8, ahead=way) for way in (True, False)]
    seeds = [[(each.seed, each.in_time) for each in way.made] for way in ways]
    assert seeds[0] == seeds[1]


def test_its_training_is_the_same(grade: Grade) -> None:
    ways = [grade(SLOW, SLOWER, FAST, by_epoch=8, ahead=way) for way in (True, False)]
    curves = [each.fit.curves for way in ways for each in chosen(way.made).trainings.values()]
    assert curves[0] == curves[1]


def test_a_seed_that_misses_needs_no_kernel(grade: Grade) -> None:
    ways = [grade(SLOW, SLOWER, FAST, by_epoch=8, ahead=way).runs for way in (True, False)]
    assert ways == [2, 3]


def test_seeds_that_missed_were_trained_no_further_than_their_deadline(grade: Grade) -> None:
    *missed, _ = grade(SLOW, SLOWER, FAST, by_epoch=8, ahead=True).made
    assert [made.epochs for each in missed for made in each.trainings.values()] == [8, 8]


def test_all_is_the_same_where_no_seed_reaches_it(
    grade: Grade, pytestconfig: pytest.Config
) -> None:
    if not pytestconfig.getoption("--prove"):
        pytest.skip("four more runs, with --prove")
    ahead, alone = (grade(SLOW, SLOWER, by_epoch=6, ahead=way) for way in (True, False))
    said = [[(e.seed, e.reached_at, e.in_time) for e in way.made] for way in (ahead, alone)]
    assert (ahead.told, ahead.runs, said[0]) == (alone.told, alone.runs, said[1])
