"""Proves isolation on this machine: tries each thing without it, with each layer, and with all."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.isolation.confinement import Confinement, confine, seal
from grader.isolation.layers import layers
from grader.isolation.surroundings import Surroundings, Trial, surroundings
from grader.isolation.trials import TRIALS

CPU_S, WAIT_S = 60, 60


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
    without, together = possible(()), possible(there)
    alone = {name: possible((name,)) for name in there}
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


def possible(names: Sequence[str]) -> set[str]:
    """Return the trials that can be done with these layers, in a process of their own."""
    with surroundings() as around:
        told = {"layers": list(names), "root": str(around.root), "neighbour": around.neighbour}
        command = [sys.executable, "-c", CHILD, json.dumps(told)]
        ended = subprocess.run(command, capture_output=True, check=True, timeout=WAIT_S)  # noqa: S603
    return set(json.loads(ended.stdout))


CHILD = "import sys; from grader.isolation.proving import child; child(sys.argv[1])"


def child(text: str) -> None:
    """Confine this process, make all trials, and print the names of those that could be done."""
    told = json.loads(text)
    around = Surroundings(Path(told["root"]), told["neighbour"])
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
