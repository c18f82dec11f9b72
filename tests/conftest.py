"""Options of the test suite, and what all tiers share."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from grader.kernel.kernels import Kernels


# As the grader has it: plain Keras, which its trainer is compared with, reads it as it is imported.
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"

# How long an example takes says more about the machine and its load than about the code.
settings.register_profile(
    "unhurried",
    parent=settings(),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("unhurried")


@pytest.fixture(scope="session", autouse=True)
def _forgetful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what tests leave apart from what belongs to whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADER_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("GRADER_KEYS", str(tmp_path_factory.mktemp("keys")))
        yield


@pytest.fixture(scope="session")
def kernels() -> Iterator["Kernels"]:
    """Kernels as users get them, for all tests of the session."""
    from grader.fits.options import TrainingOptions
    from grader.isolation.choice import Isolation
    from grader.kernel.kernels import Kernels
    from grader.processes.backend import Backend

    # Without a memo: what is tested is training, not remembering.
    with Kernels(Backend.best(), Isolation.AVAILABLE, training=TrainingOptions()) as kernels:
        yield kernels


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--record-evidence",
        action="store_true",
        help="run every variant for real and keep what was observed in tests/evidence",
    )
    parser.addoption(
        "--record-errors",
        action="store_true",
        help="keep what the common errors of students say in tests/shared/common_errors",
    )
    parser.addoption(
        "--update-docs",
        action="store_true",
        help="write the generated pages of docs/, and what students of strangers' assignments get, "
        "anew instead of comparing them",
    )
    parser.addoption(
        "--fuzz",
        type=int,
        default=300,
        metavar="N",
        help="how many random and mutated notebooks tests/prove reads; 20000 prove it",
    )
    parser.addoption(
        "--prove",
        action="store_true",
        help="run all of what is too much for every day: every point of a kill, every repetition, "
        "every forged submission",
    )
    parser.addoption(
        "--fuzz-seed", type=int, default=1, metavar="SEED", help="which notebooks those are"
    )
