"""What isolation stops, tried on this machine and in kernels of both kinds."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.isolation import proving, surroundings
from grader.isolation.choice import Isolation
from grader.isolation.layers import layers
from grader.isolation.proving import Proof, possible, prove
from grader.isolation.trials import TRIALS
from grader.kernel.job import Run
from grader.kernel.kernels import Kernels
from grader.processes.backend import Backend
from grader.processes.template import AVAILABLE
from grader.records import CellStatus

Go = Callable[..., Run]
FLOOR = tuple(layer.name for layer in layers() if layer.floor)
THERE = all(layer.there for layer in layers() if layer.floor)
pytestmark = pytest.mark.skipif(not THERE, reason="this system has no floor of isolation")
# Some file systems note nothing of a file, some containers have no keys, and some users may not
# look where Python is installed.
NOT_EVERYWHERE = {"mark_a_file", "leave_a_key", "list_beside_python"}
NOBODY = 65534
# Who changes hands may not be looked at, unless it says that it may.
BECOMING_NOBODY = f"""
import ctypes, os
os.setgid({NOBODY})
os.setuid({NOBODY})
ctypes.CDLL(None).prctl(4, 1)
"""
MADE_BY_NOBODY = f"""
import json, os, pathlib, sys, sysconfig
from grader.isolation import landlock, privileges, proving, seccomp
# All is imported before, as Python may be installed where nobody else may read.
sysconfig.get_paths()
root = pathlib.Path(json.loads(sys.argv[1])["root"])
for path in (root, *root.rglob("*")):
    os.chown(path, {NOBODY}, {NOBODY})
os.setgroups([])
{BECOMING_NOBODY}
proving.child(sys.argv[1])
"""
BACKENDS = [backend for backend in Backend if backend is Backend.FRESH or AVAILABLE]
READS = "print(open({path!r}).read())"
CONNECTS = "import socket\nsocket.create_connection(('127.0.0.1', 9), 1)"
STARTS = "import subprocess\nprint(subprocess.run(['true']))"
WRITES = "print(open('note.txt', 'w').write('mine'), open('note.txt').read())"
COPIES = "import shutil\nshutil.copy('note.txt', 'copy.txt')\nprint(open('copy.txt').read())"
# As Keras' ``export`` does with the parts of a model.
MOVES = """
import os, pathlib
for folder in ("from", "to"):
    os.mkdir(folder)
pathlib.Path("from/file").write_text("mine")
os.rename("from/file", "to/file")
print(pathlib.Path("to/file").read_text())
"""
THREADS = "import threading\nt = threading.Thread(target=print, args=('ran',))\nt.start()\nt.join()"
DATA = "from PIL import Image\nprint(Image.open('data/happy/0.png').size)"
POOL = "import multiprocessing.pool\nprint(multiprocessing.pool.ThreadPool(2).map(abs, [-1]))"
# What is refused, and what a student reads of it.
COMMANDS, NETWORK = "Commands are not run while grading", "There is no network while grading"
REFUSED = {
    STARTS: f"PermissionError: {COMMANDS}",
    "import subprocess, sys\nsubprocess.check_call([sys.executable, '-m', 'pip'])": (
        f"PermissionError: {COMMANDS}"
    ),
    "import os\nos.popen('ls').read()": f"PermissionError: {COMMANDS}",
    "import multiprocessing\nmultiprocessing.Process(target=print).start()": (
        "PermissionError: No other processes are started while grading"
    ),
    CONNECTS: f"PermissionError: {NETWORK}",
    "import os\nos.fork()": "PermissionError: That is not permitted while grading",
    "import urllib.request\nurllib.request.urlretrieve('https://example.org/a.zip', 'a.zip')": (
        f"URLError: {NETWORK}: <urlopen error "
    ),
    "import http.client\nhttp.client.HTTPSConnection('example.org').request('GET', '/')": (
        f"gaierror: {NETWORK}"
    ),
    "import keras\nkeras.utils.get_file('a.h5', 'https://example.org/a.h5')": (
        f"Exception: {NETWORK}: URL fetch failure on https://example.org/a.h5"
    ),
    "try:\n    CONNECTED\nexcept OSError as error:\n    raise ValueError('no images') from error": (
        f"ValueError: {NETWORK}: no images"
    ),
}
HIDDEN = {
    "import os\nopen(os.path.abspath('images.csv'))": (
        "FileNotFoundError: [Errno 2] No such file or directory: 'images.csv'"
    ),
    "import os\nopen(os.path.abspath('../data/images.csv'))": (
        "FileNotFoundError: [Errno 2] No such file or directory: '../data/images.csv'"
    ),
    "import os\nopen(os.path.expanduser('~/images.csv'))": (
        "FileNotFoundError: [Errno 2] No such file or directory: '~/images.csv'"
    ),
}
SYSTEM = "import os\nos.system('pip install scipy')\nprint('ran')"


@pytest.fixture(scope="module")
def proofs() -> dict[str, Proof]:
    return {proof.name: proof for proof in prove()}


@pytest.mark.parametrize("name", [trial.__name__ for trial in TRIALS])
def test_what_could_be_done_is_stopped(name: str, proofs: dict[str, Proof]) -> None:
    if name in NOT_EVERYWHERE and not proofs[name].possible:
        pytest.skip("this system does not offer it to this user")
    assert proofs[name].possible, "it could not be done anyhow, and proves nothing"
    assert proofs[name].stopped


def test_the_floor_alone_stops_everything() -> None:
    assert possible(FLOOR) == set()


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have trials made by an ordinary user, among processes of the same user."""
    if os.getuid() != 0:
        pytest.skip("only root can become somebody else; the other tests are made by a user here")
    told = surroundings.NEIGHBOUR.replace("\n\n", BECOMING_NOBODY, 1)
    monkeypatch.setattr(surroundings, "NEIGHBOUR", told)
    monkeypatch.setattr(proving, "CHILD", MADE_BY_NOBODY)


