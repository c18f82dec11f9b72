"""Proves isolation on this machine: tries each thing without it, with each layer, and with all."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.isolation.confinement import Confinement, confine, seal
from grader.isolation.layers import layers
from grader.isolation.trials import TRIALS, Surroundings, Trial

CPU_S, WAIT_S = 60, 60
CONTENT = "somebody else's\n"


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of one trial.

    Args:
        name: The trial's.
        what: What it does, in words.
        possible: Whether it could be done without isolation; if not, it proves nothing.
        stopped_by: Layers that stop it alone.
        stopped: Whether all layers together stop it.
    """

    name: str
    what: str
    possible: bool
    stopped_by: tuple[str, ...]
    stopped: bool


def prove() -> list[Proof]:
    """Make all trials."""
    there = [layer.name for layer in layers() if layer.there]
    without, together = _done(()), _done(there)
    alone = {name: _done((name,)) for name in there}
    return [
        Proof(
            trial.__name__,
            (trial.__doc__ or "").rstrip("."),
            trial.__name__ in without,
            tuple(name for name in there if trial.__name__ not in alone[name]),
            trial.__name__ not in together,
        )
        for trial in TRIALS
    ]


def _done(names: Sequence[str]) -> set[str]:
    """Return the trials that could be done with these layers, in a process of their own."""
    with tempfile.TemporaryDirectory(prefix="grader-") as folder, _neighbour() as neighbour:
        root = Path(folder).resolve()
        for place in ("others", "own"):
            (root / place).mkdir()
        for name in ("secret", "removable"):
            (root / "others" / name).write_text(CONTENT, "utf-8")
        told = {"layers": list(names), "root": str(root), "neighbour": neighbour.pid}
        command = [sys.executable, "-c", _CHILD, json.dumps(told)]
        ended = subprocess.run(command, capture_output=True, check=True, timeout=WAIT_S)  # noqa: S603
    return set(json.loads(ended.stdout))


_CHILD = "import sys; from grader.isolation.proving import child; child(sys.argv[1])"


@contextmanager
def _neighbour() -> "Iterator[subprocess.Popen[bytes]]":
    command = [sys.executable, "-c", "import time; time.sleep(999)"]
    nothing = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing) as process:  # noqa: S603 - our own
        try:
            yield process
        finally:
            process.kill()


def child(text: str) -> None:
    """Confine this process, make all trials, and print the names of those that could be done."""
    told = json.loads(text)
    root = Path(told["root"])
    around = Surroundings(root / "others" / "secret", told["neighbour"], root / "own")
    confinement = Confinement(str(around.own), tuple(told["layers"]), CPU_S)
    confine(confinement)
    seal(confinement)
    done = [trial.__name__ for trial in TRIALS if _could(trial, around)]
    os.write(1, json.dumps(done).encode())


def _could(trial: Trial, around: Surroundings) -> bool:
    try:
        trial(around)
    except OSError:
        return False
    return True
