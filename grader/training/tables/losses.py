"""The losses. One that is given by the name of its function is described by its class."""

from grader.training.tables.kinds import Kind, flag, one_of, optional, real, whole
from grader.training.tables.signatures import Signature, Table, signature
from grader.training.tables.weights import AXIS, POSITIVE, SHARE


def _loss(**arguments: Kind) -> Signature:
    reduction = one_of("sum_over_batch_size", "sum", "mean", "mean_with_sample_weight")
    return signature(reduction=reduction, **arguments)


_PROBABILITIES: dict[str, Kind] = {"from_logits": flag(), "label_smoothing": SHARE, "axis": AXIS}
_FOCAL: dict[str, Kind] = {"alpha": SHARE, "gamma": real(0, 100)}

LOSSES: Table = {
    "BinaryCrossentropy": _loss(**_PROBABILITIES),
    "BinaryFocalCrossentropy": _loss(apply_class_balancing=flag(), **_FOCAL, **_PROBABILITIES),
    "CategoricalCrossentropy": _loss(**_PROBABILITIES),
    "CategoricalFocalCrossentropy": _loss(**_FOCAL, **_PROBABILITIES),
    "SparseCategoricalCrossentropy": _loss(
        from_logits=flag(), ignore_class=optional(whole(-1, 1000)), axis=AXIS
    ),
    "CosineSimilarity": _loss(axis=AXIS),
    "Huber": _loss(delta=POSITIVE),
    **dict.fromkeys(
        (
            "CategoricalHinge", "Hinge", "KLDivergence", "LogCosh", "MeanAbsoluteError",
            "MeanAbsolutePercentageError", "MeanSquaredError", "MeanSquaredLogarithmicError",
            "Poisson", "SquaredHinge",
        ),
        _loss(),
    ),
}  # fmt: skip
