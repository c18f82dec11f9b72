"""A hostile class: what isolation stops, what other defences stop, and what is left of it."""

import operator
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import settings
from hostile import HELD, SEALED, striking
from hostile.attack import Attack, calling, graded, required
from hostile.needs import NEEDS
from hostile.striking import Result
from hostile.surroundings import Surroundings

from grader.errors import UsageError
from grader.isolation.choice import Isolation
from grader.kernel.job import Run
from grader.kernel.kernels import Kernels
from grader.processes.template import AVAILABLE

pytestmark = pytest.mark.skipif(not AVAILABLE, reason="the class is written for Linux")
Go = Callable[..., Run]
LOAD = """\
import os
import numpy as np
from PIL import Image
def load():
    folders = [os.path.join("../data/faces", name) for name in ("happy", "sad")]
    files = [os.path.join(folder, sorted(os.listdir(folder))[0]) for folder in folders]
    return [(np.stack([np.array(Image.open(file).convert("RGB")) for file in files]), [0, 1])]"""
NEIGHBOUR = (
    graded("Callback", "import keras\nclass Callback(keras.callbacks.Callback): pass"),
    graded("load", LOAD),
    calling("load", "gen = load()"),
    required("print(gen[0][0].sum(), np.random.rand(), len(os.listdir('../data/faces/happy')))"),
)


# Of all that can run beside others, every so many.
STRIDE = 8
ID = operator.attrgetter("id")
Strike = Callable[[Attack, Isolation], Result]


def kernels(isolation: Isolation, places: int = 1) -> Kernels:
    try:
        return striking.with_floor(isolation, places)
    except UsageError as error:
        pytest.skip(str(error))


@pytest.fixture
def strike(go: Go, tmp_path: Path) -> Strike:
    def struck(attack: Attack, isolation: Isolation) -> Result:
        return striking.strike(go, attack, kernels(isolation), tmp_path)

    return struck


@pytest.fixture(scope="module", autouse=True)
def before(go: Go) -> Run:
    return go(*NEIGHBOUR, using=kernels(Isolation.NONE))


@pytest.mark.parametrize("attack", SEALED, ids=ID)
def test_an_attack_succeeds_without_isolation(go: Go, attack: Attack, tmp_path: Path) -> None:
    if not NEEDS[attack.needs]():
        pytest.skip(f"this system does not offer: {attack.needs}")
    assert striking.succeeds(go, attack, kernels(Isolation.NONE), tmp_path).harmed


@pytest.mark.parametrize("attack", SEALED, ids=ID)
def test_an_attack_fails_under_isolation(strike: Strike, attack: Attack) -> None:
    assert strike(attack, Isolation.STRICT).problems == set()


@pytest.mark.parametrize("attack", HELD, ids=ID)
def test_an_attack_fails_anyway(strike: Strike, attack: Attack) -> None:
    assert strike(attack, Isolation.AVAILABLE).problems == set()


@pytest.mark.parametrize("attack", HELD, ids=ID)
def test_an_attack_fails_without_isolation_too(
    strike: Strike, attack: Attack, pytestconfig: pytest.Config
) -> None:
    if not pytestconfig.getoption("--prove"):
        pytest.skip("it takes minutes, and --prove was not given")
    assert strike(attack, Isolation.NONE).problems == set()


@pytest.mark.parametrize("isolation", [Isolation.NONE, Isolation.STRICT])
def test_a_neighbour_of_the_class_is_as_it_was(go: Go, before: Run, isolation: Isolation) -> None:
    after = go(*NEIGHBOUR, using=kernels(isolation))
    assert after.evidence == before.evidence
    assert [cell.outputs for cell in after.notebook.cells] == [
        cell.outputs for cell in before.notebook.cells
    ]


def test_a_neighbour_is_graded_as_if_alone_while_the_class_runs(
    go: Go, before: Run, tmp_path: Path
) -> None:
    using = kernels(Isolation.STRICT, places=2)
    beside = [each for each in (*SEALED, *HELD) if not each.needs and not each.limits]
    with Surroundings(tmp_path) as around, ThreadPoolExecutor(2) as pool:
        struck = pool.submit(
            lambda: [striking.run(go, each, around, using) for each in beside[::STRIDE]]
        )
        after = [go(*NEIGHBOUR, using=using)]
        while not struck.done():
            after.append(go(*NEIGHBOUR, using=using))
    assert [each.evidence for each in after] == [before.evidence] * len(after)


def test_the_class_fails_without_root_s_rights_too(pytestconfig: pytest.Config) -> None:
    if not pytestconfig.getoption("--prove"):
        pytest.skip("it takes minutes, and --prove was not given")
    again = [sys.executable, "-m", "pytest", "-q", __file__, "-k", "under_isolation or anyway"]
    ended = subprocess.run(
        again, preexec_fn=settings.without_capabilities, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout
