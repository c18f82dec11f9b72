import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpec

from grader.errors import KernelFault
from grader.kernel import driver
from grader.kernel.job import Job, Run
from grader.kernel.kernels import Kernels
from grader.kernel.manager import MAX_SOCKET_PATH, OwnKernelManager, own_kernel
from grader.processes.backend import Backend

Go = Callable[..., Run]


def replace_kernel(monkeypatch: pytest.MonkeyPatch, *argv: str) -> None:
    spec = KernelSpec(argv=list(argv), display_name="Other", language="python")
    monkeypatch.setattr(OwnKernelManager, "kernel_spec", property(lambda _: spec))


def test_a_kernel_that_is_not_there_is_a_fault(monkeypatch: pytest.MonkeyPatch, go: Go) -> None:
    replace_kernel(monkeypatch, "/nowhere/python")
    with pytest.raises(KernelFault, match=r"kernel could not be started: .*/nowhere/python"):
        go("x = 1")


def test_a_kernel_that_ends_at_once_is_a_fault(monkeypatch: pytest.MonkeyPatch, go: Go) -> None:
    replace_kernel(monkeypatch, sys.executable, "-c", "raise SystemExit(3)")
    with pytest.raises(KernelFault, match=r"kernel could not be started: .*died"):
        go("x = 1")


def test_a_kernel_that_never_answers_is_a_fault(monkeypatch: pytest.MonkeyPatch, go: Go) -> None:
    replace_kernel(monkeypatch, sys.executable, "-c", "import time; time.sleep(99)")
    with pytest.raises(KernelFault, match=r"kernel could not be started: .* 2 seconds"):
        go("x = 1", start_s=2.0)


def test_a_probe_that_cannot_start_is_a_fault(monkeypatch: pytest.MonkeyPatch, go: Go) -> None:
    monkeypatch.setattr(driver, "MODULE", "__import__('no_such_probe')")
    with pytest.raises(KernelFault, match=r"probe could not be started: .*no_such_probe"):
        go("x = 1")


def test_a_dataset_that_is_not_there_is_a_fault(tmp_path: Path, kernels: Kernels) -> None:
    job = Job((), {}, tmp_path / "none", "faces", 1)
    with pytest.raises(KernelFault, match="work folder could not be made"):
        kernels.run(job)


@pytest.fixture
def made() -> Iterator[list[OwnKernelManager]]:
    managers: list[OwnKernelManager] = []
    yield managers
    for manager in managers:
        manager.context.destroy()


def test_a_kernel_talks_over_sockets_in_the_run_s_own_folder(made: list[OwnKernelManager]) -> None:
    made.append(own_kernel(Path("/run"), 1000, Backend.FRESH))
    assert (made[0].transport, made[0].ip) == ("ipc", "/run/kernel")
    assert Path(made[0].connection_file) == Path("/run/kernel.json")


def test_a_folder_too_deep_for_sockets_is_no_obstacle(made: list[OwnKernelManager]) -> None:
    made.append(own_kernel(Path("/" + "d" * MAX_SOCKET_PATH), 1000, Backend.FRESH))
    assert made[0].transport == "tcp"
