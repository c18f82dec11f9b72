"""What the grader runs on: the interpreter, the processor, memory."""

import os
import platform
from pathlib import Path

import psutil

CGROUPS = Path("/sys/fs/cgroup")


def python() -> str:
    """Return the interpreter's version."""
    return platform.python_version()


def processor() -> str:
    """Return the processor's name; training's last digits depend on it."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def available_memory() -> int:
    """Return the bytes that can still be used: those of the machine, or of its container."""
    return min([psutil.virtual_memory().available, *_cgroup_rooms()])


def _cgroup_rooms() -> list[int]:
    # Version 2 and version 1 of the kernel's interface; a container sees its own at the root.
    files = (("memory.max", "memory.current"), ("memory.limit_in_bytes", "memory.usage_in_bytes"))
    folders = (CGROUPS, CGROUPS / "memory")
    rooms = [_room(folder, *pair) for folder, pair in zip(folders, files, strict=True)]
    return [room for room in rooms if room is not None]


def _room(folder: Path, limit: str, used: str) -> int | None:
    try:
        most, now = (int((folder / name).read_text()) for name in (limit, used))
        cached = _inactive_files(folder)
    except (OSError, ValueError):
        return None
    return max(0, most - now + cached)


def _inactive_files(folder: Path) -> int:
    # Pages of files count as used, and are given back when they are needed.
    for line in (folder / "memory.stat").read_text().splitlines():
        name, _, value = line.partition(" ")
        if name in ("inactive_file", "total_inactive_file"):
            return int(value)
    return 0
