import random
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader.inspection import counting
from grader.inspection.counting import Tally, count
from grader.inspection.levels import MAX_SHOWN
from grader.inspection.loaders import arrays, batches, contents, settings, undisturbed
from grader.inspection.shown import shown


class Directory:
    """What is looked at of a Keras DirectoryIterator."""

    n = 80
    num_classes = 2
    batch_size = 10
    target_size = (150, 150)
    class_mode = "binary"
    directory = "../data/happy_or_sad/"


class Dataset:
    """What is looked at of a tf.data.Dataset."""

    class_names = ("happy", "sad")

    def __init__(self, *lengths: int, endless: bool = False) -> None:
        self._lengths = lengths
        self._endless = endless

    def __iter__(self) -> Iterator[Any]:
        return iter([batch(length) for length in self._lengths])

    def cardinality(self) -> int:
        return -1 if self._endless else len(self._lengths)


class Sequence:
    """What is looked at of a keras.utils.Sequence; it ends by its length alone."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def __len__(self) -> int:
        return 3

    def __getitem__(self, index: int) -> Any:
        self.asked.append(index)
        return batch(4)


class Hostile:
    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(name)


def batch(length: int) -> tuple[Any, Any]:
    return np.full((length, 6, 5, 3), 0.5, dtype="float32"), np.arange(length) % 2


def endless() -> Iterator[Any]:
    while True:
        yield batch(10)


def draw() -> tuple[float, float]:
    return random.random(), np.random.rand()  # noqa: NPY002, S311


def counted(loader: Any) -> int | None:
    tally = Tally()
    return count(tally, tally.through(batches(loader)), loader)


def test_a_directory_iterator_says_everything_itself() -> None:
    assert settings(Directory()) == {
        "type": "Directory",
        "images": 80,
        "classes": 2,
        "batch_size": 10,
        "target_size": [150, 150],
        "class_mode": "binary",
        "directory": "../data/happy_or_sad/",
        "subset": None,
        "preprocessing": None,
        "augmentation": None,
    }


@pytest.mark.parametrize(
    ("changes", "described"),
    [
        ({}, {}),
        ({"rescale": 1 / 255}, {"rescale": 1 / 255}),
        ({"rescale": 1.0}, {}),
        ({"rescale": 0}, {}),
        ({"rescale": np.float64(0.5)}, {"rescale": 0.5}),
        ({"samplewise_center": True}, {"samplewise_center": 1.0}),
        ({"zca_whitening": np.True_}, {"zca_whitening": 1.0}),
        ({"preprocessing_function": abs}, {"preprocessing_function": 1.0}),
        ({"rotation_range": 40, "horizontal_flip": True}, {}),
    ],
)
def test_of_a_generator_those_settings_are_told_that_change_every_image_alike(
    changes: dict[str, Any], described: dict[str, float]
) -> None:
    assert settings(Directory(), SimpleNamespace(**changes))["preprocessing"] == described


def test_a_loader_without_attributes_says_its_type_only() -> None:
    said = settings(endless())
    assert {name for name, value in said.items() if value is not None} == {"type"}


def test_a_loader_whose_attributes_raise_says_its_type_only() -> None:
    assert settings(Hostile())["type"] == "Hostile"


def test_class_names_are_counted() -> None:
    assert settings(Dataset(10))["classes"] == 2


@pytest.mark.parametrize(
    ("loader", "images"),
    [
        (Dataset(10, 10, 3), 23),
        (Sequence(), 12),
        (iter([batch(10), batch(10)]), 20),
        ([batch(2), batch(2)], 4),
        (batch(7), 7),
        (Dataset(10, endless=True), None),
        (endless(), None),
    ],
)
def test_images_are_counted_where_they_end(loader: Any, images: int | None) -> None:
    assert counted(loader) == images


def test_counting_ends_after_enough_images() -> None:
    taken = []

    def generator() -> Iterator[Any]:
        for number in range(10_000):
            taken.append(number)
            yield batch(100)

    assert counted(generator()) is None
    assert len(taken) <= counting.MAX_IMAGES / 100 + 1


def test_counting_ends_after_enough_batches() -> None:
    assert counted(iter([batch(1)] * (counting.MAX_BATCHES + 2))) is None


def test_counting_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MAX_S", -1.0)
    assert counted(Dataset(1, 1)) is None


def test_a_batch_that_breaks_leaves_images_uncounted() -> None:
    def breaks() -> Iterator[Any]:
        yield batch(10)
        raise ValueError("a broken image")

    assert counted(breaks()) is None


def test_an_unbatched_dataset_has_one_image_an_element() -> None:
    images = [(np.zeros((6, 5, 3)), 0)] * 4
    assert counted(iter(images)) == 4


def test_a_sequence_is_read_by_index() -> None:
    sequence = Sequence()
    next(batches(sequence))
    assert sequence.asked == [0]


def test_an_empty_sequence_has_no_batch() -> None:
    assert next(batches([]), None) is None


def test_a_batch_without_labels_has_none() -> None:
    assert arrays(batch(2)[0])[1] is None


def test_contents_are_shapes_type_and_ranges() -> None:
    images = np.array([0, 51, 255], dtype="uint8").reshape(1, 3, 1, 1)
    assert contents(images, np.array([[1.0, 0.0]])) == {
        "batch_shape": [1, 3, 1, 1],
        "dtype": "uint8",
        "minimum": 0.0,
        "maximum": 255.0,
        "label_shape": [1, 2],
        "labels": [0.0, 1.0],
    }


def test_channels_first_is_recorded_as_it_is() -> None:
    assert contents(np.zeros((10, 3, 150, 150)), None)["batch_shape"] == [10, 3, 150, 150]


def test_an_empty_batch_has_no_range() -> None:
    assert "minimum" not in contents(np.zeros((0, 6, 5, 3)), None)


def test_what_is_no_number_has_no_range() -> None:
    assert "minimum" not in contents(np.array(["a"]), None)


def test_a_range_that_is_no_number_is_none() -> None:
    assert contents(np.array([np.nan]), None)["maximum"] is None


def test_labels_that_are_no_numbers_are_not_listed() -> None:
    assert contents(np.zeros(1), np.array(["happy"]))["labels"] == []


def test_at_most_ten_labels_are_listed() -> None:
    assert len(contents(np.zeros(1), np.arange(50))["labels"]) == 10


def test_looking_leaves_random_numbers_as_they_were() -> None:
    with undisturbed():
        expected = draw()
    with undisturbed():
        draw()
    assert draw() == expected


def pixels(images: Any, labels: Any = None) -> list[dict[str, Any]]:
    told = None if labels is None else np.asarray(labels)
    return list(shown(np.asarray(images), told))


IMAGES = np.zeros((2, 8, 12, 3))
# Pixels are told that lie in the middle of each of 4 by 4 parts.
IMAGES[0, 1, 1], IMAGES[1, 7, 10] = (1.0, 2.0, 3.0), (4.0, 5.0, 6.0)


def test_sixteen_pixels_of_each_image_are_told() -> None:
    assert [len(each["pixels"]) for each in pixels(IMAGES)] == [16, 16]


def test_they_are_spread_over_the_image() -> None:
    first, second = pixels(IMAGES)
    assert (first["pixels"][0], second["pixels"][-1]) == ([1.0, 2.0, 3.0], [4.0, 5.0, 6.0])


def test_an_image_may_be_smaller_than_that() -> None:
    assert pixels(np.ones((1, 1, 1, 1)))[0]["pixels"] == [[1.0]] * 16


@pytest.mark.parametrize("labels", [[0, 1], [[0], [1]], [[1, 0], [0, 1]], [0.0, 1.0]])
def test_labels_are_told_as_numbers(labels: list[Any]) -> None:
    assert [each["label"] for each in pixels(IMAGES, labels)] == [0.0, 1.0]


@pytest.mark.parametrize("labels", [None, IMAGES, ["happy", "sad"], []])
def test_what_tells_no_class_is_no_label(labels: Any) -> None:
    assert [each["label"] for each in pixels(IMAGES, labels)] == [None, None]


def test_an_image_that_comes_alone_is_told_with_its_label() -> None:
    [found] = pixels(IMAGES[1], 1)
    assert (found["pixels"][-1], found["label"]) == ([4.0, 5.0, 6.0], 1.0)


def test_at_most_fifty_images_are_told() -> None:
    assert len(pixels(np.zeros((60, 3, 3, 1)), range(60))) == MAX_SHOWN


@pytest.mark.parametrize("shape", [(2, 3, 4, 9), (0, 4, 4, 3), (7,)])
def test_no_pixels_are_told_of_what_are_no_images(shape: tuple[int, ...]) -> None:
    assert not any(each["pixels"] for each in pixels(np.zeros(shape)))
