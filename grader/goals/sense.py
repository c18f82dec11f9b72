"""Refuses goals that nobody can have meant, and says what to write instead."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.goals.goal import Direction, Quantity

# The share of examples classified correctly, by Keras' two words for it.
ACCURACY = frozenset({"accuracy", "acc"})
SPLITS = ("training", "validation", "test")

_PERCENTAGES = frozenset({*ACCURACY, "precision", "recall"})
_RISING = ("at_least", "above")


def is_accuracy(metric: str) -> bool:
    """Whether a name is that of an accuracy, such as ``sparse_categorical_accuracy``."""
    return metric in ACCURACY or metric.endswith("_accuracy")


def is_share(metric: str) -> bool:
    """Whether a name is that of a metric from 0 to 1, the better the higher."""
    return metric == "auc" or is_percentage(metric)


def is_percentage(metric: str) -> bool:
    """Whether a name is that of a metric whose values are written as percentages."""
    return metric in _PERCENTAGES or is_accuracy(metric)


def _is_loss(metric: str) -> bool:
    return metric in {"loss", "mse", "mae"} or metric.endswith(("_loss", "_error"))


def require_quantity(metric: str, split: str) -> None:
    """Refuse a number that no training has."""
    if split not in SPLITS:
        raise GraderError(f"{split!r} is no split. Write one of {', '.join(SPLITS)}.")
    if not isinstance(metric, str) or not metric.strip():
        raise GraderError(
            f"A metric is named as the history logs it, such as 'accuracy'; found {metric!r}."
        )
    known = metric.strip().lower()
    if metric != known and known in (*ACCURACY, "loss"):
        raise GraderError(f"{metric!r} is in no history. Write {known!r}.")
    if metric.startswith("val_"):
        raise GraderError(
            f"{metric!r} is the {metric[4:]} of validation data. Write "
            f"metric={metric[4:]!r} and split='validation'."
        )


def require_one_bound(bounds: Mapping["Direction", float | None]) -> None:
    """Refuse none or several bounds, and those that are no numbers."""
    given = {name: bound for name, bound in bounds.items() if bound is not None}
    if len(given) != 1:
        found = " and ".join(given) or "none"
        raise GraderError(
            f"A goal has one bound of {', '.join(bounds)}; found {found}. Write one, such as "
            "at_least=0.9."
        )
    for name, bound in given.items():
        if isinstance(bound, bool) or not isinstance(bound, int | float):
            raise GraderError(
                f"A bound is a number; {name}={bound!r} is none. Write one, such as 0.9."
            )
        if not math.isfinite(bound):
            raise GraderError(
                f"A bound is a finite number; {name}={bound!r} is none. Write one, such as 0.9."
            )


def require_time(epochs: Mapping[str, int | None], split: str, *, at_end: bool) -> None:
    """Refuse several times, and epochs that are none."""
    given = {name: epoch for name, epoch in epochs.items() if epoch is not None}
    named = [*given, *(["at_end"] if at_end else [])]
    if len(named) > 1:
        raise GraderError(
            f"A goal has one time at most; found {' and '.join(named)}. Leave all but one out."
        )
    for name, epoch in given.items():
        first = 2 if name == "before_epoch" else 1
        if isinstance(epoch, bool) or not isinstance(epoch, int) or epoch < first:
            raise GraderError(
                f"Epochs are whole numbers and count from 1, so {name} is {first} or more; "
                f"found {epoch!r}. Write such a number."
            )
        if split == "test":
            raise GraderError(
                f"Test data are looked at when training has ended. Leave {name} out, or write "
                "split='validation'."
            )


def require_bound(metric: str, direction: "Direction", bound: float) -> None:
    """Refuse a bound that every training keeps, that none can, or of the wrong side."""
    if _is_loss(metric) and direction in _RISING:
        raise GraderError(
            f"A {metric} is the better the lower, and high before any training. Write at_most or "
            f"below in place of {direction}."
        )
    if not is_share(metric):
        return
    said = f"{direction}={bound:g}"
    if not 0 <= bound <= 1:
        raise GraderError(
            f"The {metric} is a share from 0 to 1, so {said} is none. Write 0.9 for 90 %."
        )
    if direction not in _RISING:
        raise GraderError(
            f"The {metric} is the better the higher, and low before any training. Write at_least "
            f"or above in place of {direction}."
        )
    if said in ("at_least=0", "above=1"):
        who = "Every" if bound == 0 else "No"
        raise GraderError(f"{who} training comes to that: {said}. Write a share between 0 and 1.")


def require_kind(minus: object, kind: type) -> None:
    """Refuse to take away what is no number of a training."""
    if not isinstance(minus, kind):
        raise GraderError(
            f"minus is a Quantity; found {minus!r}. Write Quantity('accuracy', 'validation')."
        )


def require_difference(metric: str, direction: "Direction", bound: float, other: str) -> None:
    """Refuse a bound of a difference that every training keeps, or none can."""
    if is_share(metric) is not is_share(other):
        raise GraderError(
            f"A difference is of two numbers of one kind; {metric} and {other} are of two."
        )
    if is_share(metric) and not -1 < bound < 1:
        raise GraderError(
            f"Two shares differ by less than 1, so there is no sense in {direction}={bound:g}. "
            "Write 0.05 for 5 percentage points."
        )


def require_another(quantity: "Quantity", minus: "Quantity") -> None:
    """Refuse the difference of a number and itself."""
    if quantity == minus:
        raise GraderError(
            f"The {quantity.split} {quantity.metric} minus itself is always 0. Name another metric "
            "or split, or first_epoch=True."
        )


def require_nearness(within: float | None) -> None:
    """Refuse what is no distance from a bound."""
    if within is None:
        return
    number = isinstance(within, int | float) and not isinstance(within, bool)
    if not number or not 0 <= within < math.inf:
        raise GraderError(
            f"retry_within is how far from the bound another seed is still tried; found {within!r}."
            " Write a number from 0 on, such as 0.1."
        )
