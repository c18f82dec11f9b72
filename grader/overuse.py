"""Tries what limits are to stop, for ``grader doctor --prove``: small notebooks, smaller limits.

What a layer of isolation stops is tried in ``isolation.trials``. Here a notebook takes more than
it may of what all share, in a way that a machine does not feel, and a limit must end it.
"""

import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from grader.errors import RejectedError
from grader.isolation.choice import Isolation
from grader.kernel.job import Job, Run
from grader.kernel.kernels import Kernels
from grader.notebook.volume import MAX_LINES, refuse_too_much
from grader.processes.backend import Backend
from grader.processes.limits import MIB, Limits
from grader.records import ExecutionStatus, PlannedCell, Role

# Of everything as much as a machine does not feel.
SMALL: Mapping[str, float] = {
    "cell_s": 30.0, "grace_s": 0.5, "disk_bytes": 20 * MIB, "files": 1_000,
    "output_bytes": MIB // 4, "outputs_bytes": MIB // 2, "threads_alive": 200,
}  # fmt: skip
# How long a notebook that took more than it may waits to be ended, in seconds.
WAITS_S = 1.5
# What is kept of what is read, and what it is read with; less than half of what is sent.
GROWS_BY = 60 * MIB
_WAITING, _LOOKS_S = f"\nimport time\ntime.sleep({WAITS_S})", 0.02
_SECRET = "not-an-image"  # noqa: S105 - only a name
_WRITTEN = """\
import ctypes, os, time
libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
for number in range(30):
    file = os.open(f"file{number}", os.O_RDWR | os.O_CREAT)
    os.write(file, bytes(2 * 2**20))
"""
_SAYING = """\
import time, zmq
app = get_ipython().kernel.parent
ident = get_ipython().kernel._parent_ident["shell"][0]
def say(socket, *frames):
    zmq.Socket.shadow(socket.underlying).send_multipart([ident, *frames])
"""


@dataclass(frozen=True, slots=True)
class Excess:
    """A notebook that takes more than its share, and a limit that ends it.

    Args:
        what: It does, in words.
        bound: What stops it, in words.
        source: The cells that do it; each goes on as if nothing were when it could be done.
        ended: How its run must end.
        limits: Limits that are not those of the others.
    """

    what: str
    bound: str
    source: tuple[str, ...]
    ended: ExecutionStatus
    limits: Mapping[str, float] = field(default_factory=dict)

    def stopped(self, kernels: Kernels, dataset: Path) -> bool:
        """Try it, and say whether it was ended."""
        made = run(kernels, dataset, self.source, {**SMALL, **self.limits})
        return made.execution.status is self.ended


@dataclass(frozen=True, slots=True)
class Other:
    """A way that ends no run: what stops it is that nobody takes part.

    Args:
        what: It does, in words.
        bound: What stops it, in words.
        stopped: Tries it, and says whether it was stopped.
    """

    what: str
    bound: str
    stopped: Callable[[Kernels, Path], bool]


def run(kernels: Kernels, dataset: Path, source: Sequence[str], limits: Mapping[str, float]) -> Run:
    """Run cells on a folder of images."""
    cells = [PlannedCell(text, Role.REQUIRED) for text in source]
    return kernels.run(Job(cells, {}, dataset, "images", 1, Limits(**limits)))  # type: ignore[arg-type]


def _excess(what: str, bound: str, source: str, ended: ExecutionStatus, **limits: float) -> Excess:
    return Excess(what, bound, (textwrap.dedent(source).strip() + _WAITING,), ended, limits)


def _disk(what: str, source: str) -> Excess:
    return _excess(what, "the limit of the disk", source, ExecutionStatus.DISK)


def _output(what: str, *source: str) -> Excess:
    return Excess(what, "the limit of output", source, ExecutionStatus.OUTPUT)


def _unheard(said: str) -> Callable[[Kernels, Path], bool]:
    """Say much that is not received, and see whether this process grows by it."""

    def stopped(kernels: Kernels, dataset: Path) -> bool:
        this, most = psutil.Process(), 0
        before = this.memory_info().rss
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(run, kernels, dataset, [_SAYING + said + _WAITING], SMALL)
            while not running.done():
                most = max(most, this.memory_info().rss)
                time.sleep(_LOOKS_S)
        return running.result() is not None and most - before < GROWS_BY

    return stopped


