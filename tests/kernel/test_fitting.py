"""The grader's end of a kernel's requests, with somebody else in the kernel's place."""

import json
import socket
import struct
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import descriptions
import numpy as np
import pytest

from grader.errors import KernelFault
from grader.fits import server
from grader.fits.answered import Answered
from grader.fits.cached_trainer import CachedTrainer
from grader.fits.checkpoints import CarriedOver
from grader.fits.plans import FitPlans
from grader.fits.server import FitServer
from grader.training.description import Description
from grader.training.memo import Memo
from grader.training.refusals import Refused
from grader.training.results import Epoch, Measured, PriorFit, Reply, Report, Trained, TrainingPlan
from grader.training.snapshots import HookCall, Snapshot, SnapshotReport
from grader.wire import frames

EPOCHS = 4
WEIGHTS = ((), (np.arange(6, dtype=np.float32).reshape(2, 3), np.zeros(3, np.float32)))
SNAPSHOT = Snapshot((HookCall("on_train_batch_end", 0, {"loss": 1.5}),), WEIGHTS[1])
OTHERWISE = descriptions.description()["compile"] | {"metrics": []}
Say = Callable[..., dict[str, Any]]


class Player:
    """Trains nothing, and says that it did."""

    cpu_s = 2.5

    def __init__(self) -> None:
        self.made = 0
        self.replies: list[Reply] = []
        self.error: Exception | None = None

    def end(self) -> None:
        """Train nothing any more."""

    def train(
        self,
        description: Description,
        plan: TrainingPlan,
        report: Report,
        earlier: Sequence[PriorFit],
        _carried: CarriedOver,
    ) -> Trained:
        self.made += 1
        self.plan, self.earlier, self.description = plan, earlier, description
        if self.error:
            raise self.error
        epochs = []
        for number in range(EPOCHS):
            logs = {"loss": 1.0 - number / 10}
            epochs.append(Epoch(number, logs, images=80, learning_rate=0.5, updates=8))
            if isinstance(report, SnapshotReport) and report.wanted:
                report.show(SNAPSHOT)
            self.replies.append(report(epochs[-1]))
            if self.replies[-1].stop:
                break
        return Trained(tuple(epochs), 80, WEIGHTS, Measured(0.5, 1.0))


@pytest.fixture
def player() -> Player:
    return Player()


@pytest.fixture
def serving(player: Player, tmp_path: Path) -> Iterator[FitServer]:
    trainings = CachedTrainer(player, "digest", Memo(tmp_path / "memo"))  # type: ignore[arg-type]
    made = FitServer(tmp_path, trainings, FitPlans(TrainingPlan(seed=1)))
    yield made
    made.close()


def ask(
    kernel: socket.socket,
    number: int = 0,
    after: int | None = None,
    snapshots: object = None,
    **members: Any,
) -> None:
    told = descriptions.description(**members)
    more = {"snapshots": snapshots} | ({} if after is None else {"after": after})
    frames.send_json(kernel, kind="fit", number=number, description=told, **more)


def begin(kernel: socket.socket, **reply: Any) -> None:
    assert frames.receive_json(kernel) == {"kind": "begin"}
    frames.send_json(kernel, kind="reply", **{"stop": False, **reply})


def trained(
    kernel: socket.socket, stop_after: int = EPOCHS, **reply: Any
) -> tuple[list[Any], list[bytes]]:
    """Reply to every epoch, and return all that was told, and the weights."""
    told = []
    begin(kernel)
    while (message := frames.receive_json(kernel))["kind"] == "epoch":
        told.append(message)
        frames.send_json(kernel, kind="reply", **{"stop": len(told) >= stop_after, **reply})
    told.append(message)
    return told, [bytes(frames.receive(kernel, 1000)) for _ in message.get("arrays", ())]


def test_the_cell_in_which_a_training_is_asked_for_is_known(player: Player, tmp_path: Path) -> None:
    trainings, cells = CachedTrainer(player, "digest"), iter([3, 8])  # type: ignore[arg-type]
    made = FitServer(
        tmp_path, trainings, FitPlans(TrainingPlan(seed=1)), running=lambda: next(cells)
    )
    with socket.socket(socket.AF_UNIX) as kernel:
        kernel.connect(str(tmp_path / server.NAME))
        ask(kernel)
        trained(kernel)
        frames.send_json(kernel, kind="here", number=5)
        frames.receive_json(kernel)
    made.close()
    assert made.cells == {0: 3, 5: 8}


