"""Everything around one run that a hostile notebook could reach, and whether it did."""

import time
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from grader.processes.template.handle import shared
from hostile import places
from hostile.bystanders import Grader, Neighbour
from hostile.listeners import Listeners
from hostile.places import Places

# What was killed may take a moment to be gone.
GONE_S, LOOK_S = 2.0, 0.02


class Surroundings:
    """Files, sockets and processes around one run, to be closed after it.

    Args:
        folder: An empty folder, to be thrown away.
    """

    def __init__(self, folder: Path) -> None:
        self.places = Places(folder / "files")
        self.grader = Grader()
        self.neighbour = Neighbour(self.places.paths["outside"])
        self.listeners = Listeners(folder, places.secret())
        self.secrets = {
            **self.places.secrets,
            **self.grader.secrets,
            "arguments": self.neighbour.secret,
        }
        self._folders = places.leftovers()
        self._processes = _descendants()
        self._patience = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def run_is_over(self) -> None:
        """Say that from now on nothing of the run should live."""
        self._patience = time.monotonic() + GONE_S

    def filled(self, source: str) -> str:
        """Put real places into the text of a cell."""
        values = {
            **self.places.paths,
            **self.places.plants,
            **self.grader.values,
            **self.listeners.values,
            "neighbour_pid": self.neighbour.pid,
        }
        for name, value in values.items():
            source = source.replace("{" + name + "}", str(value))
        return source

    @property
    def present(self) -> set[psutil.Process]:
        """Processes of the run that live right now."""
        return _descendants() - self._processes

    @property
    def surviving(self) -> set[psutil.Process]:
        """Processes that the run has left; the first look gives them time to be gone."""
        while self.present and time.monotonic() < self._patience:
            time.sleep(LOOK_S)
        return self.present

    @property
    def remaining(self) -> set[Path]:
        """Work folders that the run has left."""
        return places.leftovers() - self._folders

    @property
    def damage(self) -> set[str]:
        """What no run may do, whatever else it tries."""
        found = {
            "a file of others was changed": self.places.changed,
            "a file was planted": self.places.planted,
            "the neighbour was disturbed": self.neighbour.disturbed,
            "the template was ended": self.grader.template_died,
            "the grader was signalled": bool(self.grader.signals),
            "a process was left": bool(self.surviving),
            "the work folder was left": bool(self.remaining),
        }
        return {name for name, holds in found.items() if holds}

    def close(self) -> None:
        """Leave nothing, neither of these nor of the run."""
        for process in self.surviving:
            process.kill()
        places.remove(self.remaining)
        for each in (self.places, self.neighbour, self.listeners, self.grader):
            each.close()


def _descendants() -> set[psutil.Process]:
    """Return what descends from the grader; its template adopts orphans, and is no run's."""
    found = set(psutil.Process().children(recursive=True))
    return {each for each in found if each.pid != shared().pid and _lives(each)}


def _lives(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
