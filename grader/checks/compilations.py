"""Expectations on how a model is compiled."""

from grader.checks.advice import closest
from grader.checks.declaration import Expectation, expect
from grader.checks.models import activation, units
from grader.evidence import Compilation, Metric, Model

# Keras' losses for classes, by the output that they are made for.
BINARY = {"BinaryCrossentropy", "BinaryFocalCrossentropy"}
SPARSE = {"SparseCategoricalCrossentropy"}
ONE_HOT = {"CategoricalCrossentropy", "CategoricalFocalCrossentropy"}
ACCURACIES = {
    "accuracy", "acc", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy",
    "BinaryAccuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy",
}  # fmt: skip


def canonical(loss: str | None) -> str:
    """Return a loss in Keras' class spelling, whether it was a function or an object."""
    return "".join(part[:1].upper() + part[1:] for part in (loss or "no loss").split("_"))


def loss_fits(model: Model, compilation: Compilation, *, one_hot: bool) -> Expectation:
    """The loss is made for the number of outputs and for the kind of labels."""
    count = units(model) or 0
    several = ONE_HOT if one_hot else SPARSE
    fitting = BINARY if count == 1 else several
    found = canonical(compilation.loss)
    met = found in fitting and not _logits_mismatch(model, compilation)
    logits = " from_logits" if compilation.from_logits else ""
    meant = closest(found, sorted(BINARY | SPARSE | ONE_HOT))
    slip = f"There is no loss {compilation.loss}. Did you mean {meant}?" if meant else ""
    return expect(
        met,
        f"{' or '.join(sorted(fitting))} for {count} output{'' if count == 1 else 's'}",
        f"{found}{logits} on {activation(model)}",
        slip,
    )


def _logits_mismatch(model: Model, compilation: Compilation) -> bool:
    linear = activation(model) == "linear"
    return linear != compilation.from_logits


def accuracy_of(compilation: Compilation) -> Metric | None:
    """Return the metric that measures accuracy, the one named so first."""
    found = [metric for metric in compilation.metrics if metric.type in ACCURACIES]
    return min(found, key=lambda metric: metric.name != "accuracy", default=None)


def logs_accuracy(compilation: Compilation) -> Expectation:
    """An accuracy appears in the logs under the name ``accuracy``."""
    accuracy = accuracy_of(compilation)
    names = ", ".join(metric.name for metric in compilation.metrics) or "no metric"
    met = accuracy is not None and accuracy.name == "accuracy"
    return expect(met, "an accuracy logged as accuracy", names)
