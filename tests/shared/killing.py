"""The grader, with one process killed at one fixed point of its run.

``python tests/shared/killing.py POINT ARGUMENT...`` runs ``grader ARGUMENT...`` and at the point
sends SIGKILL to the victim. Points are fixed by what the grader does, not by a clock: one function
of the grader is replaced by itself and the kill.
"""

import functools
import inspect
import itertools
import os
import pkgutil
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import psutil

# A cell has begun after this, and training has; neither is over before a second has passed.
INTO_A_CELL_S, INTO_TRAINING_S, INTO_A_PROBE_S, INTO_IMPORTING_S = 0.5, 0.5, 0.05, 1.0
LOOK_S = 0.02
# Process, user and group, as Linux has them.
_CREDENTIALS = struct.Struct("3i")
# Parts of the text of cells: one of a submission that waits in it, one given, one that trains.
WAITING, GIVEN, TRAINING = "time.sleep(1)", "Sample happy image", "hist = train_happy_sad_model"
# Part of the one notebook of the class that does not come to train in that cell.
UNTRAINED = "batch_size=10, no=1"


@dataclass(frozen=True)
class Point:
    """When to kill whom.

    Args:
        victim: Who is killed.
        moment: When, in words.
        side: Whether before or after the function runs.
        function: The function, as ``module:name``.
        within: Only calls count that have this text in an argument.
        delay_s: How long to wait then, while the grader goes on.
        serving: Wait then, and let the grader wait, too, until the template serves.
        kills: At how many calls.
    """

    victim: Literal["grader", "template", "kernel", "trainer"]
    moment: str
    side: Literal["before", "after"]
    function: str
    within: str = ""
    delay_s: float = 0.0
    serving: bool = False
    kills: int = 1

    @property
    def name(self) -> str:
        """Victim and moment, as a word for command lines."""
        return f"{self.victim}-{self.moment}".replace(" ", "-")


HANDLE = "grader.processes.template.handle:TemplateHandle"
POINTS = (
    Point("grader", "kernels open", "after", "grader.kernel.kernels:Kernels.__enter__"),
    Point("grader", "before reading", "before", "grader.pipeline:take"),
    Point("grader", "before a fork", "before", f"{HANDLE}.fork"),
    Point("grader", "after a fork", "after", f"{HANDLE}.fork"),
    Point("grader", "probe started", "after", "grader.kernel.driver:Driver._begin"),
    Point("grader", "in a cell", "before", "grader.kernel.client:BoundedClient.run_cell",
          WAITING, INTO_A_CELL_S),
    Point("grader", "training", "before", "grader.kernel.client:BoundedClient.run_cell",
          TRAINING, INTO_TRAINING_S),
    Point("grader", "after a probe", "after", "grader.kernel.cells:Cells._tell", "myCallback"),
    Point("grader", "before the kernel ends", "before", "grader.kernel.driver:Driver._end"),
    Point("grader", "before the evidence", "before", "grader.kernel.kernels:parse"),
    Point("grader", "before the report", "before", "grader.judging:judge"),
    Point("grader", "page written", "after", "pathlib:Path.replace", "report.html"),
    Point("grader", "notebook written", "after", "pathlib:Path.replace", "executed.ipynb"),
    Point("grader", "evidence written", "after", "pathlib:Path.replace", "evidence.json.gz"),
    Point("grader", "writing the report", "before", "pathlib:Path.replace", "report.json"),
    Point("grader", "report written", "after", "pathlib:Path.replace", "report.json"),
    Point("grader", "writing the grades", "before", "pathlib:Path.replace", "grades.csv"),
    Point("grader", "grades written", "after", "pathlib:Path.replace", "grades.csv"),
    Point("template", "importing", "after", f"{HANDLE}.start",
          delay_s=INTO_IMPORTING_S),
    Point("template", "serving", "before", f"{HANDLE}.fork",
          serving=True),
    Point("template", "after a fork", "after", f"{HANDLE}.fork"),
    Point("template", "in a cell", "before", "grader.kernel.client:BoundedClient.run_cell",
          WAITING, INTO_A_CELL_S),
    Point("template", "kernel ends", "before", "grader.kernel.driver:end"),
    Point("template", "report written", "after", "pathlib:Path.replace", "report.json"),
    Point("kernel", "starting", "before", "grader.kernel.client:BoundedClient.connect"),
    Point("kernel", "probe started", "after", "grader.kernel.driver:Driver._begin"),
    Point("kernel", "in a given cell", "before", "grader.kernel.client:BoundedClient.run_cell",
          GIVEN, INTO_A_PROBE_S),
    Point("kernel", "training", "before", "grader.kernel.client:BoundedClient.run_cell",
          TRAINING, INTO_TRAINING_S),
    Point("kernel", "in a probe", "before", "grader.kernel.cells:Cells._tell",
          "myCallback", INTO_A_PROBE_S),
    Point("kernel", "between cells", "after", "grader.kernel.client:BoundedClient.run_cell", GIVEN),
    Point("kernel", "in a cell at both tries", "before",
          "grader.kernel.client:BoundedClient.run_cell", WAITING, INTO_A_CELL_S, kills=2),
    Point("trainer", "starting", "after", "grader.trainers:Trainer._heard"),
    Point("trainer", "training", "after", "grader.trainers:Trainer._heard",
          delay_s=INTO_TRAINING_S),
)  # fmt: skip


