"""What a kernel is confined to, and how it gets there: in one environment variable."""

import json
import os
import platform
import site
import sys
from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

VARIABLE = "GRADER_CONFINEMENT"
PACKAGE = Path(__file__).resolve().parents[1]
PACKAGES = ("site-packages", "dist-packages")
# What programs and libraries look up. Nothing of it is secret, nor belongs to anybody.
SYSTEM = (
    "/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin",
    "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/timezone",
    "/etc/fonts", "/etc/mime.types", "/etc/ssl/certs", "/dev/urandom", "/dev/random", "/dev/zero",
    "/sys/devices/system/cpu", "/sys/devices/system/node", "/sys/kernel/mm/hugepages",
    "/sys/kernel/mm/transparent_hugepage",
)  # fmt: skip
# Of other processes nothing, and of its own what tells nothing of others: net has everybody's
# sockets, mountinfo everybody's folders, and a thread's folder has them all again.
OWN = (
    "auxv", "cgroup", "cmdline", "comm", "environ", "fd", "fdinfo", "io", "limits", "maps", "smaps",
    "smaps_rollup", "stat", "statm", "status", "oom_score", "oom_score_adj",
)  # fmt: skip
PROC = tuple(
    f"/proc/{name}"
    for name in (
        "cpuinfo", "filesystems", "loadavg", "meminfo", "stat", "uptime", "version",
        "sys/kernel/cap_last_cap", "sys/kernel/osrelease", "sys/kernel/ostype",
        "sys/kernel/pid_max", "sys/kernel/random", "sys/kernel/threads-max", "sys/kernel/version",
        "sys/vm/max_map_count", "sys/vm/overcommit_memory",
        *(f"self/{name}" for name in OWN),
    )
)  # fmt: skip
# To be listed alone: below each thread's number is all that is below the process's, and more.
THREADS = "/proc/self/task"
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
            (*listable(), Path(THREADS)),
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


def readable() -> Iterator[Path]:
    """What may be read: the system's libraries, the interpreter, its packages, and our own part."""
    yield from map(Path, (*SYSTEM, *PROC))
    for folder in _interpreters():
        yield from _around(folder, PACKAGE)
    yield from (
        PACKAGE / name for name in ("__init__.py", "arrays.py", "frames.py", "probe", "isolation")
    )


def writable(confinement: Confinement) -> tuple[str, ...]:
    """What may be changed in every way."""
    shared = (SHARED,) if confinement.processes else ()
    return (confinement.folder, *DEVICES, *shared)


def listable() -> Iterator[Path]:
    """What may be listed without being read: Python lists the folders that it imports from."""
    return (
        folder for folder in PACKAGE.parents if any(map(folder.is_relative_to, _interpreters()))
    )


def _interpreters() -> set[Path]:
    prefixes = (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix)
    own = [site.getusersitepackages()] if site.ENABLE_USER_SITE else []
    # An environment may borrow another one's packages; any other folder may hold anything.
    borrowed = [path for path in sys.path if Path(path).name in PACKAGES]
    return {Path(path).resolve() for path in (*prefixes, *site.getsitepackages(), *own, *borrowed)}


def _around(folder: Path, hole: Path) -> Iterator[Path]:
    """All that is in a folder but for a hole in it: rubrics are in our own package."""
    if folder == hole:
        return
    if not hole.is_relative_to(folder):
        yield folder
        return
    for entry in folder.iterdir():
        # What a link leads to is listed where it is, or lies elsewhere and is nobody's business.
        if not entry.is_symlink():
            yield from _around(entry, hole)
