import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from grader.inspection import passes
from grader.inspection.passes import never_changed

IMAGES = np.random.default_rng(1).random((12, 4, 4, 3))


class Anew:
    """What gives batches of what a function makes of the images, anew in each pass."""

    def __init__(self, made: Callable[[Any], Any]) -> None:
        self._made = made

    def __iter__(self) -> Iterator[Any]:
        images = self._made(IMAGES)
        return iter([(images[start : start + 5], None) for start in range(0, len(images), 5)])


def shuffled(images: Any) -> Any:
    return np.random.default_rng().permutation(images)


def brighter(images: Any) -> Any:
    return images * np.random.default_rng().random()


LEFT_OUT = itertools.cycle([0, 1])


def fewer(images: Any) -> Any:
    return np.delete(images, next(LEFT_OUT), axis=0)


@pytest.mark.parametrize("made", [np.array, shuffled])
def test_images_are_the_same_in_whatever_order(made: Callable[[Any], Any]) -> None:
    assert never_changed(Anew(made))


@pytest.mark.parametrize("made", [brighter, fewer])
def test_images_that_are_others_in_each_pass_are_not_the_same(made: Callable[[Any], Any]) -> None:
    assert not never_changed(Anew(made))


@pytest.mark.parametrize(
    "loader",
    [iter([(IMAGES, None)]), [], None, [(None, None)], (each for each in [(IMAGES, None)])],
    ids=["iterator", "empty", "nothing", "no images", "generator"],
)
def test_nothing_is_known_of_what_cannot_be_gone_through_twice(loader: Any) -> None:
    assert not never_changed(loader)


def test_nothing_is_known_of_what_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passes, "MAX_S", -1)
    assert not never_changed(Anew(np.array))


def test_random_numbers_of_the_notebook_stay_as_they_were() -> None:
    def drawn() -> float:
        np.random.seed(1)  # noqa: NPY002
        never_changed(Anew(lambda images: images * np.random.rand()))  # noqa: NPY002
        return np.random.rand()  # noqa: NPY002

    assert drawn() == np.random.RandomState(1).rand()
