"""What a kernel is told of a training that the grader makes for it."""

import socket

from grader import arrays, frames
from grader.training.results import Epoch, Reply, Trained

# Callbacks may draw what they like between two epochs.
REPLY_S = 60.0


class GoneError(Exception):
    """The kernel has ended, or given up, while its model was trained."""


class Conversation:
    """Tells a kernel of each epoch of a training, and hears what its callbacks make of it.

    Args:
        connection: To the kernel.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.replies: list[Reply] = []

    def report(self, epoch: Epoch) -> Reply:
        """Tell of an epoch and return the reply.

        Raises:
            GoneError: The kernel has ended, takes too long, or does not make sense.
        """
        try:
            told = {"epoch": epoch.number, "logs": dict(epoch.logs), "stopping": epoch.stopping}
            frames.send_json(self._connection, kind="epoch", **told)
            # Others may wait for the same training.
            self._connection.settimeout(REPLY_S)
            replied = frames.receive_json(self._connection)
            self._connection.settimeout(None)
        except frames.BrokenError as error:
            raise GoneError from error
        self.replies.append(Reply(stop=replied.get("stop") is True))
        return self.replies[-1]

    def end(self, trained: Trained, iterations: int) -> None:
        """Send what was trained.

        Args:
            trained: The training.
            iterations: Steps that the optimizer has made.

        Raises:
            BrokenError: The kernel is gone.
        """
        weights = [array for layer in trained.weights for array in layer]
        frames.send_json(
            self._connection,
            kind="trained",
            epochs=len(trained.epochs),
            optimizer={"iterations": iterations},
            arrays=arrays.announced(weights),
        )
        for array in weights:
            frames.send(self._connection, array.tobytes())
