"""Stand-ins for the grader's side of a connection: one really trains, the others play."""

import contextlib
import os
import socket
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from grader.fits.epoch_stream import EpochStream, GoneError
from grader.probe.fitting.connection import Connection, ConnectionEndedError
from grader.training import rates
from grader.training.accept import accept_decoded
from grader.training.results import TrainingPlan
from grader.training.snapshots import SnapshotReport, Wanted
from grader.wire import frames

# Of an epoch that is only played.
STEPS = 2
Answer = Callable[[Connection, dict[str, Any]], None]


def training(dataset: Path, seed: int) -> Connection:
    """Fork a process that trains exactly what it is asked for; TensorFlow has done nothing yet."""
    ours, theirs = socket.socketpair()
    if os.fork():
        theirs.close()
        return Connection(ours)
    ours.close()
    with contextlib.suppress(frames.BrokenError, GoneError):
        _train_all(theirs, dataset, seed)
    os._exit(0)


def _train_all(connection: socket.socket, dataset: Path, seed: int) -> None:
    from grader.training import trainer

    trainer.prepare(1)
    while True:
        asked = frames.receive_json(connection)
        description = accept_decoded(asked["description"])
        stream = EpochStream(connection, description.fit.epochs - 1)
        description = rates.starting_at(description, stream.begin().learning_rate)
        wanted = Wanted.read(asked["snapshots"])
        report = SnapshotReport(stream.report, wanted, stream.show)
        trained = trainer.train(description, dataset, TrainingPlan(seed, exact=True), report)
        stream.end(trained, trained.updates)


def tell(
    connection: Connection, epoch: int, logs: dict[str, float], *, stopping: bool = False
) -> bool:
    """Tell of an epoch and return whether that is to be the last."""
    message = {"kind": "epoch", "epoch": epoch, "logs": logs, "stopping": stopping}
    connection.send(message | {"updates": STEPS})
    return bool(connection.receive()["stop"])


def hand_over(connection: Connection, arrays: Iterable[Any], iterations: int) -> None:
    """Send what was trained."""
    arrays = list(arrays)
    announced = [{"dtype": str(each.dtype), "shape": list(each.shape)} for each in arrays]
    told = {"kind": "trained", "epochs": 1, "arrays": announced, "iterations": iterations}
    connection.send(told)
    for array in arrays:
        connection.write(array.tobytes())


def playing(answers: Iterable[Answer]) -> tuple[Connection, list[dict[str, Any]]]:
    """Give each request the next answer, then be gone; return what was asked, too."""
    ours, theirs = socket.socketpair()
    connection, asked = Connection(theirs), list[dict[str, Any]]()

    def play() -> None:
        with contextlib.suppress(ConnectionEndedError):
            for answer in answers:
                asked.append(_asked(connection))
                answer(connection, asked[-1])
            _asked(connection)
        connection.close()

    threading.Thread(target=play, daemon=True).start()
    return Connection(ours), asked


def _asked(connection: Connection) -> dict[str, Any]:
    """Receive a request; what is said of models that are trained there is only noted."""
    while (asked := connection.receive()).get("kind") == "here":
        connection.send({"kind": "noted"})
    return asked


def epochs(logs: list[dict[str, float]], arrays: list[Any], *, last: int = 10**6) -> Answer:
    """Answer with epochs until it is told to stop, then with weights.

    Args:
        logs: Of each epoch.
        arrays: The weights.
        last: The epoch that a callback of the trainer stops with.
    """

    def answer(connection: Connection, _: dict[str, Any]) -> None:
        made = 0
        for number, each in enumerate(logs):
            made += 1
            if tell(connection, number, each, stopping=number == last) or number == last:
                break
        hand_over(connection, arrays, STEPS * made)

    return answer


def telling(replies: list[dict[str, Any]], *messages: dict[str, Any] | list[Any]) -> Answer:
    """Answer with messages, hear what is replied, and hand over weights at the end.

    Args:
        replies: Those that come; it grows.
        messages: What is told, and arrays that follow; the last ones are the model's weights.
    """

    def answer(connection: Connection, _: dict[str, Any]) -> None:
        *others, arrays = messages
        for message in others:
            if isinstance(message, list):
                for array in message:
                    connection.write(array.tobytes())
                continue
            connection.send(message)
            if message["kind"] != "snapshot":
                replies.append(connection.receive())
                if replies[-1]["stop"]:
                    break
        hand_over(connection, arrays, 2 * len(replies))

    return answer


def saying(*messages: dict[str, Any] | bytes) -> Answer:
    """Answer with messages or frames, and nothing else."""

    def answer(connection: Connection, _: dict[str, Any]) -> None:
        for message in messages:
            if isinstance(message, bytes):
                connection.write(message)
            else:
                connection.send(message)

    return answer
