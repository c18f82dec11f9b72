"""What doctor has limits stop could be done if they were wide; else it would show nothing."""

from pathlib import Path

import pytest
import running

from grader import overuse
from grader.kernel.kernels import Kernels
from grader.overuse import WAYS, Excess
from grader.processes.limits import MIB
from grader.records import ExecutionStatus

WIDE = {
    "cell_s": 60.0, "disk_bytes": 512 * MIB, "files": 20_000, "output_bytes": 8 * MIB,
    "memory_bytes": 6_000 * MIB, "threads_alive": 2_000,
}  # fmt: skip


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return running.draw(tmp_path_factory.mktemp("images"))


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.what)
def test_it_could_be_done(
    way: Excess, kernels: Kernels, images: Path, pytestconfig: pytest.Config
) -> None:
    if not pytestconfig.getoption("--prove"):
        pytest.skip("it takes half a minute, and --prove was not given")
    ended = overuse.run(kernels, images, way.source, WIDE).execution.status
    assert ended is ExecutionStatus.DONE
