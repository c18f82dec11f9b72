"""Has a model read that a notebook has saved: by a process that is as isolated as a trainer."""

from collections.abc import Callable
from pathlib import Path

from grader.trainers import Trainer
from grader.training.process import SAVED
from grader.training.refusals import Refused
from grader.training.results import TrainingPlan
from grader.wire import coding, frames, messages, tasks

SECONDS = 30.0
UNREAD = "it cannot be read"


def read(trainer: Trainer, copy: Callable[[Path], object]) -> tuple[str, ...]:
    """Return digests of all arrays of a saved model.

    Args:
        trainer: Whose process reads it.
        copy: Copies the file to a place.

    Raises:
        Refused: It is no saved model, or none that can be looked at; the message says why.
        KernelFault: There is no process that could read it.
        OSError: It cannot be copied.
    """
    plan = TrainingPlan(seed=0, seconds=SECONDS)
    with trainer.process(plan, lambda folder: copy(folder / SAVED)) as connection:
        try:
            coding.send(connection, tasks.ReadWeightsMessage())
            told = coding.receive(connection, tasks.WEIGHTS_READ)
        except frames.BrokenError as error:
            # Whatever ended the process, or held it up, was in the file.
            raise Refused(UNREAD) from error
    if isinstance(told, tasks.WeightsReadMessage):
        return tuple(map(str, told.digests))
    raise Refused(told.reason if isinstance(told, messages.RefusedMessage) else UNREAD)
