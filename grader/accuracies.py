"""What is an accuracy, and how far one bears another out: one rule for trainer and rubrics.

An accuracy that does not suit its output is none. ``CategoricalAccuracy`` compares the places of
the largest numbers, so that of one output it says 1 whatever the model does; ``Accuracy`` compares
outputs and labels to the last digit.
"""

import math
from fractions import Fraction
from functools import cache

# How much of the way from guessing to a target an accuracy has gone that bears another out, or that
# a model of unseen images comes to.
_BEARS_OUT, _OF_UNSEEN = Fraction(4, 5), Fraction(1, 2)
# Who guesses comes to more than ``luck`` once in so many times.
_SELDOM = 200_000
_FAR_OUT, _FEW = 10, 50

# The short words with which Keras chooses an accuracy that suits.
WORDS = frozenset({"accuracy", "acc"})
EXACT = "Accuracy"
BINARY, ONE_HOT, SPARSE = "BinaryAccuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy"
CLASSES = frozenset({EXACT, BINARY, ONE_HOT, SPARSE})


def canonical(metric: str) -> str:
    """Return an accuracy's class or short word, another metric's name as it is.

    Args:
        metric: Name of a metric's class or function, or the word that ``compile`` was given.
    """
    if metric in CLASSES or metric in WORDS:
        return metric
    spelled = "".join(part[:1].upper() + part[1:] for part in metric.split("_"))
    return spelled if spelled in CLASSES else metric


def suiting(units: int, *, one_hot: bool) -> str:
    """Return the class of the accuracy that suits an output and its labels.

    Args:
        units: How many numbers the model puts out for an image.
        one_hot: Whether a label is a vector of one number for each class.
    """
    if units == 1:
        return BINARY
    return ONE_HOT if one_hot else SPARSE


def suits(metric: str, units: int, *, one_hot: bool) -> bool:
    """Whether a metric is an accuracy that suits an output and its labels.

    Args:
        metric: Name of its class or function, or the word that ``compile`` was given.
        units: How many numbers the model puts out for an image.
        one_hot: Whether a label is a vector of one number for each class.
    """
    kind = canonical(metric)
    # One number for each class can be compared with one label for each class, number by number.
    by_number = kind == BINARY and one_hot
    return kind in WORDS or by_number or kind == suiting(units, one_hot=one_hot)


def borne_out(target: float, images: int, classes: int) -> float:
    """Return what one accuracy of an epoch is at least, where the other one reaches the target.

    What Keras logs of an epoch is a mean over its batches while the weights move; what is measured
    after it is of one moment. In honest trainings whose log reaches 99.9 % of 80 images of two
    classes, at least 90 % of all images are classified correctly after that epoch, but for 3 of
    1,058 (docs/luck.md), which another seed makes good. So either bears the other out from there
    on: from four fifths of the way between guessing and the target, in whole images. That is
    counted from where a constant classifier stands, 1 / ``classes``, since what is to be told from
    the target is one that has learnt nothing; it scales with the target, so that a target of 80 %
    asks for less than 80 %; and it stays that wide for any number of images, since how far the
    weights move within an epoch does not depend on how many of them are counted. With few images,
    guessing has luck besides, by the binomial noise of so many: less than that bears nothing out,
    and where the target lies within it, both accuracies must reach the target.

    Args:
        target: Accuracy that is to be reached, from 0 to 1.
        images: How many images an accuracy is of.
        classes: How many classes there are.

    Returns:
        An accuracy, at most the target.
    """
    return min(
        target, max(_part_of_the_way(_BEARS_OUT, target, images, classes), luck(images, classes))
    )


def of_unseen(target: float, images: int, classes: int) -> float:
    """Return the share of images not seen before that a model classifies which has learnt.

    Half of the way between guessing and the target, in whole images, and more than luck: a model
    that has learnt 80 images of two classes to 99.9 % knows 60 of others. More than 1 where there
    are so few images that guessing may have them all.

    Args:
        target: Accuracy that it reached, from 0 to 1, on the images that it was trained on.
        images: How many others it is shown.
        classes: How many classes there are.
    """
    return max(_part_of_the_way(_OF_UNSEEN, target, images, classes), luck(images, classes))


def beyond_luck(images: int, classes: int) -> float:
    """Return the share from which on more is learnt than luck, and at most all images.

    Args:
        images: How many images there are.
        classes: How many classes there are.
    """
    return min(1.0, luck(images, classes))


@cache
def luck(images: int, classes: int) -> float:
    """Return the share of images that guessing classifies correctly once in 200,000 times.

    The tail of the binomial distribution, summed exactly: 60 of 80 images of two classes.

    Args:
        images: How many images there are.
        classes: How many classes there are, each as likely as the others.

    Returns:
        A number of images by how many there are; more than 1 where even all are not enough.
    """
    chance, tail = 1 / max(classes, 1), 0.0
    spread = math.sqrt(images * chance * (1 - chance))
    # Further out there is less than one in 10**12.
    right = min(images, math.ceil(images * chance + _FAR_OUT * spread) + _FEW) + 1
    while right > 0:
        tail += _probability(right - 1, images, chance)
        if tail > 1 / _SELDOM:
            break
        right -= 1
    return right / max(images, 1)


def _probability(right: int, images: int, chance: float) -> float:
    """Return how likely it is that exactly so many images are guessed."""
    if chance == 1:
        return float(right == images)
    ways = math.lgamma(images + 1) - math.lgamma(right + 1) - math.lgamma(images - right + 1)
    return math.exp(ways + right * math.log(chance) + (images - right) * math.log1p(-chance))


def _part_of_the_way(part: Fraction, target: float, images: int, classes: int) -> float:
    """Return the accuracy that lies between guessing and a target, in whole images."""
    chance = Fraction(1, max(classes, 1))
    # As it is written: the float nearest to 0.999 is a little less.
    exact = chance + part * (Fraction(str(target)) - chance)
    return math.ceil(exact * images) / max(images, 1)
