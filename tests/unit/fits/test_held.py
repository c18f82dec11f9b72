"""Trainings that are made ahead and wait for who wants them."""

from collections.abc import Iterator, Sequence

import pytest

from grader.fits.held import DroppedError, Foreseen, HeldTraining
from grader.training.results import Epoch, Measured, Reply, Report, Trained

ON, STOP = Reply(), Reply(stop=True)
LAST = 6


class Training:
    """Makes epochs without a model, until a reply stops it."""

    cpu_s = 1.5

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.made: list[int] = []
        self.ended = False

    def end(self) -> None:
        self.ended = True

    def __call__(self, report: Report) -> Trained:
        epochs = []
        for number in range(LAST):
            self.made.append(number)
            epochs.append(Epoch(number, {}, 80))
            if report(epochs[-1]).stop:
                break
            if self.error:
                raise self.error
        return Trained(tuple(epochs), 80, (), Measured(0.5, 1.0))


@pytest.fixture
def training() -> Training:
    return Training()


@pytest.fixture
def held(training: Training) -> Iterator[HeldTraining]:
    """Held in its third epoch."""
    made = HeldTraining(training, up_to(2), training)
    assert made.advance()
    yield made
    made.drop()


def up_to(epoch: int) -> Foreseen:
    return lambda told: ON if told.number < epoch else None


def replying(replies: Sequence[Reply], told: list[int]) -> Report:
    left = iter(replies)

    def report(epoch: Epoch) -> Reply:
        told.append(epoch.number)
        return next(left)

    return report


def test_nothing_is_made_beyond_what_is_foreseen(held: HeldTraining, training: Training) -> None:
    assert (held.told, training.made) == ((ON, ON), [0, 1, 2])


def test_whoever_takes_it_is_told_all_epochs(held: HeldTraining) -> None:
    told: list[int] = []
    held.take(replying([ON, ON, ON, STOP], told))
    assert told == [0, 1, 2, 3]


def test_no_epoch_is_made_again(held: HeldTraining, training: Training) -> None:
    held.take(replying([ON, ON, STOP], []))
    assert training.made == [0, 1, 2]


def test_what_was_trained_is_what_the_replies_lead_to(held: HeldTraining) -> None:
    trained = held.take(replying([ON, ON, ON, STOP], []))
    assert trained is not None
    assert len(trained.epochs) == 4


@pytest.mark.parametrize("reply", [STOP, Reply(learning_rate=0.1)])
def test_other_replies_than_foreseen_ones_lead_to_another_training(
    held: HeldTraining, training: Training, reply: Reply
) -> None:
    assert (held.take(replying([ON, reply], [])), training.ended) == (None, True)


def test_what_nobody_wants_ends(held: HeldTraining, training: Training) -> None:
    held.drop()
    assert training.made == [0, 1, 2]


def test_what_was_dropped_is_raised_where_it_is_taken_all_the_same(held: HeldTraining) -> None:
    held.drop()
    with pytest.raises(DroppedError):
        held.take(replying([ON, ON, ON], []))


def test_a_training_that_fails_does_not_get_there() -> None:
    training = Training(RuntimeError("no memory"))
    assert not HeldTraining(training, up_to(2), training).advance()


def test_one_that_ends_while_it_is_foreseen_is_there_when_it_is_wanted() -> None:
    training = Training()
    held = HeldTraining(training, up_to(LAST), training)
    held.advance()
    trained = held.take(replying([ON] * LAST, []))
    assert trained is not None


def test_what_the_report_raises_is_raised_to_who_takes_it(held: HeldTraining) -> None:
    def gone(epoch: Epoch) -> Reply:
        if epoch.number == 2:
            raise ConnectionError
        return ON

    with pytest.raises(ConnectionError):
        held.take(gone)


def test_it_is_dropped_where_who_takes_it_is_gone(held: HeldTraining, training: Training) -> None:
    def gone(_: Epoch) -> Reply:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        held.take(gone)
    assert training.ended
