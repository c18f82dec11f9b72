"""Sockets on which somebody listens: whoever reaches one was able to talk to others."""

import socket
from contextlib import suppress
from pathlib import Path

LOOPBACK, LOOPBACK_6 = "127.0.0.1", "::1"


class Listeners:
    """Sockets that take what comes and need no thread for it.

    Args:
        folder: Where those with a path are made.
        name: Of the one that is in no folder.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.path, self.datagrams, self.name = folder / "stream", folder / "datagrams", name
        self.tcp = _bound(socket.AF_INET, socket.SOCK_STREAM, (LOOPBACK, 0))
        self.udp = _bound(socket.AF_INET, socket.SOCK_DGRAM, (LOOPBACK, 0))
        unix = (
            _bound(socket.AF_UNIX, socket.SOCK_STREAM, str(self.path)),
            _bound(socket.AF_UNIX, socket.SOCK_DGRAM, str(self.datagrams)),
            _bound(socket.AF_UNIX, socket.SOCK_STREAM, f"\0{name}"),
        )
        self._all = [self.tcp, self.udp, *unix]
        with suppress(OSError):
            self._all.append(_bound(socket.AF_INET6, socket.SOCK_STREAM, (LOOPBACK_6, 0)))

    @property
    def values(self) -> dict[str, object]:
        """Where they listen."""
        last = self._all[-1]
        return {
            "tcp": self.tcp.getsockname()[1],
            "udp": self.udp.getsockname()[1],
            "tcp6": last.getsockname()[1] if last.family == socket.AF_INET6 else 0,
            "socket": self.path,
            "datagrams": self.datagrams,
            "abstract": self.name,
        }

    @property
    def heard(self) -> bool:
        """Whether anybody came or said anything."""
        return any(_reached(each) for each in self._all)

    def close(self) -> None:
        """Listen no more."""
        for each in self._all:
            each.close()


def _bound(family: int, kind: int, address: object) -> socket.socket:
    made = socket.socket(family, kind)
    made.bind(address)  # type: ignore[arg-type]
    made.setblocking(False)  # noqa: FBT003 - its only argument
    if kind == socket.SOCK_STREAM:
        made.listen()
    return made


def _reached(listener: socket.socket) -> bool:
    try:
        if listener.type == socket.SOCK_STREAM:
            listener.accept()[0].close()
        else:
            listener.recv(1)
    except BlockingIOError:
        return False
    return True