def arm(point: Point) -> None:
    """Replace the point's function by one that kills the victim as well."""
    place, _, name = point.function.replace(":", ".").rpartition(".")
    owner = pkgutil.resolve_name(place)
    setattr(owner, name, _killing(point, getattr(owner, name)))


def _killing(point: Point, function: Callable[..., Any]) -> Callable[..., Any]:
    calls = itertools.count(1)

    @contextmanager
    def struck(args: Sequence[object]) -> Iterator[None]:
        meant = any(point.within in str(arg) for arg in args) and _trains(point, args)
        counts = meant and next(calls) <= point.kills
        if counts and point.side == "before":
            _strike(point, args)
        yield
        if counts and point.side == "after":
            _strike(point, args)

    @functools.wraps(function)
    async def patched_coroutine(*args: Any, **kwargs: Any) -> Any:
        with struck(args):
            return await function(*args, **kwargs)

    @functools.wraps(function)
    def patched(*args: Any, **kwargs: Any) -> Any:
        with struck(args):
            return function(*args, **kwargs)

    return patched_coroutine if inspect.iscoroutinefunction(function) else patched


def _trains(point: Point, args: Sequence[object]) -> bool:
    """Whether a notebook trains, where it is to be killed while it does."""
    if point.within != TRAINING:
        return True
    client: Any = args[0]
    return all(UNTRAINED not in cell.source for cell in client.nb.cells)


def _strike(point: Point, args: Sequence[object]) -> None:
    victim = psutil.Process(_number(point, args))
    if point.serving:
        _until_it_serves(victim)
    if point.delay_s:
        threading.Timer(point.delay_s, _kill, (point, victim)).start()
    else:
        _kill(point, victim)


def _number(point: Point, args: Sequence[object]) -> int | None:
    from grader.kernel.client import BoundedClient
    from grader.processes.template.handle import shared

    if point.victim == "grader":
        return os.getpid()
    if point.victim == "template":
        return shared().pid
    if point.victim == "trainer":
        return _other_end(args[0])
    client: Any = next(arg for arg in args if isinstance(arg, BoundedClient))
    return int(client.km.provisioner.pid)


def _other_end(trainer: Any) -> int:
    told = trainer._connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    pid, _, _ = _CREDENTIALS.unpack(told)
    return int(pid)


def _until_it_serves(template: psutil.Process) -> None:
    # It makes its selector when all is imported.
    while "anon_inode:[eventpoll]" not in _open_files(template.pid):
        time.sleep(LOOK_S)


def _open_files(pid: int) -> Iterator[str]:
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        # It may have been closed since.
        with suppress(FileNotFoundError):
            yield str(descriptor.readlink())


def _kill(point: Point, victim: psutil.Process) -> None:
    victim.kill()
    sys.stderr.write(f"\nkilled {point.victim} {victim.pid}\n")


def main() -> None:
    """Run the grader as the command line says."""
    from grader import cli

    point = next(point for point in POINTS if point.name == sys.argv[1])
    arm(point)
    sys.argv[:] = ["grader", *sys.argv[2:]]
    cli.main()


if __name__ == "__main__":
    main()
