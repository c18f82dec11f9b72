"""The usual ways to prepare arrays, from ``fit`` in a kernel to what the grader has trained on."""

from pathlib import Path

import digits
import prepared
import pytest
from prepared import DESCRIBED, SPLITS

from grader.evidence import Fit
from grader.fits.answered import Answered
from grader.kernel.kernels import Kernels
from grader.preparation.exact import same
from grader.preparation.rebuild import rebuild
from grader.preparation.records import Preparation
from grader.records import PlannedCell, Role

PREPARE = Path(prepared.__file__).read_text("utf-8")
FIT = """
import keras
for way in {ways!r}:
    x, y = DESCRIBED[way]()
    kind = "categorical" if y.ndim == 2 and y.shape[1] > 1 else "sparse_categorical"
    start = keras.Input(x.shape[1:])
    out = keras.layers.Dense(10, "softmax")(keras.layers.Flatten()(start))
    model = keras.Model(start, out)
    model.compile("sgd", f"{{kind}}_crossentropy", metrics=["accuracy"])
    model.fit(x, y, verbose=0)
"""
# As many are trained of one notebook; and as many of all are to be described.
MOST, LEAST = 10, 36
TO_TEST = [way for way in DESCRIBED if way.startswith("test_")]
TO_TRAIN = [way for way in DESCRIBED if way not in TO_TEST]
OWN = {f"digits/{name}": arrays for name, arrays in SPLITS.items()}


Made = tuple[Fit, Answered | None]


@pytest.fixture(scope="module")
def made(
    kernels: Kernels, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> dict[str, Made]:
    """Return what came of the ways in which arrays were prepared."""
    if not request.config.getoption("--prove"):
        pytest.skip("five kernels; --prove runs them")
    copy = digits.images(tmp_path_factory.mktemp("digits"))
    found: dict[str, Made] = {}
    for start in range(0, len(DESCRIBED), MOST):
        ways = [*DESCRIBED][start : start + MOST]
        cells = [PlannedCell(PREPARE, Role.REQUIRED), digits.trains(FIT.format(ways=ways))]
        run = digits.run(kernels, copy, cells)
        fits = [run.evidence.fits[number] for number in range(len(ways))]
        answered = [run.answered.get(-1 if fit.number is None else fit.number) for fit in fits]
        found |= dict(zip(ways, zip(fits, answered, strict=True), strict=True))
    return found


def test_most_are_trained_by_the_grader(made: dict[str, Made]) -> None:
    assert sum(fit.path == "grader" for fit, _ in made.values()) >= LEAST


@pytest.mark.parametrize("way", TO_TRAIN)
def test_the_grader_has_trained_on_these_arrays(made: dict[str, Made], way: str) -> None:
    fit, answered = made[way]
    assert (fit.path, fit.reason) == ("grader", "")
    assert answered is not None
    source = answered.description.loader
    assert isinstance(source, Preparation)
    again, (x, y) = rebuild(source, OWN), DESCRIBED[way]()
    assert same(again.x, x)
    assert same(again.y, y)


@pytest.mark.parametrize("way", TO_TEST)
def test_those_to_test_with_are_not_trained_on(made: dict[str, Made], way: str) -> None:
    fit, answered = made[way]
    assert (fit.path, fit.elsewhere, answered) == ("kernel", True, None)
    assert "test" in fit.reason
