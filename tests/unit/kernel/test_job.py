from pathlib import Path

import pytest

from grader.kernel.challenges import Challenges
from grader.kernel.job import Job
from grader.kernel.placed import Placed
from grader.kinds.callback.part import StoppingCallback
from grader.processes.limits import Limits
from grader.records import CellStatus, GradedPart, PlannedCell, ProbeRequest, Role

DEFINES = PlannedCell("def load(): ...", Role.GRADED, "load")
CALLS = PlannedCell("gen = load()", Role.REQUIRED, calls=frozenset({"load"}))
REQUEST = {"kind": "training", "name": "load", "variable": "gen"}
STOPS = PlannedCell("class Stop: ...", Role.GRADED, "Stop")
LAST = PlannedCell("Stop", Role.OPTIONAL)
TRAINS = PlannedCell("hist = train(gen)", Role.REQUIRED, calls=frozenset({"train"}))


def job(*, after_call: bool) -> Job:
    probe = ProbeRequest("training", "load", after_call=after_call, variable="gen")
    return Job((DEFINES, CALLS), {"load": probe}, Path("d"), "d", 1)


@pytest.mark.parametrize("ended", [CellStatus.DONE, CellStatus.RAISED])
def test_a_part_is_observed_after_the_cell_that_calls_it(ended: CellStatus) -> None:
    assert job(after_call=True).requests(CALLS, ended) == [REQUEST | {"again": True}]
    assert job(after_call=True).requests(DEFINES, ended) == []


def test_a_part_is_observed_after_the_cell_that_defines_it() -> None:
    assert job(after_call=False).requests(DEFINES, CellStatus.DONE) == [REQUEST | {"again": False}]
    assert job(after_call=False).requests(CALLS, CellStatus.DONE) == []


@pytest.mark.parametrize(("cell", "again"), [(STOPS, [False]), (CALLS, []), (TRAINS, [True])])
def test_a_callback_is_tried_when_it_is_defined_and_after_training(
    cell: PlannedCell, again: list[bool]
) -> None:
    probes: dict[str, GradedPart] = {
        "Stop": StoppingCallback("Stop", threshold=0.5, accuracies=(0.0, 1.0)),
        "train": ProbeRequest("training", "train"),
    }
    made = Challenges(Job((cell, LAST), probes, Path("d"), "d", 1))
    asked = made.requests(0, CellStatus.DONE)
    assert [each["again"] for each in asked if each["kind"] == "callback"] == again
    assert not made.requests(1, CellStatus.DONE)


@pytest.mark.parametrize("ended", [CellStatus.TIMED_OUT, CellStatus.FLOODED])
def test_what_did_not_end_is_not_called_again(ended: CellStatus) -> None:
    assert job(after_call=True).requests(CALLS, ended) == []


def test_a_message_may_be_longer_than_what_a_cell_may_print() -> None:
    limits = Limits(output_bytes=1000)
    assert limits.message_bytes > limits.output_bytes


FOLDER = Path("train")
SPLITS = (
    Placed("train", FOLDER, "data/d/train", labelled=True),
    Placed("validation", Path("valid"), "data/d/validation", labelled=True),
    Placed("test", Path("test.npz"), "data/d/test.npz"),
)


@pytest.mark.parametrize(
    ("split", "unshown"), [(None, False), ("train", False), ("validation", False), ("test", True)]
)
def test_what_is_loaded_from_a_file_is_not_shown_in_other_colours(
    split: str | None, *, unshown: bool
) -> None:
    probes = {"load": ProbeRequest("loader", "load", split=split)}
    made = Job((), probes, FOLDER, "d", 1, splits=SPLITS)
    assert ("load" in made.unshown) is unshown


def test_a_training_may_validate_with_other_class_folders() -> None:
    assert Job((), {}, FOLDER, "d", 1, splits=SPLITS).training.splits == ("valid",)
