"""A kernel whose training misses its goal waits while further seeds are tried."""

import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import descriptions
import pytest

from grader import machine
from grader.fits import server
from grader.fits.cached_trainer import CachedTrainer
from grader.fits.checkpoints import CarriedOver
from grader.fits.further_seeds import FurtherSeeds
from grader.fits.plans import FitPlans
from grader.fits.server import FitServer
from grader.goals import Goal
from grader.training.description import Description
from grader.training.memo import Memo
from grader.training.results import Epoch, Measured, PriorFit, Report, Trained, TrainingPlan
from grader.wire import frames

GOAL = Goal("accuracy", at_least=0.9, by_epoch=3)
EPOCHS, CELL = 5, 7
PLAN = TrainingPlan(seed=1, epochs=EPOCHS, seconds=100.0)


class Player:
    """Trains nothing; some seeds reach the goal in their second epoch, others never do.

    Args:
        right: These seeds.
        made: What was trained, by seed; shared by all players of a run.
    """

    cpu_s = 0.0

    def __init__(self, right: Sequence[int], made: dict[int, list[int]]) -> None:
        self.right, self.made = right, made

    def another(self) -> "Player":
        return Player(self.right, self.made)

    def end(self) -> None:
        """Train nothing any more."""

    def train(
        self,
        _: Description,
        plan: TrainingPlan,
        report: Report,
        _earlier: Sequence[PriorFit],
        _carried: CarriedOver,
    ) -> Trained:
        epochs: list[Epoch] = []
        for number in range(EPOCHS):
            share = 1.0 if plan.seed in self.right and number else 0.5
            epochs.append(Epoch(number, {"accuracy": share}, 80, running=share))
            self.made.setdefault(plan.seed, []).append(number)
            if report(epochs[-1]).stop:
                break
        return Trained(tuple(epochs), 80, (), Measured(0.5, 1.0))


class Runs:
    """Runs of one submission, one seed after the other.

    Args:
        folder: Where they are.
        right: Seeds that reach the goal.
    """

    def __init__(self, folder: Path, right: Sequence[int]) -> None:
        self.folder = folder
        self.made: dict[int, list[int]] = {}
        self.player = Player(right, self.made)
        self.further = FurtherSeeds((1, 2, 3), (GOAL,), 80)
        self.served: dict[int, FitServer] = {}

    def run(self, seed: int, stop_above: float = 0.9) -> list[dict[str, Any]]:
        """Have a kernel ask for its training; return what it was told of each epoch."""
        memo = Memo(self.folder / "memo")
        trainings = CachedTrainer(self.player, "digest", memo, ahead=self.further)  # type: ignore[arg-type]
        plan = replace(PLAN, seed=seed)
        folder = self.folder / str(seed)
        folder.mkdir()
        self.served[seed] = made = FitServer(
            folder, trainings, FitPlans(plan, calling={CELL: "train"}), running=lambda: CELL
        )
        try:
            with socket.socket(socket.AF_UNIX) as kernel:
                kernel.connect(str(folder / server.NAME))
                return _followed(kernel, stop_above)
        finally:
            made.close()


def _followed(kernel: socket.socket, stop_above: float) -> list[dict[str, Any]]:
    frames.send_json(kernel, kind="fit", number=0, description=descriptions.description())
    assert frames.receive_json(kernel) == {"kind": "begin"}
    frames.send_json(kernel, kind="reply", stop=False)
    told = []
    while (message := frames.receive_json(kernel))["kind"] == "epoch":
        told.append(message)
        frames.send_json(kernel, kind="reply", stop=message["logs"]["accuracy"] > stop_above)
    return told


Run = Callable[..., Runs]


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.setattr(machine, "available_memory", lambda: 2**40)
    made: list[Runs] = []

    def make(*right: int) -> Runs:
        made.append(Runs(tmp_path, right))
        return made[-1]

    yield make
    for each in made:
        each.further.__exit__(None, None, None)


def test_a_training_is_over_at_its_deadline_if_another_seed_reaches_the_goal(runs: Run) -> None:
    ran = runs(2)
    assert [each["stopping"] for each in ran.run(1)] == [False, False, True]


def test_that_is_known_of_it(runs: Run) -> None:
    ran = runs(2)
    ran.run(1)
    answered = ran.served[1].answered[0]
    assert getattr(answered, "cut", None) is True


def test_the_run_with_that_seed_is_told_what_was_trained(runs: Run) -> None:
    ran = runs(2)
    ran.run(1)
    assert ([each["epoch"] for each in ran.run(2)], ran.made[2]) == ([0, 1], [0, 1])


def test_its_kernel_may_go_on_where_the_training_waits(runs: Run) -> None:
    ran = runs(2)
    ran.run(1)
    assert len(ran.run(2, stop_above=2.0)) == len(ran.made[2]) == EPOCHS


def test_a_kernel_that_stops_it_sooner_has_it_trained_anew(runs: Run) -> None:
    ran = runs(2)
    ran.run(1)
    assert (len(ran.run(2, stop_above=0.4)), ran.made[2]) == (1, [0, 1, 0])


def test_where_no_seed_reaches_it_training_goes_on_as_if_none_had_been_tried(runs: Run) -> None:
    ran = runs()
    assert [each["stopping"] for each in ran.run(1)] == [False] * EPOCHS


def test_no_epoch_is_made_twice_where_no_seed_reaches_it(runs: Run) -> None:
    ran = runs()
    for seed in (1, 2, 3):
        ran.run(seed)
    assert ran.made == {seed: list(range(EPOCHS)) for seed in (1, 2, 3)}


def test_what_reaches_the_goal_needs_no_further_seed(runs: Run) -> None:
    ran = runs(1, 2)
    ran.run(1)
    assert list(ran.made) == [1]


def test_what_is_kept_is_tried_ahead_from_what_is_kept(runs: Run) -> None:
    first = runs(3)
    for seed in (1, 3):
        first.run(seed)
    first.folder = first.folder / "again"
    again = Runs(first.folder, (3,))
    again.folder.mkdir()
    (again.folder / "memo").symlink_to(first.folder.parent / "memo")
    for seed in (1, 3):
        again.run(seed)
    assert again.made == {}
