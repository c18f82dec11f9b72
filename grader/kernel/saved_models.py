"""Looks at the models that a notebook has saved, once it has run."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from grader.evidence import Evidence
from grader.fits import saved_weights
from grader.kernel.job import Job
from grader.kernel.workspace import Workspace
from grader.trainers import Trainer
from grader.training.refusals import Refused
from grader.training.saved import LARGE, MOST_BYTES

UNREAD = "it cannot be read: {}"
# So many arrays are looked at; a network that is trained has fewer.
MOST_ARRAYS = 2_000


@dataclass(frozen=True, slots=True)
class SavedModels:
    """The files of one run.

    Args:
        job: What was run.
        place: Where.
        trainer: Whose processes read them.
    """

    job: Job
    place: Workspace
    trainer: Trainer

    def look(self, evidence: Evidence) -> None:
        """Write down which arrays the saved models have; what is no file has been told already.

        Args:
            evidence: Compared; it is changed.

        Raises:
            KernelFault: They could not be looked at.
        """
        for part in self.job.probes.values():
            record = evidence.parts.get(part.key) if part.saves else None
            if record is not None:
                evidence.add(record.model_copy(update=self._found(part.saves)))

    def _found(self, path: str) -> dict[str, object]:
        try:
            arrays = saved_weights.read(self.trainer, partial(self._copy, path))
        except Refused as error:
            return {"unread": str(error)}
        except OSError as error:
            return {"unread": UNREAD.format(error.strerror or error)}
        return {"unread": LARGE} if len(arrays) > MOST_ARRAYS else {"arrays": arrays}

    def _copy(self, path: str, target: Path) -> None:
        if not self.place.copy(path, target, MOST_BYTES):
            raise Refused(LARGE)
