"""A model that tells pictures by their colour is an argument like any other."""

import math
import sys
from typing import Any

import numpy as np
import pytest

from grader.authoring import ColourModel
from grader.values.decode import decode
from grader.values.encode import encode
from grader.values.libraries import put_together
from grader.values.wording import shown

MODEL = ColourModel((4, 6), (1.0, 0.5, -0.25), -0.5)


def picture(red: float, green: float, blue: float) -> Any:
    return np.full((4, 6, 3), (red, green, blue))


# A process that has imported Keras, as one of other tests may have, makes one of Keras' own.
@pytest.fixture(autouse=True)
def _no_keras(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "keras", raising=False)


def made(model: ColourModel = MODEL) -> Any:
    return decode(encode(model), put_together)


def test_it_adds_up_the_mean_of_each_channel() -> None:
    [[share]] = made().predict(picture(1, 0.5, 1)[None], verbose=0)
    assert share == pytest.approx(1 / (1 + math.exp(-0.5)))


def test_it_tells_channels_apart() -> None:
    [one], [other] = made().predict(np.stack([picture(1, 0, 0), picture(0, 0, 1)]))
    assert one > other


def test_it_may_be_called_too() -> None:
    assert made()(picture(1, 1, 1)[None]).shape == (1, 1)


@pytest.mark.parametrize("shape", [(4, 6, 3), (1, 6, 4, 3), (1, 4, 6), (1, 4, 6, 1)])
def test_pictures_of_another_shape_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="expected pictures of"):
        made().predict(np.zeros(shape))


def test_it_says_what_it_takes_and_puts_out() -> None:
    assert (made().input_shape, made().output_shape) == ((None, 4, 6, 3), (None, 1))


@pytest.mark.parametrize(
    ("size", "weights", "bias", "words"),
    [
        (4, (1, 1, 1), 0, "a height and a width, found 4"),
        ((4, 0), (1, 1, 1), 0, "a height and a width, found (4, 0)"),
        ((4, 4, 3), (1, 1, 1), 0, "a height and a width, found (4, 4, 3)"),
        ((4, 4), (1, 1), 0, "three colours and a bias, found (1, 1) and 0"),
        ((4, 4), 1, 0, "three colours and a bias, found 1 and 0"),
        ((4, 4), (1, 1, 1), None, "three colours and a bias, found (1, 1, 1) and None"),
    ],
)
def test_what_is_no_such_model_is_refused(size: Any, weights: Any, bias: Any, words: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the words are looked at
        ColourModel(size, weights, bias)
    assert words in str(caught.value)


def test_it_is_shown_by_the_pictures_that_it_takes() -> None:
    assert shown(MODEL) == "a model of pictures of 4 by 6"
