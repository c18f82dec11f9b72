"""What is an accuracy, and how far one bears another out: one rule for trainer and rubrics.

An accuracy that does not suit its output is none. ``CategoricalAccuracy`` compares the places of
the largest numbers, so that of one output it says 1 whatever the model does; ``Accuracy`` compares
outputs and labels to the last digit.
"""

# What Keras logs of an epoch is a mean over its batches while the weights move; what is measured
# after it is of one moment. In honest trainings whose log reaches 99.9 %, at least 90 % of all
# images are classified correctly after that epoch, but for 3 of 1,058 (docs/luck.md), which another
# seed makes good. So either bears the other out from here on.
BORNE_OUT = 0.9

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
