"""Whatever the grader takes ends as a training or with a reason: nothing crashes, nothing hangs."""

import json
import random
from itertools import islice

import pytest
from arrayed import written
from coloured import files, paint
from random_arrays import drawn_on_arrays
from random_datasets import drawn_on_datasets
from random_descriptions import drawn

from grader.errors import KernelFault
from grader.isolation.choice import Isolation
from grader.isolation.layers import applied
from grader.kernel.kernels import Kernels
from grader.processes.backend import Backend
from grader.processes.limits import Limits
from grader.trainers import Trainer
from grader.training.description import Description, to_json
from grader.training.refusals import Refused
from grader.training.results import Trained, TrainingPlan, go_on

FULL, EVERY_DAY = 200, 5
WAYS = ("files", "arrays", "datasets")
SECONDS = 30.0
Outcome = Trained | Refused | KernelFault


@pytest.fixture(scope="module", params=WAYS)
def outcomes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Description, Outcome]]:
    dataset = paint(tmp_path_factory.mktemp("faces"))
    arrays = written(tmp_path_factory.mktemp("arrays")) if request.param == "arrays" else {}
    origin = (Backend.best(), applied(Isolation.AVAILABLE))
    trainer = Trainer(origin, None if arrays else dataset, Limits())
    chance = random.Random(request.config.getoption("--fuzz-seed"))  # noqa: S311 - repeatable
    count = FULL if request.config.getoption("--prove") else EVERY_DAY
    of_files = drawn_on_datasets if request.param == "datasets" else drawn
    each = drawn_on_arrays(chance, arrays) if arrays else of_files(chance, files(dataset))
    plan = TrainingPlan(seed=1, epochs=1, seconds=SECONDS, arrays=arrays)
    with Kernels(Backend.best(), Isolation.AVAILABLE):
        return [(found, outcome(trainer, found, plan)) for found in islice(each, count)]


def outcome(trainer: Trainer, description: Description, plan: TrainingPlan) -> Outcome:
    try:
        return trainer.train(description, plan, go_on)
    except (Refused, KernelFault) as error:
        return error


def test_no_trainer_crashes_or_hangs(outcomes: list[tuple[Description, Outcome]]) -> None:
    lost = [json.dumps(to_json(each)) for each, end in outcomes if isinstance(end, KernelFault)]
    assert lost == []


def test_what_is_not_trained_has_a_reason(outcomes: list[tuple[Description, Outcome]]) -> None:
    reasons = [str(end) for _, end in outcomes if isinstance(end, Refused)]
    print(*reasons, sep="\n")
    assert all(reasons)


def test_most_are_trained(outcomes: list[tuple[Description, Outcome]]) -> None:
    trained = [end for _, end in outcomes if isinstance(end, Trained)]
    # A few may by chance be those that Keras does not train either.
    assert len(trained) > (len(outcomes) / 2 if len(outcomes) == FULL else 0)


def test_what_is_trained_is_measured(outcomes: list[tuple[Description, Outcome]]) -> None:
    for _, end in outcomes:
        if isinstance(end, Trained):
            assert len(end.epochs) == 1
            assert 0 <= end.measured.before <= 1
            assert 0 <= end.measured.accuracy <= 1