def test_every_epoch_is_told(kernel: socket.socket) -> None:
    ask(kernel)
    epochs = trained(kernel)[0][:-1]
    assert [(each["epoch"], each["logs"]["loss"]) for each in epochs] == [
        (number, 1.0 - number / 10) for number in range(EPOCHS)
    ]


def test_the_weights_are_sent(kernel: socket.socket) -> None:
    ask(kernel)
    told, arrays = trained(kernel)
    assert told[-1]["arrays"][0] == {"dtype": "float32", "shape": [2, 3]}
    assert arrays == [array.tobytes() for array in WEIGHTS[1]]


def test_a_reply_ends_the_training(kernel: socket.socket) -> None:
    ask(kernel)
    assert trained(kernel, stop_after=2)[0][-1]["epochs"] == 2


# What callbacks set, and what they are shown


def rate(description: Description) -> object:
    return description.compile.optimizer.arguments["learning_rate"]


def with_rate(learning_rate: float) -> dict[str, Any]:
    compiled = descriptions.description()["compile"]
    arguments = compiled["optimizer"]["arguments"] | {"learning_rate": learning_rate}
    return dict(compiled | {"optimizer": compiled["optimizer"] | {"arguments": arguments}})


def test_a_learning_rate_set_at_the_beginning_is_what_training_starts_with(
    kernel: socket.socket, player: Player
) -> None:
    ask(kernel)
    begin(kernel, learning_rate=0.25)
    frames.receive_json(kernel)
    assert rate(player.description) == 0.25


def test_a_learning_rate_in_a_reply_is_passed_on(kernel: socket.socket, player: Player) -> None:
    ask(kernel)
    trained(kernel, stop_after=1, learning_rate=0.125)
    assert player.replies == [Reply(stop=True, learning_rate=0.125)]


def test_each_epoch_says_what_its_learning_rate_is(kernel: socket.socket) -> None:
    ask(kernel)
    assert [each["learning_rate"] for each in trained(kernel)[0][:-1]] == [0.5] * EPOCHS


def test_the_last_epoch_says_so(kernel: socket.socket) -> None:
    ask(kernel, fit={"epochs": 3})
    assert [each["last"] for each in trained(kernel, stop_after=3)[0][:-1]] == [False, False, True]


@pytest.mark.parametrize("learning_rate", [-0.1, 1e7, float("nan"), float("inf"), "fast", True, []])
def test_a_learning_rate_that_is_none_ends_the_conversation(
    serving: FitServer, kernel: socket.socket, learning_rate: object
) -> None:
    ask(kernel)
    begin(kernel, learning_rate=learning_rate)
    with pytest.raises(frames.BrokenError):
        frames.receive_json(kernel)
    serving.close()
    assert (serving.senseless, serving.fault, serving.answered) == (True, None, {})


def test_who_ends_a_training_before_it_begins_gets_none(
    kernel: socket.socket, player: Player
) -> None:
    ask(kernel)
    begin(kernel, stop=True)
    assert frames.receive_json(kernel)["kind"] == "refused"
    assert player.made == 0


def test_a_second_training_may_have_another_learning_rate(
    kernel: socket.socket, player: Player
) -> None:
    ask(kernel)
    trained(kernel)
    ask(kernel, number=1, after=0, compile=with_rate(0.125))
    trained(kernel)
    assert (len(player.earlier), rate(player.description)) == (1, 0.125)


def test_epochs_are_shown_to_who_wants_to_see_them(kernel: socket.socket) -> None:
    ask(kernel, snapshots={"weights": True, "batches": True})
    begin(kernel)
    told = frames.receive_json(kernel)
    assert (told["kind"], told["calls"]) == (
        "snapshot", [["on_train_batch_end", 0, {"loss": 1.5}]],
    )  # fmt: skip
    assert bytes(frames.receive(kernel, 1000)) == WEIGHTS[1][0].tobytes()


@pytest.mark.parametrize("snapshots", [None, {}, {"weights": False}, {"weights": 1}, [], "all"])
def test_epochs_are_shown_to_nobody_else(kernel: socket.socket, snapshots: object) -> None:
    ask(kernel, snapshots=snapshots)
    assert [each["kind"] for each in trained(kernel)[0]] == ["epoch"] * EPOCHS + ["trained"]


def test_a_training_whose_epochs_are_shown_is_made_each_time(
    kernel: socket.socket, player: Player
) -> None:
    for number in range(2):
        ask(kernel, number=number, snapshots={"batches": True})
        begin(kernel)
        while (message := frames.receive_json(kernel))["kind"] != "trained":
            if message["kind"] == "snapshot":
                frames.receive(kernel, 1000)
                frames.receive(kernel, 1000)
            else:
                frames.send_json(kernel, kind="reply", stop=True)
        for _ in WEIGHTS[1]:
            frames.receive(kernel, 1000)
    assert player.made == 2


