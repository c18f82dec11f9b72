"""A submission that ends badly ends in a report; what it did before that still counts."""

from dataclasses import dataclass, replace

import pytest
import recording
from happy_or_sad.submission import (
    COMPILE,
    LOADER,
    LOADING,
    STRUCTURE,
    TRAINER,
    TRAINING,
    Variant,
)

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.attempts import attempts
from grader.images import Images
from grader.kernel.kernels import Kernels
from grader.processes.limits import MIB, Limits
from grader.records import ExecutionStatus, Status

FIT = "    history = model.fit("
LOAD = "    train_datagen ="
HARMLESS = """\
    import sys, warnings
    print("just so you know", file=sys.stderr)
    warnings.warn("harmless")
    plt.plot(range(10_000))
    plt.show()
    train_datagen ="""
ONLY_WHEN_CALLED_AGAIN = """\
    while globals().setdefault("calls", []) or calls.append(1):
        pass
    train_datagen ="""
MEMORY = """\
    hoard = [np.ones(50_000_000) for _ in range(600)]
    train_datagen ="""
QUICK = Limits(cell_s=40, notebook_s=120, memory_bytes=3 * 1024 * MIB, probe_s=10, grace_s=3)
UNTRAINED = STRUCTURE | COMPILE | TRAINING


@dataclass(frozen=True)
class Ending:
    """How a submission ends: the code that does it, the status, and what it loses."""

    id: str
    name: str
    old: str
    new: str
    status: ExecutionStatus
    loses: frozenset[str]


ENDINGS = (
    Ending("harmless", LOADER, LOAD, HARMLESS, ExecutionStatus.DONE, frozenset()),
    Ending("crash", TRAINER, FIT, f"    import os\n    os.kill(os.getpid(), 11)\n{FIT}",
           ExecutionStatus.DIED, TRAINING),
    Ending("os-exit", LOADER, LOAD, f"    import os\n    os._exit(0)\n{LOAD}",
           ExecutionStatus.DIED, LOADING | UNTRAINED),
    Ending("endless-loop", LOADER, LOAD, f"    while True:\n        pass\n{LOAD}",
           ExecutionStatus.CELL_TIMED_OUT, LOADING | TRAINING),
    Ending("sys-exit", TRAINER, FIT, f"    import sys\n    sys.exit()\n{FIT}",
           ExecutionStatus.CELL_FAILED, TRAINING),
    Ending("input", LOADER, LOAD, f"    input('which folder?')\n{LOAD}",
           ExecutionStatus.CELL_FAILED, LOADING | TRAINING),
    Ending("flood", TRAINER, FIT, f"    while True:\n        print('x' * 1000)\n{FIT}",
           ExecutionStatus.OUTPUT, TRAINING),
    Ending("memory", LOADER, LOAD, MEMORY, ExecutionStatus.MEMORY, LOADING | UNTRAINED),
    Ending("for-ever-when-called-again", LOADER, LOAD, ONLY_WHEN_CALLED_AGAIN,
           ExecutionStatus.DONE, LOADING),
)  # fmt: skip


@pytest.fixture(scope="module", params=ENDINGS, ids=lambda ending: ending.id)
def ended(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, kernels: Kernels
) -> tuple[Ending, recording.Judged]:
    ending: Ending = request.param
    variant = Variant(ending.id, "", ((ending.name, ending.old, ending.new),))
    plan = recording.plan(variant.notebook(), tmp_path_factory.mktemp(ending.id))
    impatient = replace(happy_or_sad, limits=QUICK)
    images = Images.of(impatient.data, None)
    made = attempts(impatient, plan, images, kernels, lambda _: None)
    return ending, recording.judge(plan, made, impatient)


def test_the_ending_is_named(ended: tuple[Ending, recording.Judged]) -> None:
    ending, judged = ended
    assert judged.attempts[0].run.execution.status is ending.status


def test_what_could_be_seen_counts(ended: tuple[Ending, recording.Judged]) -> None:
    ending, judged = ended
    assert judged.lost == ending.loses


def test_it_is_never_taken_for_a_fault_of_the_grader(
    ended: tuple[Ending, recording.Judged],
) -> None:
    _, judged = ended
    assert not [result for result in judged.results if result.status is Status.ERRORED]
