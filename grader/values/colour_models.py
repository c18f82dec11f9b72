"""Models that tell pictures by their mean colour: Keras' own, where a notebook has it."""

import math
import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.inspection.bounded import is_of
from grader.values.records import ColourModel

TAG = "colour model"


def taken_apart(value: Any) -> tuple[Any, ...] | None:
    """Return a tag and the parts of one that is to be made; None for anything else.

    Args:
        value: Anything.
    """
    return (TAG, value.size, value.weights, value.bias) if is_of(value, ColourModel) else None


def put_together(value: Any) -> Any:
    """Make a model of Keras of it where there is Keras; return anything else as it is.

    Args:
        value: As it was read.
    """
    if not isinstance(value, ColourModel):
        return value
    keras = sys.modules.get("keras")
    return PlainModel(value) if keras is None else _of_keras(value, keras)


def _of_keras(asked: ColourModel, keras: Any) -> Any:
    # Under names of its own and without a random number, so that the notebook gets all that it
    # would get without it: Keras numbers the layers that nobody has named.
    begins, count = keras.initializers.Constant, math.prod(asked.size)
    # A weight for each number of each pixel: pictures of another size raise, as a mean would not.
    weights, bias = begins(np.tile(asked.weights, count)[:, None] / count), begins(asked.bias)
    return keras.Sequential(
        [
            keras.Input((*asked.size, len(asked.weights)), name="picture"),
            keras.layers.Flatten(name="pixels"),
            keras.layers.Dense(
                1, "sigmoid", kernel_initializer=weights, bias_initializer=bias, name="share"
            ),
        ],
        name="by_colour",
    )


class PlainModel:
    """What such a model does, without Keras.

    Args:
        asked: What it is to be.
    """

    def __init__(self, asked: ColourModel) -> None:
        self._asked = asked
        self.input_shape = (None, *asked.size, len(asked.weights))
        self.output_shape = (None, 1)

    def predict(self, x: Any, **_: object) -> NDArray[np.float32]:
        """Return one number a picture, as an array of shape (pictures, 1).

        Args:
            x: Pictures of the size that it takes, in an array of four axes.

        Raises:
            ValueError: They have another shape.
        """
        pictures = np.asarray(x, np.float32)
        if pictures.shape[1:] != self.input_shape[1:]:
            raise ValueError(f"expected pictures of {self.input_shape}, found {pictures.shape}")
        sums = pictures.mean((1, 2)) @ np.array(self._asked.weights) + self._asked.bias
        return np.asarray(1 / (1 + np.exp(-sums)), np.float32)[:, None]

    __call__ = predict_on_batch = predict
