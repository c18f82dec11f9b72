"""What the grader and its template say to each other, over Unix sockets.

Every request brings the end of a socket with it. Over that one comes first the process number of
the fork, or why there is none, and at last how it ended. Whoever closes the other end gives the
fork up: the template then ends it.
"""

import json
import socket
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

# A message is one packet; an environment of usual size takes some kilobytes.
MAX_BYTES = 160 * 1024


@dataclass(frozen=True, slots=True)
class ForkRequest:
    """Asks for a process.

    Args:
        arguments: Command line of ipykernel, or the path at which a trainer is listened to.
        environment: Environment of the process, all of it.
        folder: Its working directory.
        task: What it is to be.
        images: Folders of the splits that it may need; the template decodes each once for all.
    """

    arguments: Sequence[str]
    environment: Mapping[str, str]
    folder: str
    task: Literal["kernel", "training"] = "kernel"
    images: Sequence[str] = ()


def pair() -> tuple[socket.socket, socket.socket]:
    """Return the two ends of a socket that keeps messages apart and is in no folder."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def ask(control: socket.socket, request: ForkRequest, end: socket.socket) -> None:
    """Send a request and the socket over which it is to be answered.

    Raises:
        OSError: The template is gone, or the request is longer than ``MAX_BYTES``.
    """
    socket.send_fds(control, [json.dumps(asdict(request)).encode()], [end.fileno()])


def asked(control: socket.socket) -> tuple[ForkRequest, socket.socket] | None:
    """Receive a request; None when nobody will ask any more."""
    data, descriptors, _, _ = socket.recv_fds(control, MAX_BYTES, 1)
    if not data:
        return None
    return ForkRequest(**json.loads(data)), socket.socket(fileno=descriptors[0])


def tell(end: socket.socket, **fields: object) -> None:
    """Send an answer; whoever asked may be gone."""
    try:
        end.send(json.dumps(fields).encode())
    except OSError:
        return


def told(end: socket.socket) -> dict[str, Any] | None:
    """Receive an answer; None when there will be none any more.

    Raises:
        BlockingIOError: There is none yet, and the socket does not wait.
    """
    try:
        data = end.recv(MAX_BYTES)
    except ConnectionError:
        return None
    return dict(json.loads(data)) if data else None
