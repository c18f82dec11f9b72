"""The template: what it keeps, what it never passes on, and how it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from grader.errors import KernelFault
from grader.inspection import decoding
from grader.isolation.choice import Isolation
from grader.kernel import driver
from grader.kernel.client import BoundedClient
from grader.kernel.job import Run
from grader.kernel.kernels import Kernels
from grader.processes.backend import Backend
from grader.processes.limits import Limits
from grader.processes.template import AVAILABLE, protocol
from grader.processes.template.handle import TemplateHandle, shared
from grader.processes.template.protocol import ForkRequest
from grader.records import ExecutionStatus
from grader.trainers import Trainer
from grader.training.results import TrainingPlan

pytestmark = pytest.mark.skipif(not AVAILABLE, reason="kernels cannot be forked here")
Go = Callable[..., Run]
ENVIRONMENT = {"PATH": os.defpath, "HOME": "/nowhere", "LANG": "C.UTF-8"}
DEADLINE_S = 20.0
DESCRIPTORS = """\
import os
for name in os.listdir("/proc/self/fd"):
    try:
        print(os.readlink(f"/proc/self/fd/{name}"))
    except OSError:
        pass"""
# Starts a template and a kernel, says which processes these are, and is killed.
KILLED = """\
import os, signal, sys
from grader.processes.template.handle import shared
from grader.processes.template.protocol import ForkRequest
forked = shared().fork(ForkRequest(["-f", sys.argv[1]], {"HOME": sys.argv[1]}, "/"))
print(shared().pid, forked.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)"""
# A process with a second thread that does as the template does.
CROWDED = """\
import threading
from grader.processes.template import protocol
from grader.processes.template.process import Template
threading.Thread(target=threading.Event().wait, daemon=True).start()
ours, theirs = protocol.pair()
assert not Template(protocol.pair()[0])._fork(theirs)
print(protocol.told(ours)["error"])"""


@pytest.fixture(scope="module")
def forked() -> Iterator[Kernels]:
    with Kernels(Backend.FORKED, Isolation.NONE) as kernels:
        yield kernels


@pytest.fixture
def template() -> Iterator[TemplateHandle]:
    handle = TemplateHandle()
    yield handle
    handle.close()


def request(folder: Path) -> ForkRequest:
    return ForkRequest(["-f", str(folder / "kernel.json")], ENVIRONMENT, str(folder))


def printed(run: Run, index: int) -> str:
    return "".join(output.get("text", "") for output in run.notebook.cells[index].outputs)


def gone(*pids: int) -> bool:
    deadline = time.monotonic() + DEADLINE_S
    while any(psutil.pid_exists(pid) and _lives(pid) for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _lives(pid: int) -> bool:
    with suppress(psutil.Error):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


@pytest.fixture(scope="module")
def ran(go: Go, forked: Kernels) -> Run:
    return go("import sys\nprint('tensorflow' in sys.modules)", DESCRIPTORS, using=forked)


def test_a_kernel_has_tensorflow_before_it_imports_anything(ran: Run) -> None:
    assert printed(ran, 0) == "True\n"


def test_the_template_keeps_one_thread(ran: Run) -> None:
    assert ran.execution.status is ExecutionStatus.DONE
    assert len(list(Path(f"/proc/{shared().pid}/task").iterdir())) == 1


def test_a_template_has_no_child_once_its_kernels_have_ended(ran: Run) -> None:
    assert ran.execution.status is ExecutionStatus.DONE
    deadline = time.monotonic() + DEADLINE_S
    while (children := psutil.Process(shared().pid).children()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert children == []


def test_a_kernel_inherits_no_socket_of_the_template(ran: Run) -> None:
    descriptors = Path(f"/proc/{shared().pid}/fd").iterdir()
    links = {str(path.readlink()) for path in descriptors}
    sockets = {link for link in links if link.startswith("socket")}
    assert sockets
    assert not sockets & set(printed(ran, 1).split())


def test_two_kernels_share_no_socket(template: TemplateHandle, tmp_path: Path) -> None:
    first, second = template.fork(request(tmp_path)), template.fork(request(tmp_path))
    first.kill()
    assert first.wait(DEADLINE_S) == -signal.SIGKILL
    assert second.poll() is None
    second.close()


def test_a_process_with_two_threads_does_not_fork() -> None:
    command = [sys.executable, "-c", CROWDED]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert ended.stdout == "the template has 2 threads and cannot fork\n"


def test_images_of_several_splits_are_decoded_once_for_all_trainers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from grader.processes.template.process import Template

    decoded: list[str] = []
    monkeypatch.setattr(decoding, "prepare", decoded.append)
    plans = [TrainingPlan(1, splits={"data/x": f"{tmp_path}/{n}"}) for n in ("valid", "test")]
    trainer = Trainer((Backend.FORKED, ()), tmp_path / "train", Limits())
    ours, theirs = protocol.pair()
    with ours, theirs:
        template = Template(theirs)
        for plan in (*plans, *plans):
            template._decode(trainer._images(plan))
        template._selector.close()
    assert decoded == [str(tmp_path / name) for name in ("train", "valid", "test")]


def test_a_template_that_died_is_started_again(go: Go, forked: Kernels) -> None:
    go("x = 1", using=forked)
    before = shared().pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    assert go("x = 1", using=forked).execution.status is ExecutionStatus.DONE
    assert shared().pid != before


def test_a_template_that_cannot_start_says_why(
    template: TemplateHandle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.processes.template.running.MAIN", "raise SystemExit('no room')")
    with pytest.raises(KernelFault, match=r"ended twice.* no room"):
        template.fork(request(tmp_path))


def test_a_kernel_dies_with_its_template(template: TemplateHandle, tmp_path: Path) -> None:
    forked, pid = template.fork(request(tmp_path)), template.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert forked.wait(DEADLINE_S) == -signal.SIGKILL
    assert gone(forked.pid)


def test_a_kernel_that_nobody_holds_is_ended(template: TemplateHandle, tmp_path: Path) -> None:
    forked = template.fork(request(tmp_path))
    forked.close()
    assert gone(forked.pid)


def test_a_closed_template_leaves_nothing(template: TemplateHandle, tmp_path: Path) -> None:
    forked, pid = template.fork(request(tmp_path)), template.pid
    template.close()
    assert forked.wait(DEADLINE_S) < 0
    assert gone(forked.pid, pid or 0)


def test_nothing_outlives_a_grader_that_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path / "kernel.json")]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == -signal.SIGKILL
    assert gone(*map(int, ended.stdout.split()))


def test_a_kernel_tells_how_it_ended(go: Go, forked: Kernels) -> None:
    ended = go("import os\nos._exit(3)", using=forked)
    assert ended.execution.status is ExecutionStatus.DIED


@pytest.fixture
def killed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Kernels that are killed from outside before their first cell: how many there will be."""
    left = [1]
    begin = driver.Driver._begin

    async def begin_and_die(self: driver.Driver, client: BoundedClient) -> None:
        await begin(self, client)
        if left[0]:
            left[0] -= 1
            os.kill(driver._pid(client), signal.SIGKILL)

    monkeypatch.setattr(driver.Driver, "_begin", begin_and_die)
    return left


def test_a_run_whose_kernel_was_killed_is_tried_again(
    go: Go, forked: Kernels, killed: list[int]
) -> None:
    assert go("print('here')", using=forked).execution.status is ExecutionStatus.DONE
    assert killed == [0]


def test_a_run_whose_kernel_is_killed_twice_is_a_fault(
    go: Go, forked: Kernels, killed: list[int]
) -> None:
    killed[0] = 2
    with pytest.raises(KernelFault, match=r"killed from outside\. So it was at the second try"):
        go("print('here')", using=forked)
