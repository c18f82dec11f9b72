"""Which callback has stopped a training, and whether it does there what it does when tried."""

from pathlib import Path

import pytest
import stoppers
from made_parts import trained
from stoppers import BY_GRADER, BY_THE_CLASS, CASES, OTHERWISE

from grader.evidence import Evidence
from grader.kernel.job import Job
from grader.kernel.kernels import Kernels
from grader.kinds.callback.evidence import Callback
from grader.kinds.callback.part import StoppingCallback
from grader.kinds.callback.view.agreement import InTraining
from grader.kinds.kind import GradedPart
from grader.processes.limits import Limits
from grader.records import PlannedCell

NAME, THRESHOLD = "Callback", 0.999
LOGS = (0.0, 0.5, THRESHOLD, 0.9995, 1.0)
PROBES: dict[str, GradedPart] = {
    NAME: StoppingCallback(NAME, threshold=THRESHOLD, accuracies=LOGS),
    "train": trained(),
}
GIVEN = ("itself", "another", "same_name")
EITHER = [
    (way, case)
    for way, cases in (("kernel", CASES), ("grader", BY_GRADER), ("given", GIVEN))
    for case in cases
]


@pytest.fixture(scope="module")
def runs(images: Path, kernels: Kernels) -> dict[str, Evidence]:
    def run(cells: list[PlannedCell], epochs: int = 0) -> Evidence:
        job = Job(cells, PROBES, images, "faces", 1, Limits(), epochs=epochs)
        return kernels.run(job).evidence

    return {
        "kernel": run(stoppers.cells()),
        "grader": run(stoppers.cells(BY_GRADER, by_grader=True), epochs=20),
        "given": run(stoppers.cells(GIVEN, given=True)),
    }


def callback(evidence: Evidence) -> Callback | None:
    record = evidence.parts.get(("callback", NAME))
    return Callback.model_validate(record) if record else None


def in_training(runs: dict[str, Evidence], way: str, case: str) -> InTraining:
    evidence = runs[way]
    cases = [
        each for each in CASES if each in {"grader": BY_GRADER, "given": GIVEN}.get(way, CASES)
    ]
    return InTraining(NAME, callback(evidence), evidence.fits[cases.index(case)])


@pytest.mark.parametrize("way", ["kernel", "grader"])
def test_all_trainings_come_to_their_end(runs: dict[str, Evidence], way: str) -> None:
    assert runs[way].faults == []
    assert {(fit.finished, fit.path) for fit in runs[way].fits.values()} == {(True, way)}


@pytest.mark.parametrize(("way", "case"), EITHER)
def test_what_has_ended_a_training_is_the_graded_class_as_it_is_or_another(
    runs: dict[str, Evidence], way: str, case: str
) -> None:
    assert in_training(runs, way, case).ended_it(THRESHOLD) is (case in BY_THE_CLASS)


@pytest.mark.parametrize(("way", "case"), EITHER)
def test_a_callback_that_goes_on_where_it_stops_when_tried_is_seen_to(
    runs: dict[str, Evidence], way: str, case: str
) -> None:
    ignored = in_training(runs, way, case).ignored(THRESHOLD)
    assert ignored == ((1, 1.0) if case in OTHERWISE else None)


def test_an_object_of_another_class_of_the_same_name_is_none_of_the_graded_class(
    runs: dict[str, Evidence],
) -> None:
    assert in_training(runs, "kernel", "same_name").passed == []


@pytest.mark.parametrize("way", ["kernel", "grader"])
def test_after_a_training_a_callback_does_in_trials_what_it_did_before(
    runs: dict[str, Evidence], way: str
) -> None:
    tried = callback(runs[way])
    trials = tried.trials if tried else ()
    assert {trial.at_first for trial in trials} == {False, True}
    assert all(trial.stopped is trial.at_first for trial in trials)
