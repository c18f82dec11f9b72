import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import descriptions
import pytest

from grader.fits import checkpoints as module
from grader.fits.cached_trainer import CachedTrainer
from grader.fits.checkpoints import CarriedOver, Checkpoints
from grader.training import checkpoint_files
from grader.training.accept import accept
from grader.training.description import Description
from grader.training.memo import Memo
from grader.training.results import (
    Epoch,
    Measured,
    PriorFit,
    Reply,
    Report,
    Trained,
    TrainingPlan,
    go_on,
)
from grader.training.snapshots import SnapshotReport, Wanted

DESCRIPTION, PLAN = accept(json.dumps(descriptions.description()).encode()), TrainingPlan(seed=1)
STOP = Reply(stop=True)


class Trainer:
    """Trains nothing for one epoch, and leaves checkpoints as the real one does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.late = False
        # For each training, how many fits it was told of, and how many were made for it.
        self.made: list[tuple[int, int]] = []

    def train(
        self,
        _: Description,
        plan: TrainingPlan,
        report: Report,
        earlier: Sequence[PriorFit],
        carried: CarriedOver,
    ) -> Trained:
        folder = self._folder / str(len(self.made))
        folder.mkdir()
        carried.bring(folder)
        at, lacking = 0, 0
        for count in checkpoint_files.needed(earlier):
            path = checkpoint_files.path(folder, count)
            if not path.exists():
                lacking += count - at
                path.write_bytes(b"made again")
            at = count
        report(epoch := Epoch(0, {}, 1))
        self.made.append((len(earlier) + 1, lacking + 1))
        if not self.late:
            checkpoint_files.path(folder, len(earlier) + 1).write_bytes(bytes([plan.seed] * 1000))
        carried.take()
        return Trained((epoch,), 1, (), Measured(0.5, 0.5))


@pytest.fixture
def trainer(tmp_path: Path) -> Trainer:
    return Trainer(tmp_path)


@pytest.fixture
def trainings(trainer: Trainer) -> CachedTrainer:
    return CachedTrainer(trainer, "digest")  # type: ignore[arg-type]


def turns(*replies: Reply, apart: bool = False) -> tuple[PriorFit, ...]:
    """Return trainings of one epoch each, with these replies."""
    return tuple(PriorFit(DESCRIPTION, (reply,), apart) for reply in replies)


def first(trainings: CachedTrainer, report: Report = go_on, plan: TrainingPlan = PLAN) -> None:
    trainings.training(DESCRIPTION, plan, report)


def test_a_further_training_makes_none_of_those_before_again(
    trainings: CachedTrainer, trainer: Trainer
) -> None:
    for count in range(4):
        trainings.training(DESCRIPTION, PLAN, go_on, turns(*[Reply()] * count))
    assert trainer.made == [(1, 1), (2, 1), (3, 1), (4, 1)]


def test_where_its_function_began_with_the_model_is_known_as_well(
    trainings: CachedTrainer, trainer: Trainer
) -> None:
    first(trainings)
    apart = turns(Reply(), apart=True)
    trainings.training(DESCRIPTION, PLAN, go_on, apart)
    trainings.training(DESCRIPTION, PLAN, go_on, (*apart, *turns(Reply())))
    assert trainer.made == [(1, 1), (2, 1), (3, 1)]


def test_two_models_are_trained_in_turns(trainings: CachedTrainer, trainer: Trainer) -> None:
    other = replace(PLAN, seed=2)
    for count in range(2):
        for plan in (PLAN, other):
            trainings.training(DESCRIPTION, plan, go_on, turns(*[Reply()] * count))
    assert [made for _, made in trainer.made] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("plan", "reply"),
    [(PLAN, STOP), (PLAN, Reply(learning_rate=0.5)), (replace(PLAN, seed=2), Reply())],
)
def test_nothing_goes_on_from_another_training(
    trainings: CachedTrainer, trainer: Trainer, plan: TrainingPlan, reply: Reply
) -> None:
    first(trainings)
    trainings.training(DESCRIPTION, plan, go_on, turns(reply))
    assert trainer.made[-1] == (2, 2)


def test_what_is_measured_of_a_training_makes_it_no_other(
    trainings: CachedTrainer, trainer: Trainer
) -> None:
    first(trainings)
    plan = replace(PLAN, epochs=3, targets=(0.5,), validation="v", test="t", losses=True)
    trainings.training(DESCRIPTION, plan, go_on, turns(Reply()))
    assert trainer.made[-1] == (2, 1)


def test_replies_are_those_of_the_report_whose_epochs_are_shown_as_well(
    trainings: CachedTrainer, trainer: Trainer
) -> None:
    first(trainings, SnapshotReport(lambda _: STOP, Wanted(weights=True), lambda _: None))
    trainings.training(DESCRIPTION, PLAN, go_on, turns(STOP))
    assert trainer.made[-1] == (2, 1)


def test_a_training_whose_time_was_up_is_made_again(
    trainings: CachedTrainer, trainer: Trainer
) -> None:
    trainer.late = True
    first(trainings)
    trainings.training(DESCRIPTION, PLAN, go_on, turns(Reply()))
    assert trainer.made[-1] == (2, 2)


def test_what_another_trainer_of_the_submission_has_left_is_known(
    trainings: CachedTrainer, trainer: Trainer
) -> None:
    trainer.another = lambda: trainer  # type: ignore[attr-defined]
    first(trainings.another())
    trainings.training(DESCRIPTION, PLAN, go_on, turns(Reply()))
    assert trainer.made[-1] == (2, 1)


# The memo


@pytest.fixture
def graded(trainer: Trainer, tmp_path: Path) -> Callable[..., None]:
    """Grade a submission that trains a model twice, the second time as it is told."""

    def graded(description: Description = DESCRIPTION) -> None:
        trainings = CachedTrainer(trainer, "digest", Memo(tmp_path / "memo"))  # type: ignore[arg-type]
        first(trainings)
        trainings.training(description, PLAN, go_on, turns(Reply()))

    return graded


def test_one_that_differs_in_its_last_training_has_that_one_made(
    graded: Callable[..., None], trainer: Trainer
) -> None:
    graded()
    graded(replace(DESCRIPTION, fit=replace(DESCRIPTION.fit, epochs=2)))
    assert trainer.made == [(1, 1), (2, 1), (2, 1)]


def test_a_damaged_one_is_not_gone_on_from(
    graded: Callable[..., None], trainer: Trainer, tmp_path: Path
) -> None:
    graded()
    [kept] = (tmp_path / "memo").glob("*.checkpoint")
    kept.write_bytes(kept.read_bytes()[:-1])
    graded(replace(DESCRIPTION, fit=replace(DESCRIPTION.fit, epochs=2)))
    assert trainer.made[-1] == (2, 2)


def test_what_nothing_went_on_from_is_not_kept(trainer: Trainer, tmp_path: Path) -> None:
    first(CachedTrainer(trainer, "digest", Memo(tmp_path / "memo")))  # type: ignore[arg-type]
    assert not list((tmp_path / "memo").glob("*.checkpoint"))


# What is held


@pytest.fixture
def held(tmp_path: Path) -> tuple[Checkpoints, Callable[[str], bool]]:
    checkpoints = Checkpoints()

    def is_held(key: str) -> bool:
        return checkpoints.copy(key, tmp_path / "copy")

    return checkpoints, is_held


def left(folder: Path, text: str) -> Path:
    path = folder / "left"
    path.write_text(text)
    return path


def test_a_copy_is_made_when_the_file_is_gone(tmp_path: Path) -> None:
    checkpoints = Checkpoints()
    path = left(tmp_path, "content")
    checkpoints.hold("key", path)
    path.unlink()
    assert checkpoints.copy("key", tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "content"


def test_the_one_that_was_not_used_for_longest_goes_when_there_are_many(
    tmp_path: Path,
    held: tuple[Checkpoints, Callable[[str], bool]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_FILES", 2)
    checkpoints, is_held = held
    for key in ("a", "b"):
        checkpoints.hold(key, left(tmp_path, key))
    assert is_held("a")
    checkpoints.hold("c", left(tmp_path, "c"))
    assert [is_held(key) for key in "abc"] == [True, False, True]


def test_those_go_that_are_too_large_together(
    tmp_path: Path,
    held: tuple[Checkpoints, Callable[[str], bool]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    checkpoints, is_held = held
    for key in ("a", "b", "c"):
        checkpoints.hold(key, left(tmp_path, key * 5))
    assert [is_held(key) for key in "abc"] == [False, True, True]


def test_none_is_held_when_all_are_forgotten(
    tmp_path: Path, held: tuple[Checkpoints, Callable[[str], bool]]
) -> None:
    checkpoints, is_held = held
    checkpoints.hold("key", left(tmp_path, "content"))
    checkpoints.forget()
    assert not is_held("key")
