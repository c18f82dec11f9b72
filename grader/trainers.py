"""Has descriptions trained, each in a process of its own, limited and shut off as kernels are."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias, cast

from grader.errors import KernelFault
from grader.isolation.confinement import Confinement
from grader.isolation.readable import PACKAGE
from grader.processes.backend import Backend
from grader.processes.environment import confined_environment
from grader.processes.folders import own_folder
from grader.processes.limits import MIB, Limits
from grader.processes.template.forked import ForkedProcess
from grader.processes.template.handle import shared
from grader.processes.template.protocol import ForkRequest
from grader.processes.tree import ProcessTree, mark, number
from grader.processes.watch import Watch
from grader.records import ExecutionStatus
from grader.training import answers, stored
from grader.training.checkpoint_files import Carried
from grader.training.description import Description, Network, to_json
from grader.training.refusals import Refused
from grader.training.results import Array, PriorFit, Report, Trained, TrainingPlan
from grader.training.snapshots import wanted_by
from grader.wire import coding, frames, tasks

# What is imported anew when the trainer is a fresh process.
MODULES = ("training", "preparation", "accuracies.py", "errors.py", "machine.py")
FINAL_S = 60.0
# In the trainer's own folder, where it works: a socket's address cannot be long.
NAME = "socket"

Process: TypeAlias = ForkedProcess | subprocess.Popen[bytes]


class Trainer:
    """Trains on one dataset.

    Args:
        origin: Where processes come from, and the layers of isolation that are applied to them.
        dataset: The grader's own copy of the images; None where arrays are trained on.
        limits: What a training may use.
    """

    def __init__(
        self, origin: tuple[Backend, tuple[str, ...]], dataset: Path | None, limits: Limits
    ) -> None:
        self._backend, self._layers = origin
        # A message has a place or none.
        self._dataset = "" if dataset is None else str(dataset)
        self._limits = limits
        self._connection: socket.socket | None = None
        self._watch: Watch | None = None
        # Processor time of all trainings so far, in seconds.
        self.cpu_s = 0.0

    def another(self) -> "Trainer":
        """Return one that trains on the same dataset meanwhile."""
        dataset = Path(self._dataset) if self._dataset else None
        return Trainer((self._backend, self._layers), dataset, self._limits)

    def end(self) -> None:
        """Give up what is trained now; whoever waits for it gets a ``KernelFault``."""
        if self._connection is not None:
            with suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)

    def train(
        self,
        description: Description,
        plan: TrainingPlan,
        report: Report,
        earlier: Sequence[PriorFit] = (),
        carried: Carried | None = None,
    ) -> Trained:
        """Make one training.

        Args:
            description: As it was accepted.
            plan: How to train it.
            report: Is given every epoch when it has ended, and says how to go on; may be a
                ``SnapshotReport``.
            earlier: Trainings of the same model that it goes on from.
            carried: Checkpoints that these have left; without them, they are made again.

        Raises:
            Refused: It cannot be trained, or not with so much memory; the message says why.
            KernelFault: The trainer could not be driven.
        """
        task = tasks.TrainMessage(
            description=_plain(description),
            plan=asdict(plan),
            dataset=self._dataset,
            wanted=asdict(wanted_by(report)),
            earlier=[_plain(turn) for turn in earlier],
        )
        bring = carried.bring if carried else Path.exists
        with self.process(plan, bring) as connection, self._driven("training"):
            coding.send(connection, task)
            trained = answers.trained(connection, report)
            if carried is not None:
                carried.take()
            return trained

    def examine(
        self, network: Network, weights: Sequence[Sequence[Array]], turned: int, plan: TrainingPlan
    ) -> list[float | None]:
        """Measure weights that were trained elsewhere.

        Args:
            network: The model, as it was accepted.
            weights: Sets of weights, as ``examine.examine`` takes them.
            turned: By how many classes the labels are shifted.
            plan: Of the training that they come from.

        Returns:
            Shares of all images classified correctly, one for each set of weights.

        Raises:
            Refused: The weights are not those of this model.
            KernelFault: The trainer could not be driven.
        """
        task = tasks.ExamineMessage(
            network=_plain(network),
            plan=asdict(plan),
            dataset=self._dataset,
            turned=turned,
            counts=[len(each) for each in weights],
            arrays=list(chain.from_iterable(weights)),
        )
        with self.process(plan) as connection, self._driven("measuring"):
            coding.send(connection, task)
            return list(answers.expected(coding.receive(connection, tasks.MEASURED)).shares)

    def _heard(self, listener: socket.socket, plan: TrainingPlan) -> socket.socket:
        listener.settimeout(self._limits.start_s)
        try:
            connection, _ = listener.accept()
        except OSError as error:
            raise KernelFault("The trainer did not start.") from error
        connection.settimeout(plan.seconds + FINAL_S)
        self._connection = connection
        return connection

    @contextmanager
    def process(
        self, plan: TrainingPlan, prepare: Callable[[Path], object] = Path.exists
    ) -> Iterator[socket.socket]:
        """Have a process that waits for a task; yield the connection to it.

        Args:
            plan: How long it may take.
            prepare: Is called with the folder that it works in.
        """
        with own_folder() as folder:
            prepare(folder)
            with (
                frames.listening(folder / NAME) as listener,
                self._running(folder, plan),
                self._heard(listener, plan) as connection,
            ):
                yield connection

    @contextmanager
    def _running(self, folder: Path, plan: TrainingPlan) -> Iterator[None]:
        run = mark()
        processes = ProcessTree(run, folder)
        self._watch = watch = Watch(processes, folder, self._limits)
        process = self._started(folder, plan, run)
        processes.add(process.pid)
        watch.start()
        try:
            yield
        finally:
            watch.stop()
            self.cpu_s += watch.cpu_s
            process.kill()
            try:
                process.wait(FINAL_S)
            finally:
                if isinstance(process, ForkedProcess):
                    process.close()

    @contextmanager
    def _driven(self, what: str) -> Iterator[None]:
        try:
            yield
        except (frames.BrokenError, stored.DamagedError) as error:
            if self._watch is not None and self._watch.over is ExecutionStatus.MEMORY:
                # It is measured apart from all else that runs: another time it would be the same.
                gib = self._limits.memory_bytes / (1024 * MIB)
                raise Refused(f"its {what} takes more than {gib:.1f} GiB of memory") from error
            raise KernelFault(f"The trainer ended before its {what} did: {error}.") from error

    def _started(self, folder: Path, plan: TrainingPlan, run: str) -> Process:
        environment = self._environment(folder, plan, run)
        if self._backend is Backend.FORKED:
            images = self._images(plan)
            return shared().fork(ForkRequest([NAME], environment, str(folder), "training", images))
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-m", "grader.training.process", NAME],
            cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def _images(self, plan: TrainingPlan) -> list[str]:
        return list(dict.fromkeys(filter(None, (self._dataset, *plan.splits.values()))))

    def _environment(self, folder: Path, plan: TrainingPlan, run: str) -> dict[str, str]:
        modules = (str(PACKAGE / name) for name in MODULES)
        reads = (*self._images(plan), *plan.arrays.values(), *modules)
        confinement = Confinement(
            str(folder), self._layers, self._limits.cpu_s, run=number(run), reads=reads
        )
        return confined_environment(folder, plan.threads, run, confinement)


def _plain(record: object) -> dict[str, Any]:
    return cast("dict[str, Any]", to_json(record))
