"""What a student's function returned is looked at without taking memory or time for it."""

import tracemalloc
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.inspection import bounded, counting, loaders
from grader.inspection.bounded import extent, items, size
from grader.inspection.counting import Tally, count
from grader.inspection.models import describe
from grader.inspection.shown import shown
from grader.probe.calls import callbacks_of, curves

MOST = 100 * 2**20
HUGE = np.broadcast_to(np.float32(0.5), (10**6, 1000, 1000))


class Allocating:
    """Offers to be made an array, which would take all memory."""

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return np.zeros(10**13, dtype, copy)


class Itself:
    """A sequence whose items are sequences of itself, as a loader in a list is to NumPy."""

    def __len__(self) -> int:
        return 10**9

    def __getitem__(self, index: int) -> Any:
        return self


class Answering:
    """Answers every question about it with itself."""

    def __getattr__(self, name: str) -> Any:
        return self

    def __call__(self) -> Any:
        return self


class Derived(np.ndarray[Any, Any]):
    """An array that would copy itself whenever a part of it is asked for."""

    def __getitem__(self, index: Any) -> Any:
        raise MemoryError


def endless() -> Iterator[Any]:
    while True:
        yield endless()


@pytest.fixture(autouse=True)
def memory() -> Iterator[None]:
    """Nothing of what is looked at here takes memory."""
    tracemalloc.start()
    yield
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MOST


@pytest.mark.parametrize(
    "value",
    [Allocating(), Itself(), Answering(), endless(), cycle([1]), object(), None, "text", b"text",
     {"a": 1}, {1}, np.zeros, np.array([object()]), [[1]], [np.zeros(3)], (), range(3),
     [0] * (bounded.MAX_SCALARS + 1), 10**400],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_what_is_no_array_is_not_made_one(value: Any) -> None:
    assert (extent(value), items(value), size(value)) == (None, None, 0)


def test_a_list_that_holds_itself_is_no_array() -> None:
    listed: list[Any] = []
    listed.append(listed)
    assert extent(listed) is None


@pytest.mark.parametrize(
    ("value", "shape"),
    [(np.zeros((2, 3)), (2, 3)), (1, ()), (1.5, ()), (True, ()), (np.int64(1), ()), ([0, 1], (2,)),
     ((0.5, np.float32(1)), (2,)), (np.array("a"), ()), (HUGE, HUGE.shape)],
)  # fmt: skip
def test_an_array_has_a_shape(value: Any, shape: tuple[int, ...]) -> None:
    assert extent(value) == shape


def test_of_a_huge_array_there_are_the_first_items() -> None:
    first = items(HUGE)
    assert first.shape[1:] == HUGE.shape[1:]
    assert 0 < first.nbytes <= bounded.MAX_BYTES


def test_one_item_may_be_too_large_already() -> None:
    assert items(np.broadcast_to(0.5, (2, 10**6, 10**6))) is None


def test_a_file_in_memory_is_no_more_than_its_beginning(tmp_path: Path) -> None:
    (tmp_path / "images").touch()
    mapped = np.memmap(tmp_path / "images", np.uint8, "w+", shape=(2**33,))
    assert len(items(mapped)) == bounded.MAX_BYTES


def test_a_class_derived_from_an_array_s_is_an_array_as_numpy_has_it() -> None:
    assert type(items(np.zeros((2, 2)).view(Derived))) is np.ndarray


@pytest.mark.parametrize("labels", [HUGE, np.broadcast_to(1, 10**12), Allocating(), Itself()])
def test_labels_may_be_without_end(labels: Any) -> None:
    images, told = loaders.arrays((np.zeros((2, 4, 4, 3)), labels))
    assert loaders.contents(images, told)["batch_shape"] == [2, 4, 4, 3]
    assert len(list(shown(images, told))) == 2


def test_of_a_huge_batch_the_whole_shape_is_told() -> None:
    assert loaders.lengths((HUGE, HUGE)) == {
        "batch_shape": list(HUGE.shape),
        "label_shape": list(HUGE.shape),
    }


@pytest.mark.parametrize(
    "loader", [cycle([(np.zeros((1, 4, 4, 3)), 0)]), [(HUGE, 0)] * 10**6, [(Itself(), 0)] * 10**6]
)
def test_counting_images_takes_no_memory(loader: Any) -> None:
    tally = Tally()
    assert count(tally, tally.through(loaders.batches(loader)), loader) is None


def test_counting_ends_after_enough_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    image = np.zeros((1, 4, 4, 3))
    monkeypatch.setattr(counting, "MAX_BYTES", 10 * image.nbytes)
    tally, batches = Tally(), iter([(image, 0)] * 12)
    assert count(tally, tally.through(batches), batches) is None


def test_a_setting_that_is_no_number_is_not_read() -> None:
    class Set:
        n = "9" * 2**24
        batch_size = Itself()
        target_size = Itself()
        class_mode = [np.zeros(10)] * 10**6
        directory = HUGE
        class_names = Itself()

    found = loaders.settings(Set())
    assert {found[name] for name in ("images", "batch_size", "target_size", "classes")} == {None}
    assert (found["class_mode"], found["directory"]) == ("list", "ndarray")


def test_callbacks_may_hold_themselves() -> None:
    listed: list[Any] = [object()]
    listed.append(listed)
    assert 1 < len(list(callbacks_of(listed))) <= 50


def test_curves_may_be_without_end() -> None:
    class Endless(dict[str, Any]):
        def items(self) -> Any:
            return cycle([("loss", [0.5])])

    class Result:
        history = Endless()

    assert curves(Result()) == {"loss": [0.5]}


def test_layers_and_their_settings_may_hold_themselves() -> None:
    class Layer:
        strides: Any = {}  # noqa: RUF012 - of a student's making
        layers = Itself()

    Layer.strides[0] = Layer.strides
    model = type("Model", (), {"layers": [Layer()]})()
    [found] = describe(model)["layers"]
    assert found["settings"]["strides"] is None
