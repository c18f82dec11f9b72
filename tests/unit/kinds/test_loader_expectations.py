"""What is said of loaders of every make: nothing that is not there is ever shown."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from happy_or_sad.submission import LOADER
from hypothesis import given
from hypothesis import strategies as st

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.checks.observed import Observation
from grader.evidence import (
    ConvolutionInput,
    Evidence,
    Fit,
    Loader,
    Model,
    Raised,
    Returned,
    Unprobed,
)
from grader.kinds.loader import view as loaders
from grader.records import (
    CellRun,
    CellStatus,
    CheckResult,
    Execution,
    ExecutionStatus,
    Layout,
    Plan,
    PlannedCell,
    Role,
    Status,
)

Judge = Callable[..., dict[str, CheckResult]]
LOADING = ["images_found", "batch_size", "target_size", "class_mode", "pixels_scaled"]
TRAINING = ["epochs_asked", "target_reached", "stopped_by_callback", "history_returned"]
TUPLE = Returned(kind="collection", words="a tuple of 2")
SAID = "image_generator returned a tuple of 2; expected what flow_from_directory gives."
AXES = st.none() | st.lists(st.none() | st.integers(0, 10**12), max_size=8).map(tuple)
COUNT = st.none() | st.integers(0, 10**12)
NUMBER = st.none() | st.floats(allow_nan=False, allow_infinity=False)
SHOWN = st.fixed_dictionaries(
    {
        "images": COUNT, "classes": COUNT, "batch_size": COUNT, "target_size": AXES,
        "class_mode": st.none() | st.sampled_from(["binary", "categorical", "input"]),
        "batch_shape": AXES, "label_shape": AXES, "minimum": NUMBER, "maximum": NUMBER,
        "labels": st.lists(NUMBER, max_size=10).map(tuple),
    }
)  # fmt: skip


def seen(**fields: Any) -> Loader:
    return Loader(kind="loader", name=LOADER, **{"type": "Loader", **fields})


OTHERWISE = seen(type="tuple", returned=TUPLE)


@given(shown=SHOWN)
def test_no_check_shows_what_is_not_there(judged: Judge, shown: dict[str, Any]) -> None:
    results = judged(seen(**shown))
    for result in (results[name] for name in LOADING):
        assert result.status is not Status.ERRORED
        assert result.expected or result.status is not Status.PASSED
        assert result.actual.strip()
        assert not re.search(r"\bNone\b|labels of shape|: *$", result.actual)


@pytest.mark.parametrize(
    ("loader", "found"),
    [
        (seen(images=80), "80 images of 2 classes"),
        (seen(images=0), "0 images of 0 classes"),
        (seen(images=None), "images that could not be counted"),
        (seen(images=81, classes=3), "81 images of 3 classes"),
    ],
)
def test_images_are_those_that_were_counted(loader: Loader, found: str) -> None:
    assert loaders.finds(loader, 80, 2).actual == found


@pytest.mark.parametrize(
    ("loader", "found"),
    [
        (seen(batch_size=5, batch_shape=(4, 8, 8, 3)), "batches of 5"),
        (seen(batch_shape=(4, 8, 8, 3)), "batches of 4"),
        (seen(batch_shape=(4, 8, 8)), "batches of 4"),
        (seen(batch_shape=(8, 8, 3)), "images that do not come in batches"),
        (seen(), "images that do not come in batches"),
    ],
)
def test_batches_are_as_large_as_they_come(loader: Loader, found: str) -> None:
    assert loaders.batches_of(loader, 10).actual == found


@pytest.mark.parametrize(
    ("loader", "found"),
    [
        (seen(target_size=(8, 9)), "8 x 9"),
        (seen(batch_shape=(4, 8, 9, 3)), "8 x 9"),
        (seen(batch_shape=(8, 9, 3)), "8 x 9"),
        (seen(batch_shape=(4, 192)), "192"),
        (seen(target_size=(None, 9)), "any x 9"),
        (seen(), "no size"),
    ],
)
def test_images_are_as_large_as_they_come(loader: Loader, found: str) -> None:
    assert loaders.sized(loader, 150, 150).actual == found


@pytest.mark.parametrize(
    ("loader", "found"),
    [
        (seen(label_shape=(4,), labels=(0, 2)), "labels 0, 2"),
        (seen(label_shape=(4, 1), labels=(0, 1)), "labels 0, 1"),
        (seen(label_shape=(4, 2), labels=(0, 1)), "labels of 2 numbers each: 0, 1"),
        (seen(label_shape=(4,)), "labels that are no numbers"),
        (seen(), "no labels"),
        (seen(class_mode="categorical"), "class_mode categorical"),
    ],
)
def test_labels_are_said_as_they_come(loader: Loader, found: str) -> None:
    assert loaders.binary_labels(loader).actual == found


def test_a_loader_whose_images_cannot_be_read_is_told_with_what_it_raised(judged: Judge) -> None:
    raised = Raised(name="OSError", message="a broken image")
    unprobed = Unprobed(kind="unprobed", name=LOADER, error=raised)
    results = judged(seen(images=80, classes=2, batch_size=10), unprobed)
    assert results["batch_size"].status is Status.PASSED
    assert results["pixels_scaled"].actual == "image_generator raised OSError: a broken image."


@pytest.mark.parametrize(
    "message",
    ["Unrecognized data type: x=(<DirectoryIterator object>, <DirectoryIterator object>)",
     "'tuple' object has no attribute 'samples'", "'tuple' object is not callable"],
)  # fmt: skip
def test_what_comes_of_it_in_training_is_told_once_and_as_the_loader_s(
    judged: Judge, message: str
) -> None:
    results = judged(OTHERWISE, raised=Raised(name="ValueError", message=message))
    told = [result.id for result in results.values() if result.status is Status.FAILED]
    assert told == ["images_found"]
    assert {results[name].actual for name in (*LOADING, *TRAINING)} == {SAID}


def test_what_has_another_reason_in_training_is_told_as_well(judged: Judge) -> None:
    results = judged(
        OTHERWISE, raised=Raised(name="NameError", message="name 'units' is not defined")
    )
    assert results["input_shape"].status is Status.FAILED
    assert results["input_shape"].actual == (
        "train_happy_sad_model raised NameError: name 'units' is not defined."
    )


def test_a_training_that_ended_well_is_judged_all_the_same(judged: Judge) -> None:
    fit = Fit(kind="fit", index=0, model="m", epochs=20, finished=True)
    model = Model(kind="model", key="m", type="Sequential")
    scale = ConvolutionInput(kind="convolution_input", model="m", minimum=0, maximum=1)
    results = judged(OTHERWISE, fit, model, scale)
    assert results["epochs_asked"].status is Status.PASSED
    assert {results[name].actual for name in LOADING} == {SAID}


@pytest.mark.parametrize("probed", [True, False])
def test_what_takes_too_much_only_when_it_is_looked_at_is_told_so(*, probed: bool) -> None:
    message = "The notebook used more than 6.0 GiB of memory."
    run = CellRun(CellStatus.DIED, probed=probed)
    execution = Execution(ExecutionStatus.MEMORY, (run,), seed=1, message=message)
    loading = PlannedCell("gen = load()", Role.REQUIRED, calls=frozenset({LOADER}))
    plan = Plan(Layout("kit", "", ()), (loading,))
    seen = Observation(plan, execution, Evidence(), happy_or_sad.by_name, 80, 2)
    when = "was called once more, to see what it gives, and the kernel ended"
    assert (when in seen.absent(LOADER).reason) == probed
    assert seen.absent(LOADER).reason.endswith(message)
