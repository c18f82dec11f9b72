"""Runs planned notebooks, each in a kernel and a work folder of its own."""

import asyncio
import socket
import weakref
from contextlib import suppress
from dataclasses import replace
from types import TracebackType
from typing import Self

from grader.errors import KernelFault
from grader.evidence import load, parse
from grader.fits.answered import Answered
from grader.fits.cached_trainer import CachedTrainer
from grader.fits.checkpoints import Checkpoints
from grader.fits.options import TrainingOptions
from grader.fits.relearning import Relearning, Relearnt
from grader.fits.remeasurement import Remeasurement
from grader.fits.service import FitService
from grader.isolation.choice import Isolation
from grader.isolation.layers import applied
from grader.kernel.driver import Driver
from grader.kernel.event_loop import EventLoop, refuse_if_cancelled
from grader.kernel.job import Job, Run
from grader.kernel.read_write_lock import ReadWriteLock
from grader.kernel.saved_models import SavedModels
from grader.kernel.workspace import workspace
from grader.processes.backend import Backend
from grader.processes.folders import sweep
from grader.processes.template.handle import shared
from grader.records import ExecutionStatus
from grader.trainers import Trainer

NOBODYS_FAULT = (ExecutionStatus.KILLED, ExecutionStatus.CROWDED)


class Kernels:
    """Runs jobs, several at once when several threads ask for it.

    Args:
        backend: Where kernels come from.
        isolation: How far they are shut off.
        places: How many run at a time. One more may get ready meanwhile, and any number end.
        training: How the grader trains what notebooks ask for; None to leave that to them.
        random: What the challenges of all runs are made from, 32 bytes, so that what was observed
            of them can be compared; None for students, to draw them anew for each run.

    Raises:
        UsageError: The system does not offer that isolation.
    """

    def __init__(
        self,
        backend: Backend,
        isolation: Isolation,
        places: int = 1,
        training: TrainingOptions | None = None,
        random: bytes | None = None,
    ) -> None:
        self.backend = backend
        self.isolation = isolation
        self.layers = applied(isolation)
        self._places = asyncio.Semaphore(places)
        self._training = training
        self._random = random
        self._loop = EventLoop()
        weakref.finalize(self, self._loop.close)
        self._access = ReadWriteLock()
        self._closed = False

    def __enter__(self) -> Self:
        sweep()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.cancel()
        self._loop.close()
        if self.backend is Backend.FORKED:
            shared().close()

    @property
    def trains(self) -> bool:
        """Whether the grader trains what notebooks ask for."""
        # Windows has no sockets that are files.
        return self._training is not None and hasattr(socket, "AF_UNIX")

    @property
    def trained_by(self) -> str:
        """Who trains, and whether digit for digit as Keras does."""
        if self._training is None or not self.trains:
            return "notebook"
        return "grader, exactly" if self._training.exact else "grader"

    def cancel(self) -> None:
        """End what runs, whichever thread runs it, and let nothing begin any more."""
        self._closed = True
        self._loop.cancel()

    def run(self, job: Job) -> Run:
        """Run a job; when that failed through no fault of its own, once more, and alone.

        Raises:
            KernelFault: It failed so again.
            asyncio.CancelledError: ``cancel`` was called.
        """
        job = replace(job, random=self._random) if self._random else job
        with self._access.shared():
            made = self._attempt(job)
        if made is None or made.execution.status in NOBODYS_FAULT:
            with self._access.alone():
                made = self._run(job)
        if made.execution.status in NOBODYS_FAULT:
            raise KernelFault(f"{made.execution.message} So it was at the second try, too.")
        return made

    def _attempt(self, job: Job) -> Run | None:
        try:
            return self._run(job)
        except KernelFault:
            return None

    def relearnt(self, job: Job, name: str, answered: Answered, epochs: int) -> Relearnt | None:
        """Return how well a network learns exchanged labels; None where nobody needs to know.

        Args:
            job: In which it was trained.
            name: The graded function that it is of.
            answered: The training.
            epochs: After how many epochs it reached its target.

        Raises:
            KernelFault: It could not be tried.
            asyncio.CancelledError: ``cancel`` was called.
        """
        trainings = self._trainings(job)
        if trainings is None:
            return None
        relearning = Relearning(trainings, job.training(name), self._go_on)
        with suppress(KernelFault), self._access.shared():
            return relearning.try_out(answered, epochs)
        with self._access.alone():
            return relearning.try_out(answered, epochs)

    def _go_on(self) -> None:
        if self._closed:
            raise asyncio.CancelledError

    def _run(self, job: Job) -> Run:
        self._go_on()
        try:
            with workspace(job.dataset, job.folder, job.exam, job.splits, job.modules) as place:
                origin = (self.backend, self.layers)
                driver = Driver(job, place, origin, self._places, self._service(job))
                with driver.set_up():
                    self._loop.run(self._drive(driver))
                # Whatever it looks like, it may have been ended by us.
                self._go_on()
                evidence = parse(load(place.evidence, place.root))
                if job.exam is None:
                    evidence.changed.extend(place.changed(job.dataset))
                    evidence.changed_modules.extend(place.changed_modules)
                run = driver.result(evidence)
                SavedModels(job, place, Trainer(origin, None, job.limits)).look(evidence)
                return run
        except OSError as error:
            raise KernelFault(
                f"The work folder could not be made or read: {error}. Is there room on the disk, "
                "and is the dataset complete?"
            ) from error

    def _service(self, job: Job) -> FitService:
        examiner = Remeasurement(job.exam, job.dataset) if job.exam and job.dataset else None
        return FitService(job.plans, self._trainings(job), examiner)

    def _trainings(self, job: Job) -> CachedTrainer | None:
        if self._training is None or not self.trains or not job.epochs or not job.trainable:
            return None
        trainer = Trainer((self.backend, self.layers), job.dataset, job.limits)
        memo, exact = self._training.memo, self._training.exact
        checkpoints = job.further.checkpoints if job.further else Checkpoints()
        return CachedTrainer(trainer, job.dataset_sha256, memo, exact, job.further, checkpoints)

    async def _drive(self, driver: Driver) -> None:
        # What is cancelled before it was given to the loop is cancelled here.
        self._go_on()
        await driver.drive()
        refuse_if_cancelled()
