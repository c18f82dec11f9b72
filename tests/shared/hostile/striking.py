"""Runs one attack in throwaway surroundings, and tells what became of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat

from grader.errors import KernelFault
from grader.isolation.choice import Isolation
from grader.isolation.layers import layers
from grader.kernel.job import Run
from grader.kernel.kernels import Kernels
from grader.processes.backend import Backend
from grader.processes.limits import MIB
from hostile.attack import Attack, Outcome
from hostile.surroundings import Surroundings

# Runs cells by the kernels that it is told: ``running.start``, with images.
Go = Callable[..., Run]
TRIES = 3
LIMITS: dict[str, Any] = {
    "cell_s": 3.0, "grace_s": 0.5, "probe_s": 3.0, "output_bytes": MIB // 4,
    "memory_bytes": 1200 * MIB,
}  # fmt: skip


@dataclass(frozen=True)
class Result:
    """What became of an attack: whether it succeeded, and all that is not as it must be."""

    harmed: bool
    problems: set[str]


def with_floor(isolation: Isolation, places: int = 1) -> Kernels:
    """Return kernels that are isolated so, by nothing but what every system must have.

    Raises:
        UsageError: This system has not even that, and the isolation is strict.
    """
    made = Kernels(Backend.best(), isolation, places)
    made.layers = tuple(each.name for each in layers() if each.floor and each.name in made.layers)
    return made


def run(go: Go, attack: Attack, around: Surroundings, using: Kernels) -> Outcome:
    """Run what an attack runs, whatever comes of it."""
    cells = [replace(cell, source=around.filled(cell.source)) for cell in attack.cells]
    try:
        made = go(*cells, using=using, **{**LIMITS, **attack.limits})
        nbformat.writes(made.notebook)
    except Exception as error:  # noqa: BLE001 - that there is none is what is tested
        return Outcome(None, error)
    return Outcome(made)


def succeeds(go: Go, attack: Attack, using: Kernels, folder: Path) -> Result:
    """Run an attack that nothing stops until it succeeds: some race with whoever looks for them."""
    for number in range(TRIES):
        (folder / str(number)).mkdir()
        result = strike(go, attack, using, folder / str(number))
        if result.harmed:
            break
    return result


def strike(go: Go, attack: Attack, using: Kernels, folder: Path) -> Result:
    """Run an attack in surroundings of its own, made in an empty folder."""
    with Surroundings(folder) as around:
        made = run(go, attack, around, using)
        around.run_is_over()
        harmed = attack.harm(around, made)
        problems = around.damage | ({"it succeeded"} if harmed else set())
        if made.status not in attack.ends or not isinstance(made.raised, KernelFault | None):
            problems.add(f"it ended as {made.status}: {made.raised!r}")
        return Result(harmed, problems)
