"""A process of its own for one training, in which not a line of a student's runs."""

import json
import os
import socket
import sys
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from grader.isolation import locks
from grader.isolation.confinement import Confinement, confine, seal
from grader.training import stored
from grader.training.accept import accept_decoded, accept_network
from grader.training.checkpoint_files import PriorFits
from grader.training.rates import accepted
from grader.training.reading import MAX_BYTES
from grader.training.refusals import OtherImages, Refused
from grader.training.results import Epoch, PriorFit, Reply, Report, TrainingPlan
from grader.training.size import Budget
from grader.training.snapshots import Snapshot, SnapshotReport, Wanted, to_message
from grader.wire import coding, frames, messages, tasks
from grader.wire.tasks import (
    TASK,
    EpochMadeMessage,
    ExamineMessage,
    MeasuredMessage,
    StoredMessage,
    TrainMessage,
    WeightsReadMessage,
)

# As many descriptions as one kernel may have trained.
MOST_BYTES = 20 * MAX_BYTES
# Of all weights, before training and after it.
MOST_WEIGHTS = 2**30
# Where a saved model lies that is to be read, in the folder that this process works in.
SAVED = "saved"


def main(path: str, confinement: Confinement | None) -> None:
    """Make the training that is asked for over a socket, and send every epoch of it, and the end.

    Args:
        path: Where the grader listens.
        confinement: What this process has been confined to, with no more sockets from now on.
    """
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(path)
        if confinement is not None:
            if confinement.alone:
                locks.install()
            seal(confinement)
        try:
            task = coding.receive(connection, TASK, most=MOST_BYTES, arrays_most=MOST_WEIGHTS)
            if isinstance(task, TrainMessage):
                _train(connection, task)
            elif isinstance(task, ExamineMessage):
                _examine(connection, task)
            else:
                _read(connection)
        except Refused as error:
            other = isinstance(error, OtherImages)
            kind = tasks.OtherImagesMessage if other else messages.RefusedMessage
            coding.send(connection, kind(reason=str(error)))
        except frames.BrokenError:
            return
        except Exception as error:  # noqa: BLE001 - whatever Keras minds, whoever asked is told
            reason = f"{type(error).__name__}: {error}"
            coding.send(connection, messages.FailedMessage(reason=reason[:2000]))


def _train(connection: socket.socket, task: TrainMessage) -> None:
    from grader.training import trainer

    # The grader has accepted it already; this process believes nobody.
    plan, dataset = TrainingPlan(**task.plan), Path(task.dataset) if task.dataset else None
    budget = Budget.within(plan.memory_bytes)
    description = accept_decoded(task.description, plan.arrays, budget)
    earlier = [
        PriorFit(
            accept_decoded(turn["description"], plan.arrays, budget),
            tuple(Reply(**reply) for reply in turn["replies"]),
            turn["apart"],
        )
        for turn in task.earlier
    ]
    trainer.prepare(plan.threads)
    report = _reporting(connection, Wanted.read(task.wanted))
    trained = trainer.train(description, dataset, plan, report, PriorFits(earlier, Path()))
    coding.send(connection, StoredMessage())
    frames.send(connection, stored.dump(trained, ()))


def _examine(connection: socket.socket, task: ExamineMessage) -> None:
    from grader.training import examine, trainer

    network = accept_network(json.dumps(task.network).encode())
    left = iter(task.arrays)
    weights = [list(islice(left, count)) for count in task.counts]
    plan, dataset = TrainingPlan(**task.plan), Path(task.dataset)
    trainer.prepare(plan.threads)
    shares = examine.examine(network, weights, dataset, task.turned, plan.seed)
    coding.send(connection, MeasuredMessage(shares=shares))


def _read(connection: socket.socket) -> None:
    from grader.training.saved import saved

    coding.send(connection, WeightsReadMessage(digests=list(saved(Path(SAVED)))))


def _reporting(connection: socket.socket, wanted: Wanted) -> Report:
    def report(epoch: Epoch) -> Reply:
        coding.send(connection, EpochMadeMessage(epoch=asdict(epoch)))
        reply = coding.receive(connection, messages.REPLY)
        return Reply(reply.stop, accepted(reply.learning_rate))

    def show(snapshot: Snapshot) -> None:
        coding.send(connection, to_message(snapshot))

    return SnapshotReport(report, wanted, show)


if __name__ == "__main__":
    given = Confinement.taken_from(os.environ)
    if given is not None:
        confine(given)
    main(sys.argv[1], given)
