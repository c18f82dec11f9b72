"""Two kernels that want the same training, one of which does not do its part."""

import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import descriptions
import numpy as np
import pytest

from grader.fits.answered import Answered
from grader.fits.cached_trainer import CachedTrainer
from grader.fits.checkpoints import CarriedOver
from grader.fits.plans import FitPlans
from grader.fits.server import NAME, FitServer
from grader.training.description import Description
from grader.training.memo import Memo
from grader.training.results import Epoch, Measured, PriorFit, Report, Trained, TrainingPlan
from grader.wire import frames

WEIGHTS = ((np.zeros((2, 3), np.float32),),)
Connect = Callable[[str], tuple[FitServer, socket.socket]]


class Trainer:
    """Trains nothing, for three epochs."""

    cpu_s = 0.0

    def end(self) -> None:
        """Train nothing any more."""

    def train(
        self,
        _: Description,
        _plan: TrainingPlan,
        report: Report,
        _earlier: Sequence[PriorFit],
        _carried: CarriedOver,
    ) -> Trained:
        epochs = [Epoch(number, {"loss": 0.5}, images=80) for number in range(3)]
        for epoch in epochs:
            report(epoch)
        return Trained(tuple(epochs), 80, WEIGHTS, Measured(0.5, 1.0))


@pytest.fixture
def connect(tmp_path: Path) -> Iterator[Connect]:
    with ExitStack() as held:
        memo = Memo(tmp_path / "memo")

        def connected(name: str) -> tuple[FitServer, socket.socket]:
            folder = tmp_path / name
            folder.mkdir()
            trainings = CachedTrainer(Trainer(), "", memo)  # type: ignore[arg-type]
            fitting = FitServer(folder, trainings, FitPlans(TrainingPlan(seed=1)))
            held.callback(fitting.close)
            kernel = held.enter_context(socket.socket(socket.AF_UNIX))
            kernel.connect(str(folder / NAME))
            kernel.settimeout(20)
            return fitting, kernel

        yield connected


def ask(kernel: socket.socket) -> None:
    told = descriptions.description()
    frames.send_json(kernel, kind="fit", number=0, description=told, snapshots=None)


def follow(kernel: socket.socket) -> int:
    """Reply to all epochs and return how many there were."""
    ask(kernel)
    told = []
    while (message := frames.receive_json(kernel))["kind"] in {"begin", "epoch"}:
        told.append(message["kind"])
        frames.send_json(kernel, kind="reply", stop=False)
    for _ in message["arrays"]:
        frames.receive(kernel, 1000)
    return told.count("epoch")


def says_nothing_at_the_beginning(kernel: socket.socket) -> None:
    ask(kernel)
    frames.receive_json(kernel)


def says_nothing_to_an_epoch(kernel: socket.socket) -> None:
    says_nothing_at_the_beginning(kernel)
    frames.send_json(kernel, kind="reply", stop=False)
    frames.receive_json(kernel)


def replies_by_a_byte(kernel: socket.socket) -> None:
    says_nothing_to_an_epoch(kernel)
    kernel.sendall(b"\0")


def announces_more_than_it_says(kernel: socket.socket) -> None:
    says_nothing_to_an_epoch(kernel)
    kernel.sendall(b"\0\1\0\0{")


def does_not_read(kernel: socket.socket) -> None:
    ask(kernel)
    for _ in range(3):
        frames.send_json(kernel, kind="reply", stop=False)


@pytest.mark.parametrize(
    "hostile",
    [
        says_nothing_at_the_beginning,
        says_nothing_to_an_epoch,
        replies_by_a_byte,
        announces_more_than_it_says,
        does_not_read,
    ],
)
@pytest.mark.parametrize("known", [False, True])
def test_a_slow_kernel_keeps_nobody_waiting(
    connect: Connect, hostile: Callable[[socket.socket], None], *, known: bool
) -> None:
    if known:
        follow(connect("earlier")[1])
    hostile(connect("hostile")[1])
    fitting, kernel = connect("honest")
    assert follow(kernel) == 3
    fitting.close()
    assert isinstance(fitting.result()[0], Answered)


def test_weights_are_not_kept_once_they_were_sent(connect: Connect) -> None:
    fitting, kernel = connect("honest")
    follow(kernel)
    fitting.close()
    answered = fitting.result()[0]
    assert isinstance(answered, Answered)
    assert (answered.trained.weights, answered.trained.images) == ((), 80)
