from dataclasses import replace
from pathlib import Path

import pytest
from made_parts import trained

from grader.kernel.challenges import Challenges
from grader.kernel.job import Aims, Job
from grader.kernel.placed import Placed
from grader.kinds.callback.part import StoppingCallback
from grader.kinds.function.part import Function
from grader.kinds.kind import GradedPart
from grader.kinds.loader.part import ImageLoader
from grader.processes.limits import Limits
from grader.records import CellStatus, PlannedCell, Role

DEFINES = PlannedCell("def load(): ...", Role.GRADED, "load")
CALLS = PlannedCell("gen = load()", Role.REQUIRED, calls=frozenset({"load"}))
STOPS = PlannedCell("class Stop: ...", Role.GRADED, "Stop")
LAST = PlannedCell("Stop", Role.OPTIONAL)
TRAINS = PlannedCell("hist = train(gen)", Role.REQUIRED, calls=frozenset({"train"}))


def asked(part: GradedPart, ended: CellStatus = CellStatus.DONE) -> list[list[object]]:
    """Return whether a part is looked at again after each of two cells; [] if not at all."""
    made = Challenges(Job((DEFINES, CALLS, LAST), {"load": part}, Path("d"), "d", 1))
    return [[each["again"] for each in made.requests(place, ended)] for place in range(2)]


@pytest.mark.parametrize("ended", [CellStatus.DONE, CellStatus.RAISED])
@pytest.mark.parametrize("part", [ImageLoader("load", variable="gen"), trained("load", "gen")])
def test_a_part_is_observed_after_the_cell_that_calls_it(
    part: GradedPart, ended: CellStatus
) -> None:
    assert asked(part, ended) == [[], [True]]


def test_a_part_is_observed_after_the_cell_that_defines_it() -> None:
    assert asked(Function("load", cases=[()], reference=dict)) == [[False], [True]]


@pytest.mark.parametrize(("cell", "again"), [(STOPS, [False]), (CALLS, []), (TRAINS, [True])])
def test_a_callback_is_tried_when_it_is_defined_and_after_training(
    cell: PlannedCell, again: list[bool]
) -> None:
    probes: dict[str, GradedPart] = {
        "Stop": StoppingCallback("Stop", threshold=0.5, accuracies=(0.0, 1.0)),
        "train": trained(),
    }
    made = Challenges(Job((cell, LAST), probes, Path("d"), "d", 1))
    requests = made.requests(0, CellStatus.DONE)
    assert [each["again"] for each in requests if each["kind"] == "callback"] == again
    assert not made.requests(1, CellStatus.DONE)


@pytest.mark.parametrize("ended", [CellStatus.TIMED_OUT, CellStatus.FLOODED])
def test_what_did_not_end_is_not_called_again(ended: CellStatus) -> None:
    assert asked(ImageLoader("load", variable="gen"), ended) == [[], []]


def test_a_message_may_be_longer_than_what_a_cell_may_print() -> None:
    limits = Limits(output_bytes=1000)
    assert limits.message_bytes > limits.output_bytes


BOTH: dict[str, GradedPart] = {"train": trained(), "train_deep": trained("train_deep", "deep")}
CELLS = (DEFINES, TRAINS, replace(TRAINS, calls=frozenset({"train_deep"})), LAST)


def planned(seed: int = 1) -> list[tuple[int, bool]]:
    """Return seed and whether named ones are redrawn, for what each cell trains."""
    plans = Job(CELLS, BOTH, Path("d"), "d", seed).plans
    found = [plans.of(place) for place in range(len(CELLS))]
    return [(plan.seed, plan.redraws_seeds) for plan in found]


def test_what_the_first_function_trains_has_the_seed_of_the_run() -> None:
    assert planned()[1] == (1, False)


def test_what_other_calls_and_cells_train_has_seeds_of_its_own() -> None:
    own, first, deep, _ = planned()
    assert len({own[0], first[0], deep[0]}) == 3
    assert (own[1], deep[1]) == (True, True)


def test_cells_of_ones_own_have_the_same_seed_as_one_another() -> None:
    assert planned()[0] == planned()[-1]


def test_only_cells_of_ones_own_may_train_on_any_arrays() -> None:
    plans = Job(CELLS, BOTH, Path("d"), "d", 1).plans
    assert [plans.of(place).on_any for place in range(len(CELLS))] == [True, False, False, True]


def test_with_another_seed_all_trainings_have_other_ones() -> None:
    pairs = zip(planned(seed=1), planned(seed=2), strict=True)
    assert all(one[0] != other[0] for one, other in pairs)


def test_with_the_same_seed_all_trainings_have_the_same_ones() -> None:
    assert planned() == planned()


def test_a_training_may_have_the_memory_that_the_assignment_grants_a_run() -> None:
    job = Job((), {}, None, "d", 1, limits=Limits(memory_bytes=8 * 2**30))
    assert job.training("train").memory_bytes == 8 * 2**30


FOLDER = Path("train")
SPLITS = (
    Placed("train", FOLDER, "data/d/train", labelled=True),
    Placed("validation", Path("valid"), "data/d/validation", labelled=True),
    Placed("test", Path("test.npz"), "data/d/test.npz"),
)


def test_a_training_knows_the_places_of_all_class_folders() -> None:
    known = Job((), {}, FOLDER, "d", 1, splits=SPLITS).training().splits
    assert known == {"data/d/train": "train", "data/d/validation": "valid"}


@pytest.mark.parametrize(
    ("name", "targets", "place"),
    [
        ("validation", (0.9,), "data/d/validation"),
        ("validation", (), ""),
        ("test", (0.9,), ""),
        (None, (0.9,), ""),
    ],
    ids=["a goal", "no goal", "no class folders", "no split"],
)
def test_the_split_for_validation_is_measured_where_a_goal_is_about_it(
    name: str | None, targets: tuple[float, ...], place: str
) -> None:
    apart = {"validation": name} if name else {}
    aims = {
        "": Aims(validation_targets=targets, measured_on=frozenset(["validation"][: len(targets)]))
    }
    job = Job((), {}, FOLDER, "d", 1, splits=SPLITS, apart=apart, aims=aims)
    assert (job.training().validation, bool(job.training().validation_targets)) == (
        place,
        bool(place),
    )
