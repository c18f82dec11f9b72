"""Further seeds, trained while the kernel of the first one waits."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from architectures import TRAININGS

from grader import machine
from grader.fits import further_seeds
from grader.fits.further_seeds import FurtherSeeds
from grader.goals import Goal
from grader.training.conditions import conditions
from grader.training.results import Epoch, Measured, Reply, Report, Trained, TrainingPlan

GOAL = Goal("accuracy", at_least=0.9, by_epoch=4)
PLAN = TrainingPlan(seed=1, epochs=8, seconds=100.0)
DESCRIBED = TRAININGS["solution"].described(Path(__file__).parents[3] / "data" / "happy_or_sad", 8)
NEVER = 99
Search = Callable[..., bool]


@dataclass
class Source:
    """Trains nothing.

    Args:
        reaches: After which epoch, from 0, each seed reaches the goal.
        rates: What each training was replied.
        images: How many each epoch shows.
    """

    reaches: Mapping[int, int]
    images: int = 80
    made: dict[int, int] = field(default_factory=dict)
    rates: list[float | None] = field(default_factory=list)
    dataset: str = "digest"
    cpu_s: float = 0.0

    def settled(self, plan: TrainingPlan) -> TrainingPlan:
        return replace(plan, exact=True)

    def another(self) -> "Source":
        return self

    def end(self) -> None:
        pass

    def training(self, _: object, plan: TrainingPlan, report: Report) -> Trained:
        assert plan.exact
        epochs: list[Epoch] = []
        for number in range(plan.epochs):
            share = 1.0 if number >= self.reaches[plan.seed] else 0.5
            epochs.append(Epoch(number, {}, self.images, running=share))
            self.made[plan.seed] = number + 1
            reply = report(epochs[-1])
            self.rates.append(reply.learning_rate)
            if reply.stop:
                break
        return Trained(tuple(epochs), 80, (), Measured(0.5, 1.0))


@pytest.fixture(autouse=True)
def roomy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "available_memory", lambda: 2**40)


@pytest.fixture
def seeds() -> Iterator[FurtherSeeds]:
    with FurtherSeeds((1, 2, 3), (GOAL,), 80) as made:
        yield made


@pytest.fixture
def search(seeds: FurtherSeeds) -> Search:
    def search(source: Source, *replies: Reply, taken_s: float = 1.0) -> bool:
        return seeds.one_reaches(DESCRIBED, PLAN, source, replies, taken_s)

    return search


def held(seeds: FurtherSeeds, seed: int) -> object:
    return seeds.pop(conditions(DESCRIBED, "digest", replace(PLAN, seed=seed, exact=True)))


def test_the_next_seed_is_trained_until_it_reaches_the_goal(search: Search) -> None:
    source = Source({2: 2, 3: 0})
    assert (search(source), source.made) == (True, {2: 3})


def test_it_waits_for_its_run(search: Search, seeds: FurtherSeeds) -> None:
    search(Source({2: 2, 3: 0}))
    assert held(seeds, 2) is not None


def test_a_seed_that_has_missed_its_deadline_is_trained_no_further(search: Search) -> None:
    source = Source({2: 4, 3: 1})
    assert (search(source), source.made) == (True, {2: 4, 3: 2})


def test_it_is_known_what_missed(search: Search, seeds: FurtherSeeds) -> None:
    search(Source({2: 4, 3: 1}))
    assert [len(missed.trained.epochs) for missed in seeds.missed.values()] == [4]


def test_where_all_miss_all_of_them_wait(search: Search, seeds: FurtherSeeds) -> None:
    reached = search(Source({2: NEVER, 3: NEVER}))
    assert (reached, seeds.missed) == (False, {})
    assert held(seeds, 2)
    assert held(seeds, 3)


def test_epochs_are_replied_to_as_the_kernel_did_with_the_first_seed(search: Search) -> None:
    source = Source({2: 4, 3: NEVER})
    search(source, Reply(learning_rate=0.5), Reply(learning_rate=0.25))
    assert source.rates[:3] == [0.5, 0.25, None]


def test_nothing_is_tried_ahead_where_an_epoch_shows_fewer_images(search: Search) -> None:
    source = Source({2: NEVER, 3: NEVER}, images=70)
    assert (search(source), source.made) == (False, {2: 1})


def test_nothing_is_tried_ahead_where_time_is_short(search: Search) -> None:
    source = Source({2: 0, 3: 0})
    assert (search(source, taken_s=40.0), source.made) == (False, {})


def test_nothing_is_tried_ahead_where_the_run_has_ended(
    search: Search, seeds: FurtherSeeds
) -> None:
    source = Source({2: 0, 3: 0})
    seeds.end()
    assert (search(source), source.made) == (False, {})


def test_nothing_is_tried_ahead_where_memory_is_short(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "available_memory", lambda: further_seeds.MEMORY_BYTES - 1)
    source = Source({2: 0, 3: 0})
    assert (search(source), source.made) == (False, {})


def test_the_seconds_are_those_of_the_seed_that_they_were_for(
    search: Search, seeds: FurtherSeeds
) -> None:
    search(Source({2: 2, 3: 0}))
    held(seeds, 2)
    assert seeds.moved(1) < 0 < seeds.moved(2)


@pytest.mark.parametrize(
    ("goals", "plan", "graded"),
    [
        ((GOAL,), replace(PLAN, seed=2), True),
        ((GOAL,), PLAN, False),
        ((), PLAN, True),
        ((Goal("accuracy", at_least=0.9),), PLAN, True),
        ((Goal("accuracy", at_least=0.9, at_end=True),), PLAN, True),
        ((GOAL, Goal("loss", below=0.1, by_epoch=4)), PLAN, True),
        ((Goal("accuracy", "validation", at_least=0.9, by_epoch=4),), PLAN, True),
    ],
)
def test_no_seed_is_tried_ahead_where_it_is_not_clear_what_comes_of_it(
    *, goals: tuple[Goal, ...], plan: TrainingPlan, graded: bool
) -> None:
    assert FurtherSeeds((1, 2, 3), goals, 80).prospects(plan, graded=graded) is None


def test_the_first_seed_is_followed_where_it_is(seeds: FurtherSeeds) -> None:
    assert seeds.prospects(PLAN, graded=True) is not None


def test_seeds_are_tried_ahead_once(search: Search, seeds: FurtherSeeds) -> None:
    search(Source({2: NEVER, 3: NEVER}))
    assert seeds.prospects(PLAN, graded=True) is None
