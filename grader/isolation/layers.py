"""The layers of isolation: what each stops, and whether this system has it."""

import sys
from dataclasses import dataclass, replace

from grader.errors import UsageError
from grader.isolation import landlock, seccomp
from grader.isolation.choice import Isolation

LINUX = sys.platform == "linux"


@dataclass(frozen=True, slots=True)
class IsolationLayer:
    """One layer.

    Args:
        name: Short, for reports.
        stops: What it keeps a submission from.
        there: Whether this system has it.
        remedy: How to get it.
        floor: Whether strict isolation needs it.
    """

    name: str
    stops: str
    there: bool
    remedy: str = ""
    floor: bool = True


ELSEWHERE = "Grade in a Linux container, as docs/isolation.md shows."
KERNEL = (
    "Use Linux 6.2 or later with Landlock enabled (lsm=landlock,... on its command line), in a "
    "container that permits it."
)
SECCOMP = "Use Linux with seccomp on x86_64 or aarch64, in a container that permits filters."


def layers() -> list[IsolationLayer]:
    """Look what this system has."""
    version = landlock.version() if LINUX else 0
    filters = LINUX and seccomp.available()
    found = [
        IsolationLayer("landlock", "other files", version >= landlock.FLOOR, KERNEL),
        IsolationLayer(
            "seccomp", "sockets, processes, tracing, signals, leases, locks", filters, SECCOMP
        ),
        IsolationLayer("privileges", "capabilities, new privileges", LINUX, ELSEWHERE),
        IsolationLayer(
            "limits", "open files, file size, addresses, processor time", LINUX, ELSEWHERE
        ),
        IsolationLayer(
            "scopes",
            "signals and abstract sockets, a second time",
            version >= landlock.SCOPES_SINCE,
            "Linux 6.12 or later has it; grading goes without.",
            floor=False,
        ),
    ]
    return found if LINUX else [replace(layer, remedy=ELSEWHERE) for layer in found]


def applied(isolation: Isolation) -> tuple[str, ...]:
    """Return the names of the layers that are applied.

    Raises:
        UsageError: Strict isolation is wanted, and the system lacks part of its floor.
    """
    if isolation is Isolation.NONE:
        return ()
    found = layers()
    missing = [layer for layer in found if layer.floor and not layer.there]
    if missing and isolation is Isolation.STRICT:
        names = " and ".join(layer.name for layer in missing)
        raise UsageError(
            f"Submissions cannot be shut off strictly here, for lack of {names}. "
            f"{missing[0].remedy} Or grade in a virtual machine without anything of value, with "
            "--isolation available or none, which the reports will say."
        )
    return tuple(layer.name for layer in found if layer.there)
