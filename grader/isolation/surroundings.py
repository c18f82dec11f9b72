"""What trials of isolation find around them, all of it made for them."""

import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CONTENT = "somebody else's\n"
# Without a handler, this signal does nothing.
SIGNAL = signal.SIGURG
NEIGHBOUR = f"""
import signal, sys, time

signal.signal({int(SIGNAL)}, lambda *_: open(sys.argv[1], "w").close())
print("ready", flush=True)
while True:
    time.sleep(999)
"""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a trial finds around it.

    Args:
        root: The folder of all that is here.
        neighbour: Number of a process of somebody else.
    """

    root: Path
    neighbour: int

    @property
    def secret(self) -> Path:
        """A file of somebody else."""
        return self.root / "others" / "secret"

    @property
    def own(self) -> Path:
        """The folder that may be written to."""
        return self.root / "own"

    @property
    def signalled(self) -> Path:
        """What the neighbour makes when it gets a signal."""
        return self.own / "signalled"


Trial = Callable[[Surroundings], None]


@contextmanager
def surroundings() -> Iterator[Surroundings]:
    """Make a folder with somebody else's files, and a process of somebody else."""
    with tempfile.TemporaryDirectory(prefix="grader-") as folder:
        root = Path(folder).resolve()
        for place in ("others", "own"):
            (root / place).mkdir()
        for name in ("secret", "removable"):
            (root / "others" / name).write_text(CONTENT, "utf-8")
        with _neighbour(Surroundings(root, 0).signalled) as number:
            yield Surroundings(root, number)


@contextmanager
def _neighbour(signalled: Path) -> Iterator[int]:
    command = [sys.executable, "-c", NEIGHBOUR, str(signalled)]
    nothing, pipe = subprocess.DEVNULL, subprocess.PIPE
    started = subprocess.Popen(command, stdin=nothing, stdout=pipe, stderr=nothing)  # noqa: S603 - our own
    with started as process:
        try:
            if process.stdout is not None:
                process.stdout.readline()
            yield process.pid
        finally:
            process.kill()
