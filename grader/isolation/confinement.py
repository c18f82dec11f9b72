"""What a kernel is confined to, and how it gets there: in one environment variable."""

import json
import os
import platform
from collections.abc import Iterable, MutableMapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from grader.isolation.readable import PROC, THREADS, listable, readable

VARIABLE = "GRADER_CONFINEMENT"
DEVICES = ("/dev/null", "/dev/full", "/dev/tty")
# Locks between processes are files there, and whoever makes them shares them with everybody.
SHARED = "/dev/shm"  # noqa: S108 - not a temporary file


@dataclass(frozen=True, slots=True)
class Confinement:
    """What a kernel may touch.

    Args:
        folder: The run's own folder.
        layers: Names of the layers that are applied.
        cpu_s: Processor time, in seconds.
        processes: Whether it may make processes.
        run: Number of the run, by which its processes are found.
        reads: What else it may read.
    """

    folder: str
    layers: tuple[str, ...]
    cpu_s: int
    processes: bool = False
    run: int = 0
    reads: tuple[str, ...] = ()

    @property
    def solitary(self) -> bool:
        """Whether no process can come of it."""
        return "seccomp" in self.layers and not self.processes

    @property
    def alone(self) -> bool:
        """Whether it shares nothing with other processes, not even the folder of their locks."""
        return "landlock" in self.layers and not self.processes

    def to_json(self) -> str:
        """Write it down."""
        return json.dumps(asdict(self))

    @classmethod
    def taken_from(cls, environment: MutableMapping[str, str]) -> Self | None:
        """Read it from the environment and remove it there; None for no confinement."""
        text = environment.pop(VARIABLE, None)
        return None if text is None else cls.from_json(text)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what ``to_json`` wrote."""
        fields = json.loads(text)
        return cls(**fields | {name: tuple(fields[name]) for name in ("layers", "reads")})


def confine(confinement: Confinement) -> None:
    """Confine this process, while it has one thread and before its kernel opens sockets.

    Raises:
        OSError: The system refused; nothing of a submission may run then.
    """
    from grader.isolation import landlock, privileges

    if confinement.layers:
        # Whoever has no rights to give up may not use Landlock and seccomp without it.
        privileges.no_new()
    if "privileges" in confinement.layers:
        privileges.drop(platform.machine())
    if "limits" in confinement.layers:
        privileges.limit(confinement.cpu_s, confinement.run)
    if "landlock" in confinement.layers:
        _hold((*PROC, THREADS))
        landlock.restrict(
            (*readable(), *map(Path, confinement.reads)),
            listable(),
            map(Path, writable(confinement)),
        )
    if "scopes" in confinement.layers:
        landlock.scope()


def _hold(paths: Iterable[str]) -> None:
    """Keep places of /proc open: Landlock allows what it was shown, and /proc makes them anew."""
    for path in paths:
        with suppress(OSError):
            os.open(path, os.O_PATH)


def seal(confinement: Confinement) -> None:
    """Deny all threads of this process what its kernel needs no more once its sockets are open.

    Raises:
        OSError: The system refused; nothing of a submission may run then.
    """
    from grader.isolation import seccomp

    if "seccomp" in confinement.layers:
        # Its own processes are its own to signal, where Landlock sees to it that they are.
        scoped = confinement.processes and "scopes" in confinement.layers
        seccomp.deny(processes=confinement.processes, signals=scoped)


def writable(confinement: Confinement) -> tuple[str, ...]:
    """What may be changed in every way."""
    shared = (SHARED,) if confinement.processes else ()
    return (confinement.folder, *DEVICES, *shared)