# Numbers, limits, faults


def test_what_was_trained_is_remembered(serving: FitServer, kernel: socket.socket) -> None:
    ask(kernel, number=5)
    trained(kernel, stop_after=3)
    serving.close()
    assert len(serving.answered[5].trained.epochs) == 3  # type: ignore[union-attr]


def test_a_second_training_goes_on_from_the_first(kernel: socket.socket, player: Player) -> None:
    ask(kernel)
    trained(kernel, stop_after=3)
    ask(kernel, number=1, after=0)
    trained(kernel)
    assert [len(turn.replies) for turn in player.earlier] == [3]


def test_epochs_that_were_trained_before_are_trained_no_more(
    kernel: socket.socket, player: Player
) -> None:
    ask(kernel)
    trained(kernel, stop_after=3)
    ask(kernel, number=1, after=0)
    trained(kernel)
    assert player.plan.epochs == TrainingPlan(seed=1).epochs - 3


def two_parts(player: Player, folder: Path) -> tuple[FitServer, socket.socket]:
    """Serve a kernel in which cell 0 calls one function that trains, and cell 1 another one."""
    cells = iter([0, 1])
    parts = {"a": TrainingPlan(seed=1, epochs=9), "b": TrainingPlan(seed=1, epochs=5)}
    plans = FitPlans(TrainingPlan(seed=1), parts, {0: "a", 1: "b"})
    trainings = CachedTrainer(player, "digest")  # type: ignore[arg-type]
    made = FitServer(folder, trainings, plans, running=lambda: next(cells))
    kernel = socket.socket(socket.AF_UNIX)
    kernel.connect(str(folder / server.NAME))
    return made, kernel


@pytest.mark.parametrize("after", [None, 0], ids=["another model", "the same model"])
def test_each_function_has_as_many_epochs_as_are_looked_at(
    player: Player, tmp_path: Path, after: int | None
) -> None:
    made, kernel = two_parts(player, tmp_path)
    epochs = []
    with kernel:
        for number, goes_on in ((0, None), (1, after)):
            ask(kernel, number=number, after=goes_on)
            trained(kernel)
            epochs.append(player.plan.epochs)
    made.close()
    assert epochs == [9, 5]


def test_epochs_that_another_function_made_of_a_model_stand_apart(
    player: Player, tmp_path: Path
) -> None:
    made, kernel = two_parts(player, tmp_path)
    with kernel:
        ask(kernel)
        trained(kernel, stop_after=3)
        ask(kernel, number=1, after=0)
        trained(kernel)
    made.close()
    known = [each for each in made.answered.values() if isinstance(each, Answered)]
    assert [(each.counted_before, len(each.earlier)) for each in known] == [(0, 0), (0, 1)]


@pytest.mark.parametrize(("after", "seed"), [(None, 2), (0, 1)])
def test_a_model_is_trained_on_with_the_seeds_that_it_began_with(
    player: Player, tmp_path: Path, after: int | None, seed: int
) -> None:
    cells = iter([0, 1])
    own = TrainingPlan(seed=1, redraws_seeds=True)
    plans = FitPlans(own, {"a": TrainingPlan(seed=2)}, {1: "a"})
    trainings = CachedTrainer(player, "digest")  # type: ignore[arg-type]
    made = FitServer(tmp_path, trainings, plans, running=lambda: next(cells))
    with socket.socket(socket.AF_UNIX) as kernel:
        kernel.connect(str(tmp_path / server.NAME))
        for number, goes_on in ((0, None), (1, after)):
            ask(kernel, number=number, after=goes_on)
            trained(kernel)
    made.close()
    assert (player.plan.seed, player.plan.redraws_seeds) == (seed, after == 0)


def test_the_steps_of_all_trainings_of_a_model_add_up(kernel: socket.socket) -> None:
    ask(kernel)
    first, _ = trained(kernel)
    ask(kernel, number=1, after=0)
    second, _ = trained(kernel)
    steps = [told[-1]["iterations"] for told in (first, second)]
    assert steps == [8 * EPOCHS, 16 * EPOCHS]


def test_each_epoch_says_how_many_steps_it_had(kernel: socket.socket) -> None:
    ask(kernel)
    assert [each["updates"] for each in trained(kernel)[0][:-1]] == [8] * EPOCHS


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"after": 7}, "a training that the grader did not make"),
        ({"after": 0, "compile": OTHERWISE}, "the model was changed after it was trained"),
    ],
)
def test_a_training_that_goes_on_from_another_model_is_refused(
    kernel: socket.socket, changed: dict[str, Any], reason: str
) -> None:
    ask(kernel)
    trained(kernel)
    ask(kernel, number=1, **changed)
    assert reason in frames.receive_json(kernel)["reason"]


