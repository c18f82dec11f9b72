"""Answers a kernel that asks to have a model trained, and remembers what was really trained."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from grader.errors import KernelFault
from grader.evidence import Examined
from grader.fits.answered import Answered
from grader.fits.cached_trainer import CachedTrainer
from grader.fits.epoch_stream import EpochStream, GoneError
from grader.fits.followed import FollowedTraining
from grader.fits.lineage import Lineage
from grader.fits.placing import placed
from grader.fits.plans import FitPlans
from grader.fits.remeasurement import Remeasurement
from grader.training import amounts, rates
from grader.training.accept import accept_decoded
from grader.training.description import Description
from grader.training.reading import MAX_BYTES
from grader.training.refusals import Refused
from grader.training.results import Reply, TrainingPlan
from grader.training.size import Budget
from grader.training.snapshots import SnapshotReport, Wanted
from grader.wire import coding, frames, messages
from grader.wire.messages import REQUEST, FitRequest, TrainedHereMessage

# A notebook fits a model or two; each refused request costs little, each training much.
MOST_REQUESTS, MOST_TRAININGS = 100, 10
NAME = "fit"


class FitServer:
    """Listens to one kernel.

    Args:
        folder: The folder of the run, in which the kernel finds the socket.
        trainings: Where trainings come from.
        plans: How they are made.
        examiner: Looks at what the kernel trains by itself; None to leave that.
        running: Tells the cell of the plan that is running.
    """

    def __init__(
        self,
        folder: Path,
        trainings: CachedTrainer,
        plans: FitPlans,
        examiner: Remeasurement | None = None,
        running: Callable[[], int | None] = lambda: None,
    ) -> None:
        self._trainings = trainings
        self._plans = plans
        self._examiner = examiner
        self._running = running
        self._root = folder
        self._listener = frames.listening(folder / NAME)
        self._connection: socket.socket | None = None
        self._closed = False
        self.answered: dict[int, Answered | Refused] = {}
        # In which cell each training was first heard of, by its number, in their order.
        self.cells: dict[int, int | None] = {}
        self.fault: Exception | None = None
        # Whether something came that no probe sends.
        self.senseless = False
        self._thread = threading.Thread(target=self._serve, name="fitting", daemon=True)
        self._thread.start()

    @property
    def cpu_s(self) -> float:
        """Processor time of what was trained for this kernel, in seconds."""
        return self._trainings.trainer.cpu_s

    def close(self) -> None:
        """Answer no more, and wait until nothing is trained any more."""
        self._closed = True
        self._trainings.trainer.end()
        if self._trainings.ahead is not None:
            self._trainings.ahead.end()
        for each in (self._listener, self._connection):
            if each is not None:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
                each.close()
        self._thread.join()

    def result(self) -> dict[int, Answered | Refused]:
        """Return what came of each request, by its number.

        Raises:
            KernelFault: Something could not be trained, through no fault of whoever asked.
        """
        if self.fault is not None:
            raise KernelFault(f"The grader could not train: {self.fault}") from self.fault
        return self.answered

    def examined(self) -> dict[int, Examined]:
        """Return what is known of trainings that the kernel made, by number.

        Raises:
            KernelFault: Something could not be measured, through no fault of whoever trained it.
        """
        if self._examiner is None:
            return {}
        return self._examiner.results(self._trainings.trainer, self._plans.default)

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
                asked = coding.receive(connection, REQUEST, most=MAX_BYTES * 2)
                self._answer(connection, asked)
        except (frames.BrokenError, GoneError) as error:
            self.senseless = frames.SenselessError in (type(error), type(error.__cause__))
        except Exception as error:  # noqa: BLE001 - raised where the run is looked at
            self.fault = None if self._closed else error

    def _answer(self, connection: socket.socket, asked: FitRequest | TrainedHereMessage) -> None:
        number = asked.number
        self.cells.setdefault(number, self._running())
        if isinstance(asked, TrainedHereMessage):
            if self._examiner is not None:
                self._examiner.hear(connection, asked)
            coding.send(connection, messages.NotedMessage())
            return
        if number in self.answered:
            raise frames.SenselessError("a request without a number of its own")
        try:
            self.answered[number] = self._trained(connection, asked)
        except Refused as error:
            self.answered[number] = error
            coding.send(connection, messages.RefusedMessage(reason=str(error)))

    def _trained(self, connection: socket.socket, asked: FitRequest) -> Answered:
        made = [each for each in self.answered.values() if isinstance(each, Answered)]
        most = MOST_TRAININGS * max(1, len(self._plans.parts))
        if len(made) >= most:
            raise Refused(f"the grader trains at most {most} models of a notebook")
        cell = self.cells[asked.number]
        lineage = Lineage(self.answered, self.cells, self._plans)
        plan = self._plans.of(cell)
        found = accept_decoded(asked.description, plan.arrays, Budget.within(plan.memory_bytes))
        description = placed(found, self._root, plan.splits)
        earlier = lineage.earlier(description, asked.after, cell)
        plan = lineage.plan(cell, earlier, asked.after)
        last = min(description.fit.epochs, description.fit.initial_epoch + plan.epochs) - 1
        stream = EpochStream(connection, last)
        asked_for = _begun(description, stream.begin())
        description = amounts.limited(asked_for, plan.steps)
        wanted = Wanted.read(asked.snapshots)
        watch = self._watch(description, plan, stream, usual=not (wanted or earlier))
        report = SnapshotReport(watch or stream.report, wanted, stream.show)
        trained = self._trainings.training(description, plan, report, earlier)
        answered = Answered(
            description,
            trained,
            tuple(stream.replies),
            earlier,
            asked.after if isinstance(asked.after, int) else None,
            plan,
            cut=watch is not None and watch.cut,
            moved_s=ahead.moved(plan.seed) if (ahead := self._trainings.ahead) else 0.0,
            unlimited=None if description == asked_for else asked_for,
        )
        before = [found.trained for _, found in lineage.before(answered.after)]
        stream.end(trained, sum(each.updates for each in (*before, trained)))
        # The weights are not looked at again, and those of ten large models fill a memory.
        return answered.weightless

    def _watch(
        self, description: Description, plan: TrainingPlan, stream: EpochStream, *, usual: bool
    ) -> FollowedTraining | None:
        """Return what follows a training that may be tried with further seeds.

        Whatever else is trained by its notebook, it must count: it is the first one of all, and
        asked for where the graded function is called.
        """
        ahead = self._trainings.ahead
        if ahead is None or not usual or len(self.cells) != 1:
            return None
        graded = bool(self._plans.part(next(iter(self.cells.values()))))
        prospects = ahead.prospects(plan, graded=graded)
        asked = (description, plan, self._trainings)
        return FollowedTraining(ahead, asked, stream, prospects) if prospects else None


def _begun(description: Description, reply: Reply) -> Description:
    """Return a description as callbacks have it, when training begins."""
    if reply.stop:
        raise Refused("a callback ended the training before it began")
    return rates.starting_at(description, reply.learning_rate)
