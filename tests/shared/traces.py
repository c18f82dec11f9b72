"""What a run of the grader leaves behind: processes, folders and temporary files."""

import os
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import psutil

from grader.batch.output import TEMPORARY
from grader.processes.folders import PREFIX

PATIENCE_S, LOOK_S = 10.0, 0.1
Found = TypeVar("Found")


class Traces:
    """Finds what belongs to the runs that were given a folder for temporary files.

    Args:
        folder: That folder; its path is short, for there are sockets in it.
        sleepers: How long processes sleep that submissions start, and no other process does.
    """

    def __init__(self, folder: Path, sleepers: set[str]) -> None:
        self._folder = folder
        self._sleepers = sleepers
        self._homes = _homes()

    def environment(self) -> Mapping[str, str]:
        """Return variables for a run; of them PATH gets to all that it starts."""
        path = f"{os.environ['PATH']}:{self._folder}"
        return {**os.environ, "PATH": path, "TMPDIR": str(self._folder)}

    def orphans(self) -> list[str]:
        """Return the command lines of processes that do not end, and end them."""
        left = _patiently(self._processes)
        lines = [f"{one.pid} {one.info['cmdline']}" for one in left]
        for one in left:
            with suppress(psutil.Error):
                one.kill()
        return lines

    def _processes(self) -> list[psutil.Process]:
        found = psutil.process_iter(["cmdline", "environ", "cwd", "status"])
        return [one for one in found if one.pid != os.getpid() and self._belongs(one)]

    def _belongs(self, process: psutil.Process) -> bool:
        information = process.info
        inherited = (information["environ"] or {}).get("PATH", "").split(":")
        works_in = Path(information["cwd"] or "/")
        return information["status"] != psutil.STATUS_ZOMBIE and (
            str(self._folder) in inherited
            or works_in.is_relative_to(self._folder)
            or not self._sleepers.isdisjoint(information["cmdline"] or ())
        )

    def work_folders(self) -> list[str]:
        """Return what is in the folder for temporary files."""
        return sorted(path.name for path in self._folder.glob(f"{PREFIX}*"))

    def homes(self) -> list[str]:
        """Return folders of templates that came and do not go: a template knows no TMPDIR."""
        seen = _homes() - self._homes
        return sorted(_patiently(lambda: list(seen & _homes())))


def temporary_files(out: Path) -> list[str]:
    """Return files of results that were not written to their end."""
    return [path.name for path in out.rglob(f"{TEMPORARY}*")]


def _homes() -> set[str]:
    # Those with the number of a process are work folders, and those of others come and go.
    names = (path.name for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"))
    return {name for name in names if not name.removeprefix(PREFIX).partition("-")[0].isdigit()}


def _patiently(find: Callable[[], list[Found]]) -> list[Found]:
    end = time.monotonic() + PATIENCE_S
    while (found := find()) and time.monotonic() < end:
        time.sleep(LOOK_S)
    return found
