"""What the grader does about the fits of one run, from its kernel's start to its evidence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.evidence import Evidence
from grader.fits import validated_with
from grader.fits.answered import Answered
from grader.fits.cached_trainer import CachedTrainer
from grader.fits.overlay import note_unmatched, overlay_trusted
from grader.fits.plans import FitPlans
from grader.fits.remeasurement import Remeasurement
from grader.fits.server import NAME, FitServer
from grader.fits.together import Together


@dataclass(slots=True)
class FitService:
    """Trains what a kernel asks for, and corrects what it says of all its trainings.

    Args:
        plans: How models are trained.
        trainings: Where trainings come from; None to leave them to the kernel.
        examiner: Looks at what the kernel trains by itself; None to leave that.
    """

    plans: FitPlans
    trainings: CachedTrainer | None
    examiner: Remeasurement | None
    _server: FitServer | None = field(default=None, init=False)

    @property
    def cpu_s(self) -> float:
        """Processor time of what was trained, in seconds."""
        return self._server.cpu_s if self._server else 0.0

    def start(self, folder: Path, running: Callable[[], int | None]) -> str:
        """Listen to a kernel, and return the name of the socket; empty if it is not listened to.

        Args:
            folder: Where the socket is.
            running: Tells the cell of the plan that is running.
        """
        if self.trainings is None:
            return ""
        self._server = FitServer(folder, self.trainings, self.plans, self.examiner, running)
        return NAME

    def close(self) -> None:
        """Answer no more, and wait until nothing is trained any more."""
        if self._server is not None:
            self._server.close()

    def result(self, evidence: Evidence) -> Mapping[int, Answered]:
        """Correct a kernel's evidence; return trainings by number, without their weights.

        Args:
            evidence: Of the run; changed.

        Raises:
            KernelFault: Something could not be trained or measured, through no fault of the
                kernel's.
        """
        server = self._server
        answered = server.result() if server else {}
        note_unmatched(evidence, answered, senseless=server is not None and server.senseless)
        overlay_trusted(evidence, answered, server.examined() if server else {})
        validated_with.note(evidence, answered, self.plans.default.arrays)
        Together(answered, server.cells if server else {}, self.plans).note(evidence)
        return {n: each.weightless for n, each in answered.items() if isinstance(each, Answered)}
