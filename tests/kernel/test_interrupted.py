"""A class whose grading is interrupted: nothing goes on, nothing that is done is lost."""

import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
import pytest
from happy_or_sad.submission import LOADER, Variant

DEADLINE_S = 60.0
HEADER = "def image_generator():\n"
SLOW = Variant("slow", "", ((LOADER, HEADER, f"{HEADER}    import time\n    time.sleep(999)\n"),))
WAYS = [
    ("forked", signal.SIGINT),
    ("forked", signal.SIGTERM),
    ("fresh", signal.SIGINT),
]
# A run in which something takes the interruption for an affair of its own.
SWALLOWED = """\
import asyncio, os, signal, sys, threading
from pathlib import Path
from grader.isolation.choice import Isolation
from grader.processes.backend import Backend
from grader.kernel.driver import Driver
from grader.kernel.job import Job
from grader.kernel.kernels import Kernels

async def drive(self):
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    try:
        await asyncio.sleep(30)
    except asyncio.CancelledError:
        pass

Driver.drive = drive
try:
    Kernels(Backend.FRESH, Isolation.NONE).run(Job([], {}, Path(sys.argv[1]), "faces", 1))
except KeyboardInterrupt:
    print("interrupted")"""


@dataclass(frozen=True)
class Interrupted:
    """What an interruption left."""

    code: int
    printed: str
    said: str
    alive: list[psutil.Process]


def _wait_for(descendants: psutil.Process, count: int) -> list[psutil.Process]:
    deadline = time.monotonic() + DEADLINE_S
    while len(found := descendants.children(recursive=True)) < count:
        assert time.monotonic() < deadline, "the kernels did not start"
        time.sleep(0.1)
    return found


def _start(folder: Path, *arguments: str) -> psutil.Popen:
    (folder / "tmp").mkdir()
    return psutil.Popen(
        [sys.executable, "-m", "grader", *arguments],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "TMPDIR": str(folder / "tmp")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _interrupt(grader: psutil.Popen, kernels: int, number: int) -> Interrupted:
    processes = _wait_for(grader, kernels)
    time.sleep(1)
    grader.send_signal(number)
    printed, said = grader.communicate(timeout=DEADLINE_S)
    alive = psutil.wait_procs(processes, timeout=5)[1]
    return Interrupted(grader.returncode, printed, said, alive)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("interrupted")


@pytest.fixture(scope="module", params=WAYS, ids=lambda way: f"{way[0]}-{way[1].name}")
def interrupted(folder: Path, request: pytest.FixtureRequest) -> Interrupted:
    kernel, number = request.param
    shutil.rmtree(folder)
    (folder / "class").mkdir(parents=True)
    (folder / "class" / "broken.ipynb").touch()
    for name in ("one", "two"):
        nbformat.write(SLOW.notebook(), folder / "class" / f"{name}.ipynb")
    options = ("--out", "out", "--jobs", "2", "--kernel", kernel)
    # Two kernels, and the template where there is one.
    return _interrupt(
        _start(folder, "grade", "class", *options), 3 if kernel == "forked" else 2, number
    )


def test_it_ends_with_the_code_of_an_interruption(interrupted: Interrupted) -> None:
    assert interrupted.code == 130


def test_it_says_so_in_one_line(interrupted: Interrupted) -> None:
    assert interrupted.said.strip() == "interrupted; what was finished is kept"


def test_no_process_goes_on(interrupted: Interrupted) -> None:
    assert interrupted.alive == []


def test_what_was_done_is_kept(interrupted: Interrupted, folder: Path) -> None:
    assert interrupted.code
    assert [path.parent.name for path in folder.glob("out/*/*/report.json")] == ["broken"]


def test_no_work_folder_is_left(interrupted: Interrupted, folder: Path) -> None:
    assert interrupted.code
    assert list((folder / "tmp").iterdir()) == []


def test_a_check_that_is_interrupted_gives_no_grade(tmp_path: Path) -> None:
    nbformat.write(SLOW.notebook(), tmp_path / "one.ipynb")
    ended = _interrupt(_start(tmp_path, "check", "one.ipynb"), 2, signal.SIGINT)
    assert ended.printed == ""
    assert (ended.code, ended.alive) == (130, [])


def test_an_interruption_that_was_swallowed_ends_the_run_all_the_same(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SWALLOWED, str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=DEADLINE_S, check=False)
    assert (ended.stdout, ended.stderr) == ("interrupted\n", "")
