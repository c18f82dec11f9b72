"""Streams the logs of epochs to a kernel, and receives what its callbacks reply."""

import socket
from dataclasses import replace

from grader.training import rates
from grader.training.results import Epoch, Reply, Trained
from grader.training.snapshots import Snapshot, to_message
from grader.wire import coding, frames, messages

# Callbacks may draw what they like between two epochs; meanwhile a trainer waits.
REPLY_S = 60.0


class GoneError(Exception):
    """The kernel has ended, or given up, while its model was trained."""


class EpochStream:
    """Tells a kernel of each epoch of a training, and hears what its callbacks make of it.

    Args:
        connection: To the kernel.
        last: Number of the epoch with which the training ends, if nothing ends it sooner.
    """

    def __init__(self, connection: socket.socket, last: int) -> None:
        self._connection = connection
        self._last = last
        self.replies: list[Reply] = []

    def begin(self) -> Reply:
        """Tell that training begins, and return what callbacks make of it.

        Raises:
            GoneError: The kernel has ended, takes too long, or does not make sense.
        """
        return self._asked(messages.BeginMessage())

    def show(self, snapshot: Snapshot) -> None:
        """Show what the kernel wants to see of an epoch that is reported next.

        Raises:
            GoneError: The kernel has ended.
        """
        try:
            coding.send(self._connection, to_message(snapshot))
        except frames.BrokenError as error:
            raise GoneError from error

    def report(self, epoch: Epoch, *, cut: bool = False) -> Reply:
        """Tell of an epoch and return the reply.

        Args:
            epoch: The epoch.
            cut: Whether the grader ends the training with it.

        Raises:
            GoneError: The kernel has ended, takes too long, or does not make sense.
        """
        told = messages.EpochEndMessage(
            epoch=epoch.number,
            logs=dict(epoch.logs),
            stopping=epoch.stopping or cut,
            last=epoch.number >= self._last,
            learning_rate=epoch.learning_rate,
            updates=epoch.updates,
        )
        reply = self._asked(told)
        reply = replace(reply, stop=reply.stop or cut)
        self.replies.append(reply)
        return reply

    def _asked(self, told: messages.BeginMessage | messages.EpochEndMessage) -> Reply:
        try:
            coding.send(self._connection, told)
            reply = coding.receive(self._connection, messages.REPLY, seconds=REPLY_S)
            return Reply(reply.stop, _rate(reply.learning_rate))
        except frames.BrokenError as error:
            raise GoneError from error

    def end(self, trained: Trained, iterations: int) -> None:
        """Send what was trained.

        Args:
            trained: The training.
            iterations: Steps that the optimizer has made.

        Raises:
            BrokenError: The kernel is gone.
        """
        weights = [array for layer in trained.weights for array in layer]
        epochs = len(trained.epochs)
        told = messages.TrainedMessage(epochs=epochs, iterations=iterations, arrays=weights)
        coding.send(self._connection, told)


def _rate(said: object) -> float | None:
    try:
        return rates.accepted(said)
    except ValueError as error:
        raise frames.SenselessError(str(error)) from error
