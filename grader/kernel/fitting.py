"""Answers a kernel that asks to have a model trained, and remembers what was really trained."""

import json
import math
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader import frames
from grader.errors import KernelFault
from grader.evidence import ByGrader, Fit
from grader.kernel.trainings import Trainings
from grader.training.accept import accept
from grader.training.description import Description
from grader.training.reading import MAX_BYTES
from grader.training.refusals import Refused
from grader.training.results import Epoch, Plan, Reply, Report, Trained

# A notebook fits a model or two; each refused request costs little, each training much.
MOST_REQUESTS, MOST_TRAININGS = 100, 10
NAME = "fit"
# Callbacks may draw what they like between two epochs.
REPLY_S = 60.0


@dataclass(frozen=True, slots=True)
class Answered:
    """A request and what came of it.

    Args:
        number: By which the kernel knows it.
        description: What was trained; None where it was not.
        trained: The training; None where it was refused.
        reason: Why it was refused.
    """

    number: int
    description: Description | None = None
    trained: Trained | None = None
    reason: str = ""


class _GoneError(Exception):
    """The kernel has ended, or given up, while its model was trained."""


class Fitting:
    """Listens to one kernel.

    Args:
        folder: Where the kernel finds the socket.
        trainings: Where trainings come from.
        plan: How they are made.
    """

    def __init__(self, folder: Path, trainings: Trainings, plan: Plan) -> None:
        self._trainings = trainings
        self._plan = plan
        self._listener = frames.listening(folder / NAME)
        self._connection: socket.socket | None = None
        self._closed = False
        self.answered: dict[int, Answered] = {}
        self.fault: Exception | None = None
        self._thread = threading.Thread(target=self._serve, name="fitting", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Answer no more, and wait until nothing is trained any more."""
        self._closed = True
        self._trainings.trainer.end()
        for each in (self._listener, self._connection):
            if each is not None:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
                each.close()
        self._thread.join()

    def result(self) -> dict[int, Answered]:
        """Return what was answered, by number.

        Raises:
            KernelFault: Something could not be trained, through no fault of whoever asked.
        """
        if self.fault is not None:
            raise KernelFault(f"The grader could not train: {self.fault}") from self.fault
        return self.answered

    def _serve(self) -> None:
        try:
            self._connection, _ = self._listener.accept()
        except OSError:
            return
        # Whoever comes later is not the probe.
        self._listener.close()
        with self._connection as connection:
            self._converse(connection)

    def _converse(self, connection: socket.socket) -> None:
        try:
            for _ in range(MOST_REQUESTS):
                self._answer(connection, frames.receive_json(connection, MAX_BYTES * 2))
        except (frames.BrokenError, _GoneError):
            return
        except Exception as error:  # noqa: BLE001 - raised where the run is looked at
            self.fault = None if self._closed else error

    def _answer(self, connection: socket.socket, asked: dict[str, Any]) -> None:
        number = asked.get("number")
        if not isinstance(number, int) or number in self.answered:
            raise frames.BrokenError("a request without a number of its own")
        try:
            answered = self._trained(connection, number, asked)
        except Refused as error:
            answered = Answered(number, reason=str(error))
            frames.send_json(connection, kind="refused", reason=str(error))
        self.answered[number] = answered

    def _trained(
        self, connection: socket.socket, number: int, asked: Mapping[str, Any]
    ) -> Answered:
        if "after" in asked:
            raise Refused("the model was trained before, and goes on from there")
        if sum(each.trained is not None for each in self.answered.values()) >= MOST_TRAININGS:
            raise Refused(f"the grader trains at most {MOST_TRAININGS} models of a notebook")
        description = accept(json.dumps(asked.get("description")).encode())
        trained = self._trainings.training(description, self._plan, _reporting(connection))
        _send(connection, trained, _steps(description, trained))
        return Answered(number, description, trained)


def corrected(fit: Fit, answered: Mapping[int, Answered]) -> Fit:
    """Return what is known of a fit: what the kernel says of it need not be what was trained.

    Args:
        fit: As the kernel tells it.
        answered: What the grader was asked to train, by number.
    """
    if fit.path != "grader":
        return fit.model_copy(update={"trained": None})
    found = answered.get(-1 if fit.number is None else fit.number)
    if found is None or found.trained is None:
        # It says that the grader trained, which would know.
        return fit.model_copy(update={"curves": {}, "trained": None})
    return fit.model_copy(update=_known(found.trained))


def _known(trained: Trained) -> dict[str, Any]:
    names = dict.fromkeys(name for epoch in trained.epochs for name in epoch.logs)
    curves = {
        name: tuple(_finite(epoch.logs.get(name)) for epoch in trained.epochs) for name in names
    }
    measured = ByGrader(
        images=trained.images,
        seen=min((epoch.images for epoch in trained.epochs), default=0),
        before=trained.measured.before,
        accuracy=trained.measured.accuracy,
    )
    return {"curves": curves, "trained": measured}


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _reporting(connection: socket.socket) -> Report:
    def report(epoch: Epoch) -> Reply:
        try:
            told = {"epoch": epoch.number, "logs": dict(epoch.logs), "stopping": epoch.stopping}
            frames.send_json(connection, kind="epoch", **told)
            # Others may wait for the same training.
            connection.settimeout(REPLY_S)
            replied = frames.receive_json(connection)
            connection.settimeout(None)
        except frames.BrokenError as error:
            raise _GoneError from error
        return Reply(stop=replied.get("stop") is True)

    return report


def _steps(description: Description, trained: Trained) -> int:
    batch = int(str(description.loader.iterator["batch_size"]))
    each = description.fit.steps_per_epoch or math.ceil(trained.images / batch)
    return each * len(trained.epochs)


def _send(connection: socket.socket, trained: Trained, iterations: int) -> None:
    arrays = [array for layer in trained.weights for array in layer]
    frames.send_json(
        connection,
        kind="trained",
        epochs=len(trained.epochs),
        optimizer={"iterations": iterations},
        arrays=[{"dtype": str(array.dtype), "shape": array.shape} for array in arrays],
    )
    for array in arrays:
        frames.send(connection, array.tobytes())