@pytest.mark.usefixtures("nobody")
def test_an_ordinary_user_can_do_it_all_without_isolation() -> None:
    assert {trial.__name__ for trial in TRIALS} - possible(()) <= NOT_EVERYWHERE


@pytest.mark.usefixtures("nobody")
def test_the_floor_alone_stops_an_ordinary_user() -> None:
    assert possible(FLOOR) == set()


@pytest.mark.parametrize("layer", ["landlock", "seccomp", "privileges", "limits"])
def test_every_layer_of_the_floor_stops_something(layer: str, proofs: dict[str, Proof]) -> None:
    assert any(layer in proof.stopped_by for proof in proofs.values())


@pytest.fixture(scope="module", params=BACKENDS)
def confined(
    go: Go, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[CellStatus, str]]:
    secret = tmp_path_factory.mktemp("others") / "secret"
    secret.write_text("somebody else's")
    solution = Path(__file__).parents[2] / "notebooks" / "solutions" / "C1W4_Assignment.ipynb"
    cells = {
        "reads": READS.format(path=str(secret)),
        "solution": READS.format(path=str(solution)),
        "connects": CONNECTS,
        "starts": STARTS,
        "writes": WRITES,
        "copies": COPIES,
        "moves": MOVES,
        "threads": THREADS,
        "data": DATA,
        "pool": POOL,
        "system": SYSTEM,
        **{cell: cell.replace("CONNECTED", CONNECTS.partition("\n")[2]) for cell in REFUSED},
        **{cell: cell for cell in HIDDEN},
    }
    with Kernels(request.param, Isolation.STRICT) as kernels:
        run = go(*cells.values(), using=kernels)
    ended = zip(run.execution.cells, run.notebook.cells, strict=True)
    found = [(cell.status, str(cell.error or made.outputs[0].text)) for cell, made in ended]
    return dict(zip(cells, found, strict=True))


@pytest.mark.parametrize("name", ["reads", "solution", "connects", "starts"])
def test_a_kernel_cannot_reach_outside(
    name: str, confined: dict[str, tuple[CellStatus, str]]
) -> None:
    status, words = confined[name]
    assert (status, words.partition(":")[0]) == (CellStatus.RAISED, "PermissionError")


@pytest.mark.parametrize("cell", [*REFUSED, *HIDDEN])
def test_what_is_refused_is_said_in_words_and_without_paths_of_this_machine(
    cell: str, confined: dict[str, tuple[CellStatus, str]]
) -> None:
    status, words = confined[cell]
    assert status is CellStatus.RAISED
    assert words.startswith((REFUSED | HIDDEN)[cell])
    assert "/grader-" not in words


def test_a_command_by_the_system_does_nothing_and_says_so(
    confined: dict[str, tuple[CellStatus, str]],
) -> None:
    said = "[grader] \"os.system('pip install scipy')\" was not run: "
    status, words = confined["system"]
    assert (status, words.startswith(said), words.endswith("\nran\n")) == (
        CellStatus.DONE, True, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("writes", "4 mine"),
        ("copies", "mine"),
        ("moves", "mine"),
        ("threads", "ran"),
        ("data", "(8, 8)"),
        ("pool", "[1]"),
    ],
)
def test_a_kernel_does_what_it_needs(
    name: str, printed: str, confined: dict[str, tuple[CellStatus, str]]
) -> None:
    assert confined[name] == (CellStatus.DONE, f"{printed}\n")
