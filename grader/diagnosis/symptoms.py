"""What the curves of a training show, by thresholds that were set by recorded trainings.

``tests/prove/diagnoses.py`` records trainings that do not learn, and right ones, and counts what is
said of each. A symptom alone is no diagnosis: right trainings guess, jump and creep as well, for a
few epochs or with a seed that was bad luck.
"""

import math
from collections.abc import Sequence
from itertools import accumulate

from grader.accuracies import luck
from grader.diagnosis.records import Curve, Curves, TrainingSettings

# Less is no curve yet.
_LEAST_EPOCHS = 6
# Part of the way from guessing to all right that the mean over epochs does not come to by luck.
_ABOVE_GUESSING = 1 / 8
# Of the loss of the first third of the epochs, what is left in the last one.
_LEFT = 0.8
_GROWN = 1.1
# By how much accuracy falls below what an earlier epoch had, and in how many epochs.
_FALL, _FALLS = 0.2, 2
# What an epoch on images that are known by heart has, and how far validation stays behind.
_BY_HEART, _GAP, _DEVIATIONS = 0.95, 0.1, 3.0


def first_not_a_number(curves: Curves) -> int | None:
    """Return the first epoch, from 1, whose loss is no finite number; None if all are."""
    return next((n for n, loss in enumerate(curves.loss, start=1) if loss is None), None)


def guesses(curves: Curves, settings: TrainingSettings) -> bool:
    """Whether the second half of the epochs is as accurate as guessing."""
    later = _known(curves.accuracy[len(curves.accuracy) // 2 :])
    if curves.epochs < _LEAST_EPOCHS or not later:
        return False
    chance = 1 / max(settings.classes, 1)
    by_luck = luck(settings.images, settings.classes)
    mean = sum(later) / len(later)
    return max(later) < by_luck and mean < chance + _ABOVE_GUESSING * (1 - chance)


def creeps(curves: Curves) -> bool:
    """Whether the loss falls little from the first third of the epochs to the last, or not at all.

    No epoch is far above the first one.
    """
    losses = _known(curves.loss)
    if curves.epochs < _LEAST_EPOCHS or len(losses) < curves.epochs or losses[0] <= 0:
        return False
    third = len(losses) // 3
    first, last = _mean(losses[:third]), _mean(losses[-third:])
    return _LEFT * first < last < _GROWN * first and max(losses) < _GROWN * losses[0]


def falls_back(curves: Curves, settings: TrainingSettings) -> int | None:
    """Return the epoch, from 1, of the deepest fall, where accuracy falls more than once; or None.

    It falls by a fifth of all images, or more, below an earlier epoch that was more than luck.
    """
    accuracy = [each or 0.0 for each in curves.accuracy]
    by_luck = luck(settings.images, settings.classes)
    best = [high if high >= by_luck else 0.0 for high in accumulate(accuracy, max)]
    falls = [high - each for high, each in zip(best, accuracy, strict=True)]
    if curves.epochs < _LEAST_EPOCHS or sum(fall >= _FALL for fall in falls) < _FALLS:
        return None
    return falls.index(max(falls)) + 1


def learnt_by_heart(curves: Curves) -> bool:
    """Whether training images are known, and validation images far less, and not by chance."""
    trained = max(_known(curves.accuracy), default=0.0)
    validated = max(_known(curves.validation), default=None)
    if validated is None or trained < _BY_HEART or not curves.validation_images:
        return False
    deviation = math.sqrt(validated * (1 - validated) / curves.validation_images)
    return trained - validated > max(_GAP, _DEVIATIONS * deviation)


def _known(curve: Curve) -> list[float]:
    return [each for each in curve if each is not None]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
