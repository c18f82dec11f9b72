"""The same submission gets the same report, whatever is graded beside it and in whatever order."""

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from happy_or_sad.submission import BODY, FLAT, INPUT, LOADER, OUT, TRAINER, Variant, model
from steady import steady

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.batch import submissions
from grader.batch.local import Grading, grade_all
from grader.isolation.choice import Isolation
from grader.kernel.kernels import Kernels
from grader.pipeline import Choice, Pipeline
from grader.processes.backend import Backend
from grader.processes.limits import Limits
from grader.processes.template import AVAILABLE

TIMES = 10
QUICK = Limits(cell_s=20, grace_s=3)
BRIEF = "train_generator, epochs=3, callbacks=[callbacks]"
HEADER = "def image_generator():\n"
AUGMENTED = (
    LOADER,
    "ImageDataGenerator(",
    "ImageDataGenerator(rotation_range=20, zoom_range=0.2, horizontal_flip=True, ",
)
SMALL = (INPUT, *BODY, FLAT, 'Dense(16, activation="relu")', OUT)
# Random numbers of every kind: initial weights, order, augmentation, dropout.
CLASS = (
    Variant("plain", "", cells=model(*SMALL, fit=BRIEF)),
    Variant("augmented", "", (AUGMENTED,), cells=model(*SMALL, fit=BRIEF)),
    Variant(
        "dropout",
        "",
        cells=model(
            INPUT, *BODY, "BatchNormalization()", FLAT, "Dropout(0.3)", OUT,
            optimizer="optimizers.Adam()", fit=BRIEF,
        ),
    ),
    Variant("failing", "", ((TRAINER, "model.fit(", "model.fit(no_such_name, "),)),
    Variant("never-ending", "", ((LOADER, HEADER, f"{HEADER}    while True:\n        pass\n"),)),
)  # fmt: skip


@pytest.fixture(scope="module")
def klass(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repeated")
    for variant in CLASS:
        nbformat.write(variant.notebook(), folder / f"{variant.id}.ipynb")
    return folder


def grade(klass: Path, out: Path, backend: Backend, order: int) -> dict[str, dict[str, Any]]:
    entries = submissions.find([klass])
    random.Random(order).shuffle(entries)  # noqa: S311 - an order, not a secret
    with Kernels(backend, Isolation.NONE) as kernels:
        pipeline = Pipeline(kernels, Choice([replace(happy_or_sad, limits=QUICK)]))
        made = grade_all(Grading(pipeline, out, jobs=2, quiet=True), entries)
    return {each.submission.id: steady(each.model_dump(mode="json")) for each in made.reports}


@pytest.fixture(scope="module")
def first(klass: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    return grade(klass, tmp_path_factory.mktemp("first"), Backend.best(), 0)


def test_the_class_ends_as_it_should(first: dict[str, dict[str, Any]]) -> None:
    endings = {name: report["execution"]["status"] for name, report in first.items()}
    assert endings == {
        "augmented": "done",
        "dropout": "done",
        "failing": "cell_failed",
        "never-ending": "cell_timed_out",
        "plain": "done",
    }


@pytest.mark.parametrize("order", range(1, TIMES))
def test_every_report_is_the_same_again(
    order: int,
    klass: Path,
    tmp_path: Path,
    first: dict[str, dict[str, Any]],
    request: pytest.FixtureRequest,
) -> None:
    if not request.config.getoption("--prove"):
        pytest.skip("one of many; --prove repeats it")
    assert grade(klass, tmp_path, Backend.best(), order) == first


@pytest.mark.skipif(not AVAILABLE, reason="kernels cannot be forked here")
def test_a_fresh_kernel_gives_the_same(
    klass: Path, tmp_path: Path, first: dict[str, dict[str, Any]]
) -> None:
    reports = grade(klass, tmp_path, Backend.FRESH, TIMES)
    for report in reports.values():
        assert report["provenance"].pop("kernel") == "fresh"
    assert reports == {name: _of_any_kernel(report) for name, report in first.items()}


def _of_any_kernel(report: dict[str, Any]) -> dict[str, Any]:
    provenance = {name: value for name, value in report["provenance"].items() if name != "kernel"}
    return report | {"provenance": provenance}
