"""What happens when the machine, not the submission, runs out of memory."""

from collections.abc import Callable

import pytest

from grader import machine
from grader.errors import KernelFault
from grader.kernel.job import Run
from grader.records import ExecutionStatus

Go = Callable[..., Run]
LONG = "import time\ntime.sleep(1.5)"
PLENTY = 10**11


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many more times the machine says that it has no memory left."""
    left = [1]

    def available_memory() -> int:
        left[0] -= 1
        return 0 if left[0] >= 0 else PLENTY

    monkeypatch.setattr(machine, "available_memory", available_memory)
    return left


def test_a_run_that_was_ended_to_free_memory_is_tried_again(go: Go, short: list[int]) -> None:
    assert go(LONG).execution.status is ExecutionStatus.DONE
    assert short[0] < 0


def test_a_run_that_has_too_little_even_when_alone_is_a_fault(go: Go, short: list[int]) -> None:
    short[0] = 2
    with pytest.raises(KernelFault, match="ran out of memory"):
        go(LONG)
