"""What Linux says of one process: its threads, and memory that is counted nowhere else."""

import os
import re
import sys
from contextlib import suppress
from itertools import islice
from pathlib import Path

import psutil


def stat(pid: int | str) -> list[bytes]:
    """Return what Linux says of a process after its name, its state first: see proc(5)."""
    told = Path(f"/proc/{pid}/stat").read_bytes()
    return told[told.rindex(b")") + 1 :].split()


def page_tables(pid: int) -> int:
    """Return the memory in bytes that the system takes to tell where a process's memory is.

    It is part of no process's resident memory, and may be far more than that: a page of zeros that
    is mapped a million times. 0 where the system does not say it.
    """
    with suppress(OSError):
        told = re.search(rb"\nVmPTE:\s+(\d+) kB\n", Path(f"/proc/{pid}/status").read_bytes())
        return int(told[1]) * 1024 if told else 0
    return 0


def threads(pid: int) -> int:
    """Return how many threads a process has; 0 where the system does not say it.

    Its ``status`` begins with its name, which may look like any other line.
    """
    if sys.platform != "linux":
        return int(psutil.Process(pid).num_threads())
    with suppress(OSError, ValueError, IndexError):
        return int(stat(pid)[17])
    return 0


def more_compute(pid: int, many: int) -> bool:
    """Whether more threads of a process than so many compute, or wait for a processor to do so."""
    tasks = Path(f"/proc/{pid}/task").glob("*")
    busy = (path for path in tasks if _state(f"{pid}/task/{path.name}") == b"R")
    # Looked at no further: of thousands, even that takes long.
    return next(islice(busy, many, None), None) is not None


def _state(task: str) -> bytes:
    with suppress(OSError, ValueError, IndexError):
        return stat(task)[0]
    return b""


def yield_to_others(pid: int) -> None:
    """Have the threads of a process compute only where nobody else wants to.

    Linux shares the processor among threads, so that a run of hundreds would leave others little.
    Sessions share it as a whole only where the system groups them, which containers do not.
    """
    for path in Path(f"/proc/{pid}/task").glob("*"):
        with suppress(OSError):
            os.sched_setscheduler(int(path.name), os.SCHED_IDLE, os.sched_param(0))
