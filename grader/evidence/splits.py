"""What is known of a training on samples that are not, or need not be, trained on."""

from typing import Annotated

from pydantic import Field

from grader.checked import Checked, Curve, Name, Whole


class OnSplit(Checked):
    """What the grader measured of a training on a split that is not trained on.

    ``images`` are how many it has; ``before``, ``fresh``, ``accuracy`` and ``measured`` are as
    those of ``ByGrader``, and ``loss_before``, ``loss_fresh``, ``loss`` and ``losses`` the same of
    the loss, None and empty where nobody asked for it. ``evaluated`` is what ``evaluate`` has of it
    when training has ended, by name; empty where nobody asked.
    """

    images: Whole
    before: float
    accuracy: float
    measured: Curve = ()
    loss_before: float | None = None
    loss: float | None = None
    losses: Curve = ()
    fresh: float | None = None
    loss_fresh: float | None = None
    evaluated: Annotated[dict[Name, float], Field(max_length=50)] = {}  # noqa: RUF012 - pydantic copies it


class ValidationSamples(Checked):
    """What ``fit`` validated with in a training of arrays or datasets that the grader made.

    ``samples`` are so many of those ``there``, which ``split`` has; ``shared`` of them are trained
    on as well. ``untrained`` are labels that no sample has that is trained on. ``held_back`` says
    that ``validation_split`` has chosen the samples, and with them all those of such labels.
    """

    split: Name
    samples: Whole
    there: Whole
    shared: Whole = 0
    untrained: Annotated[tuple[int, ...], Field(max_length=100)] = ()
    held_back: bool = False
