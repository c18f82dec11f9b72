"""Runs the commands that are measured: wall time, and the memory of all their processes."""

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

EVERY_S = 0.5
TAIL = 15


@dataclass
class Memory:
    """Watches the most memory that a process and those that it starts have in use at a time.

    Memory that several processes share is counted once: each has its share of it (PSS).
    """

    peak: int = 0
    _known: set[int] = field(default_factory=set)

    def watch(self, pid: int, stop: threading.Event) -> None:
        """Look every now and then until told to stop."""
        self._known = {pid}
        while not stop.wait(EVERY_S):
            self.peak = max(self.peak, sum(share(one) for one in self._running()))

    def _running(self) -> list[psutil.Process]:
        # A process that has lost its parent is known from before.
        found = {one.pid: one for one in psutil.process_iter(["ppid"])}
        self._known &= found.keys()
        while added := {
            pid
            for pid, one in found.items()
            if one.info["ppid"] in self._known and pid not in self._known
        }:
            self._known |= added
        return [found[pid] for pid in self._known]


def share(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0


@dataclass(frozen=True)
class Measured:
    """Of a series of commands: seconds from the first to the last, and the most bytes in use."""

    wall_s: float
    peak: int


def run(
    commands: Sequence[Sequence[str]], folder: Path, changes: Mapping[str, str], log: Path
) -> Measured:
    """Run commands in a folder, one after the other, and measure them.

    Raises:
        SystemExit: A command failed; the message has the end of its output.
    """
    memory = Memory()
    # The bench itself is found by PYTHONPATH; the tools are not to be.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | dict(changes)
    began = time.perf_counter()
    with log.open("w", encoding="utf-8") as output:
        for command in commands:
            if code := _run(command, folder, environment, output.fileno(), memory):
                raise SystemExit(_failure(command, code, log))
    return Measured(time.perf_counter() - began, memory.peak)


def _run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    output: int,
    memory: Memory,
) -> int:
    stop = threading.Event()
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
    ) as process:
        watching = threading.Thread(target=memory.watch, args=(process.pid, stop))
        watching.start()
        try:
            return process.wait()
        finally:
            stop.set()
            watching.join()


def _failure(command: Sequence[str], code: int, log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-TAIL:]
    words = " ".join([Path(command[0]).name, *command[1:]])
    return "\n".join([f"`{words}` ended with exit code {code}. Its output ends with", *lines])
