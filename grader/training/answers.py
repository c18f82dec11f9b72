"""What a trainer answers, as whoever asked for a training hears it."""

import socket
from tempfile import SpooledTemporaryFile
from typing import TypeVar

from grader.training import stored
from grader.training.refusals import OtherImages, Refused
from grader.training.results import Epoch, Report, Trained
from grader.training.snapshots import SnapshotReport, from_message
from grader.wire import coding, frames, messages, tasks

# The weights of as many parameters as are accepted, and more.
RESULT_BYTES = 2**29
# What is larger goes by a file: several may be received at a time.
HELD_BYTES = 2**23

Answer = TypeVar("Answer", tasks.MeasuredMessage, tasks.StoredMessage)


def trained(connection: socket.socket, report: Report) -> Trained:
    """Hear of a training until it has ended.

    Args:
        connection: To its trainer, which was asked for it.
        report: Is given every epoch, as ``Trainer.train`` has it.

    Raises:
        Refused: It cannot be trained; the message says why.
        BrokenError: The trainer is gone, or does not make sense.
        DamagedError: What it sent is not a training.
    """
    while True:
        told = coding.receive(connection, tasks.TRAINING, arrays_most=RESULT_BYTES)
        if isinstance(told, tasks.EpochMadeMessage):
            reply = report(Epoch(**told.epoch))
            answer = messages.ReplyMessage(stop=reply.stop, learning_rate=reply.learning_rate)
            coding.send(connection, answer)
        elif isinstance(told, messages.SnapshotMessage):
            if isinstance(report, SnapshotReport):
                report.show(from_message(told))
        else:
            expected(told)
            break
    with SpooledTemporaryFile(HELD_BYTES) as file:
        frames.receive_into(file, connection, RESULT_BYTES)
        file.seek(0)
        return stored.load(file)[0]


def expected(told: Answer | messages.ReasonMessage) -> Answer:
    """Return what a trainer has told, unless that is a reason why it does not.

    Raises:
        Refused: It is.
    """
    if isinstance(told, messages.ReasonMessage):
        raise (OtherImages if isinstance(told, tasks.OtherImagesMessage) else Refused)(told.reason)
    return told