def _unfollowed(kernels: Kernels, dataset: Path) -> bool:
    """Have the images be in a folder with other files, and see whether their names are told."""
    with tempfile.TemporaryDirectory(prefix="grader-") as others:
        (Path(others) / _SECRET).touch()
        moved = f'import os\nos.rename("../data", "../old")\nos.symlink({others!r}, "../data")'
        made = run(kernels, dataset, [moved], SMALL)
    return _SECRET not in str(made.evidence)


def _unread(_: Kernels, __: Path) -> bool:
    """Plan nothing of a notebook in which names depend on each other without end."""
    try:
        refuse_too_much(f"z{n} = z{n + 1}" for n in range(MAX_LINES + 1))
    except RejectedError:
        return True
    return False


WAYS: tuple[Excess, ...] = (
    _disk("Fill the disk", _WRITTEN + "    os.close(file)"),
    _disk(
        "Fill it with files that are removed while they are open",
        _WRITTEN + '    os.unlink(f"file{number}")',
    ),
    _disk(
        "Fill it with files that are removed and closed, and only mapped",
        _WRITTEN + "    libc.mmap(None, 4096, 1, 1, file, 0)\n    os.close(file)\n"
        '    os.unlink(f"file{number}")',
    ),
    _disk(
        "Fill it where no path leads, as it would be too long",
        'import os\nhere = os.open(".", os.O_RDONLY)\n'
        'for _ in range(40):\n    os.mkdir("d" * 200)\n    os.chdir("d" * 200)\n'
        + _WRITTEN
        + "    os.close(file)\nos.fchdir(here)",
    ),
    _disk(
        "Fill it where nobody may look",
        'import os\nos.mkdir("closed", 0o300)\nos.chdir("closed")\n'
        + _WRITTEN
        + '    os.close(file)\nos.chdir("..")',
    ),
    _disk(
        "Have room on it set aside in which nothing is written",
        """
        import os
        for number in range(30):
            with open(f"file{number}", "wb") as file:
                os.posix_fallocate(file.fileno(), 0, 2 * 2**20)
        """,
    ),
    _disk(
        "Make too many files",
        'for number in range(3_000):\n    open(f"file{number}", "w").close()',
    ),
    _excess(
        "Take memory",
        "the limit of memory",
        "hoard = [bytearray(64 * 2**20) for _ in range(14)]",
        ExecutionStatus.MEMORY,
        memory_bytes=800 * MIB,
    ),
    _excess(
        "Start too many threads",
        "the limit of threads",
        """
        import threading
        enough = threading.Event()
        for _ in range(300):
            threading.Thread(target=enough.wait, args=(10,)).start()
        """,
        ExecutionStatus.PROCESSES,
    ),
    _excess(
        "Compute for too long",
        "the limit of time",
        f"import time\nend = time.monotonic() + {2 * WAITS_S}\nwhile time.monotonic() < end: pass",
        ExecutionStatus.CELL_TIMED_OUT,
        cell_s=1.0,
    ),
    _output("Print much in one cell", "print('x' * 1_000_000)"),
    _output("Print much in many cells", *["print('x' * 200_000)"] * 4),
)
OTHERS = (
    Other(
        "Show one message of many parts",
        "not receiving it",
        _unheard("say(app.iopub_thread.socket, *[bytes(2**20)] * 150)"),
    ),
    Other(
        "Send questions that nobody answers",
        "not receiving them",
        _unheard("for _ in range(150): say(app.stdin_socket, bytes(2**20))"),
    ),
    Other("Put a link in the place of the images", "following no links", _unfollowed),
    Other("Hand in more code than anybody could look through", "a limit of lines", _unread),
)
ALL: tuple[Excess | Other, ...] = (*WAYS, *OTHERS)


def tried() -> Iterator[tuple[Excess | Other, bool]]:
    """Try each way, and yield it with whether it was stopped."""
    with tempfile.TemporaryDirectory(prefix="grader-") as folder:
        dataset = Path(folder)
        for name in ("happy", "sad"):
            (dataset / name).mkdir()
            (dataset / name / "0.png").write_bytes(b"no image, but nobody looks")
        with Kernels(Backend.best(), Isolation.AVAILABLE) as kernels:
            for way in ALL:
                yield way, way.stopped(kernels, dataset)
