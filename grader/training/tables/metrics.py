"""The metrics. Each has its name, under which its values stand in the History.

``accuracy`` is no class: it is Keras' short word, with which ``compile`` chooses an accuracy that
suits the labels. Its name is the word as it was written, ``acc`` or ``accuracy``.
"""

from grader.training.tables.kinds import (
    Kind,
    either,
    flag,
    one_of,
    optional,
    real,
    several,
    text,
    whole,
)
from grader.training.tables.signatures import Signature, Table, signature
from grader.training.tables.weights import AXIS, SHARE

SHORT_WORD = "accuracy"
# The name of an accuracy that the trainer adds where no other suits the output.
OWN = "accuracy of the grader"
_ACCURACIES = frozenset(
    {
        SHORT_WORD, "Accuracy", "BinaryAccuracy", "CategoricalAccuracy",
        "SparseCategoricalAccuracy",
    }
)  # fmt: skip


def _metric(**arguments: Kind) -> Signature:
    return signature("name", name=text(), **arguments)


_THRESHOLD = real(-1e6, 1e6)
_THRESHOLDS = optional(either(SHARE, several(SHARE, 1, 16)))
_COUNTING = _metric(thresholds=_THRESHOLDS)
_CLASS = optional(whole(0, 1000))
_TOP = optional(whole(1, 1000))
_AMONG = _metric(thresholds=_THRESHOLDS, top_k=_TOP, class_id=_CLASS)

METRICS: Table = {
    SHORT_WORD: signature("name", name=one_of("accuracy", "acc", "Accuracy", "Acc", "ACC")),
    "AUC": _metric(
        num_thresholds=whole(2, 10_000),
        curve=one_of("ROC", "PR"),
        summation_method=one_of("interpolation", "minoring", "majoring"),
        multi_label=flag(),
        num_labels=_TOP,
        from_logits=flag(),
    ),
    "BinaryAccuracy": _metric(threshold=_THRESHOLD),
    "BinaryCrossentropy": _metric(from_logits=flag(), label_smoothing=SHARE),
    "CategoricalCrossentropy": _metric(from_logits=flag(), label_smoothing=SHARE, axis=AXIS),
    "SparseCategoricalCrossentropy": _metric(from_logits=flag(), ignore_class=_CLASS, axis=AXIS),
    "F1Score": _metric(
        average=optional(one_of("micro", "macro", "weighted")), threshold=optional(SHARE)
    ),
    "CosineSimilarity": _metric(axis=AXIS),
    "TopKCategoricalAccuracy": _metric(k=whole(1, 1000)),
    "SparseTopKCategoricalAccuracy": _metric(k=whole(1, 1000), from_sorted_ids=flag()),
    "Precision": _AMONG,
    "Recall": _AMONG,
    "FalseNegatives": _COUNTING,
    "FalsePositives": _COUNTING,
    "TrueNegatives": _COUNTING,
    "TruePositives": _COUNTING,
    **dict.fromkeys(
        (
            "Accuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy", "CategoricalHinge",
            "Hinge", "KLDivergence", "LogCoshError", "MeanAbsoluteError",
            "MeanAbsolutePercentageError", "MeanSquaredError", "MeanSquaredLogarithmicError",
            "Poisson", "RootMeanSquaredError", "SquaredHinge",
        ),
        _metric(),
    ),
}  # fmt: skip


def reserved(metric: str, name: str) -> bool:
    """Whether a metric's name would pass for something else.

    Args:
        metric: Its class, or the short word.
        name: The name that it was given.
    """
    if name.lower() in {"accuracy", "acc"}:
        return metric not in _ACCURACIES
    return name in {"loss", "lr", "learning_rate", "epoch", OWN} or name.startswith("val_")