def test_the_processor_time_of_the_trainer_is_told(serving: FitServer) -> None:
    assert serving.cpu_s == Player.cpu_s


def test_a_refused_description_costs_no_training(kernel: socket.socket, player: Player) -> None:
    ask(kernel, fit={"epochs": 0})
    told = frames.receive_json(kernel)
    assert (told["kind"], "epochs must be" in told["reason"], player.made) == ("refused", True, 0)


def test_the_same_training_is_not_made_twice(kernel: socket.socket, player: Player) -> None:
    for number in range(2):
        ask(kernel, number=number)
        trained(kernel, stop_after=2)
    assert player.made == 1


def test_a_training_that_another_end_is_replied_to_is_made(
    kernel: socket.socket, player: Player
) -> None:
    for number in range(2):
        ask(kernel, number=number)
        trained(kernel, stop_after=2 + number)
    assert player.made == 2


def test_what_the_trainer_refuses_is_told(kernel: socket.socket, player: Player) -> None:
    player.error = Refused("it has other files")
    ask(kernel)
    begin(kernel)
    assert frames.receive_json(kernel) == {"kind": "refused", "reason": "it has other files"}


def test_a_fault_of_the_trainer_is_not_the_kernel_s(
    serving: FitServer, kernel: socket.socket, player: Player
) -> None:
    player.error = KernelFault("it is gone")
    ask(kernel)
    begin(kernel)
    with pytest.raises(frames.BrokenError):
        frames.receive_json(kernel)
    assert serving.fault is player.error


def test_too_many_trainings_are_refused(
    kernel: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "MOST_TRAININGS", 1)
    ask(kernel, number=1)
    trained(kernel)
    ask(kernel, number=2)
    assert frames.receive_json(kernel)["kind"] == "refused"


def test_a_second_one_who_comes_is_not_heard(kernel: socket.socket, tmp_path: Path) -> None:
    ask(kernel)
    trained(kernel)
    with socket.socket(socket.AF_UNIX) as other, pytest.raises(OSError, match="refused"):
        other.connect(str(tmp_path / server.NAME))


GARBAGE = (
    b"", b"\0\0", struct.pack(">I", 2**32 - 1), struct.pack(">I", 3) + b"\xff\xff\xff",
    struct.pack(">I", 2) + b"[]", struct.pack(">I", 2) + b"{}",
    *(
        struct.pack(">I", len(told)) + told
        for told in (
            json.dumps({"number": True}).encode(),
            json.dumps({"number": 1, "description": None}).encode(),
            json.dumps({"number": 1, "description": "x" * 10**6}).encode(),
            b'{"number": 1, "description": NaN}',
            b'{"number": 1, "description": ' + b"[" * 900 + b"]" * 900 + b"}",
        )
    ),
)  # fmt: skip


@pytest.mark.parametrize("sent", GARBAGE)
def test_garbage_is_no_training_and_no_fault(
    serving: FitServer, kernel: socket.socket, player: Player, sent: bytes
) -> None:
    kernel.sendall(sent)
    kernel.shutdown(socket.SHUT_WR)
    while kernel.recv(1000):
        pass
    assert (serving.fault, player.made) == (None, 0)


def test_garbage_is_noted(serving: FitServer, kernel: socket.socket) -> None:
    kernel.sendall(GARBAGE[-6])
    kernel.shutdown(socket.SHUT_WR)
    while kernel.recv(1000):
        pass
    serving.close()
    assert serving.senseless


def test_a_garbled_reply_is_noted(serving: FitServer, kernel: socket.socket) -> None:
    ask(kernel)
    begin(kernel)
    frames.receive_json(kernel)
    frames.send(kernel, b"[]")
    while kernel.recv(1000):
        pass
    serving.close()
    assert (serving.senseless, serving.fault) == (True, None)


def test_a_request_that_breaks_off_is_none_to_be_noted(
    serving: FitServer, kernel: socket.socket
) -> None:
    kernel.sendall(b"\0\0")
    kernel.close()
    serving.close()
    assert not serving.senseless


def test_a_kernel_that_ends_while_it_is_trained_for_is_no_fault(
    serving: FitServer, kernel: socket.socket
) -> None:
    ask(kernel)
    begin(kernel)
    frames.receive_json(kernel)
    kernel.close()
    serving.close()
    assert (serving.fault, serving.answered) == (None, {})
