"""What observations are made of: sizes and kinds are all checked."""

import math
from typing import Annotated, Literal

from pydantic import Field

from grader.checked import Checked, Name, Shape, Whole


def finite(value: float | None) -> float | None:
    """Return a number that JSON can express, or None."""
    return value if value is not None and math.isfinite(value) else None


class Layer(Checked):
    """One layer; ``settings`` holds the scalar arguments that checks ask for.

    ``idle`` says of a layer that the grader trained why it is as if it were not there: its kernel
    was not trained; the output is the same without it; of a convolution, a dense layer has mixed
    all places of the image before it; or, of pooling, no convolution comes before it or none after
    it. None where it does something, and where that is not known.
    """

    name: Name
    type: Name
    bases: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    output_shape: Shape | None = None
    parameters: Whole | None = None
    idle: Literal["untrained", "without_effect", "beside", "behind_dense"] | None = None
    settings: Annotated[
        dict[Name, bool | Whole | float | Name | Shape | None], Field(max_length=50)
    ] = {}  # noqa: RUF012 - pydantic copies it


class Metric(Checked):
    """A metric as Keras logs it: its name there, what it measures, whether it is not Keras' own."""

    name: Name
    type: Name
    own: bool = False


class Compilation(Checked):
    """Arguments of ``compile``, resolved to Keras' own names where they have one.

    ``own_loss`` tells that the loss is a function or of a class that is not Keras' own.
    """

    loss: Name | None
    own_loss: bool = False
    from_logits: bool = False
    optimizer: Name | None = None
    learning_rate: float | None = None
    metrics: Annotated[tuple[Metric, ...], Field(max_length=50)] = ()


class PassedCallback(Checked):
    """A callback as ``fit`` was given it; ``names`` are those of its classes.

    ``part`` is the graded name of the class that it is an object of, empty if there is none;
    ``stopped`` tells whether it was the one that asked to stop. None where it was not looked at.
    """

    names: Annotated[tuple[Name, ...], Field(max_length=20)]
    is_class: bool = False
    part: Name | None = None
    stopped: bool | None = None


class Examined(Checked):
    """What a model has learnt that its kernel trained: no kernel says this.

    ``by`` says what was measured: its weights outside, or what it predicts of images that it has
    not seen. ``turned`` tells by how many classes the class folders were shifted, ``before`` and
    ``after`` are shares of images classified correctly; None where it is not known.
    """

    by: Literal["weights", "predictions", "nothing"]
    turned: Whole = 0
    before: float | None = None
    after: float | None = None
