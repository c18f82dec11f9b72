"""Arrays as the grader writes them down and opens them again: as they lie in memory."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from grader.datasets import pairs
from grader.preparation import values
from grader.preparation.exact import same
from grader.preparation.features import picked
from grader.preparation.files import opened
from grader.preparation.rebuild import rebuild
from grader.preparation.recognise import Unrecognised, recognise
from grader.preparation.records import LabelledArrays

Array = NDArray[np.float32]
CHANCE = np.random.default_rng(3)
# As keras.datasets.cifar10 gives them: the channels of an image lie one after the other.
CHANNELS_FIRST = CHANCE.integers(0, 256, (300, 3, 9, 7), "uint8")
X, Y = CHANNELS_FIRST.transpose(0, 2, 3, 1), np.arange(300).reshape(-1, 1) % 10


def written(folder: Path, x: NDArray[np.uint8] = X) -> dict[str, LabelledArrays]:
    pairs.write((x, Y[: len(x)]), folder / "train")
    return {"train": opened(str(folder / "train"))}


ORDERS = {
    "as it is written": np.ascontiguousarray(X),
    "channels first": X,
    "columns first": np.asfortranarray(X),
    "backwards": X[::-1],
    "every other": X[::2],
}


@pytest.mark.parametrize("how", ORDERS)
def test_samples_are_what_they_were(tmp_path: Path, how: str) -> None:
    assert np.array_equal(written(tmp_path, ORDERS[how])["train"].x, ORDERS[how])


@pytest.mark.parametrize("how", ["as it is written", "channels first", "columns first"])
def test_samples_lie_in_memory_as_they_did(tmp_path: Path, how: str) -> None:
    assert written(tmp_path, ORDERS[how])["train"].x.strides == ORDERS[how].strides


def by_channel(x: Array) -> Array:
    return np.asarray((x - x.mean(axis=(0, 1, 2))) / x.std(axis=(0, 1, 2)))


def by_all(x: Array) -> Array:
    return np.asarray((x - np.mean(x)) / (np.std(x) + 1e-7))


WAYS: dict[str, Callable[[Array], Array]] = {"channels": by_channel, "all": by_all}


@pytest.mark.parametrize("way", WAYS)
def test_statistics_are_the_same_to_the_last_bit(tmp_path: Path, way: str) -> None:
    splits = written(tmp_path)
    x = WAYS[way](X.astype("float32"))
    found = recognise(x, Y, splits)
    assert same(rebuild(found, splits).x, x)


@pytest.mark.parametrize("way", WAYS)
def test_statistics_that_take_too_much_memory_are_not_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    splits = written(tmp_path)
    monkeypatch.setattr(values, "MOST_BYTES", 2 * 4 * X.size - 1)
    with pytest.raises(Unrecognised):
        recognise(WAYS[way](X.astype("float32")), Y, splits)


def test_without_statistics_samples_take_as_much_as_they_like(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    splits = written(tmp_path)
    monkeypatch.setattr(values, "MOST_BYTES", 0)
    assert recognise(X / 255, Y, splits).split == "train"


@pytest.mark.parametrize("array", [X, X[:, 0, 0, 0], X.reshape(300, -1)], ids=["4", "1", "2"])
def test_a_few_features_are_those_of_samples_in_rows(array: NDArray[np.uint8]) -> None:
    rows = array.reshape(len(array), -1)
    columns = np.arange(rows.shape[1])[::-2]
    assert np.array_equal(picked(array, columns), rows[:, columns])
