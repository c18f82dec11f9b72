"""Expectations on how a model is compiled."""

from grader.accuracies import BINARY, CLASSES, EXACT, ONE_HOT, SPARSE, WORDS, canonical, suits
from grader.checks.advice import closest
from grader.checks.declaration import Expectation, expect, met, missed
from grader.checks.models import activation, units
from grader.evidence import Compilation, Metric, Model

# Keras' losses for classes, by the output that they are made for.
BINARY_LOSSES = {"BinaryCrossentropy", "BinaryFocalCrossentropy"}
SPARSE_LOSSES = {"SparseCategoricalCrossentropy"}
ONE_HOT_LOSSES = {"CategoricalCrossentropy", "CategoricalFocalCrossentropy"}
LOGGED = "accuracy"
# Classes that one output can tell apart.
_BY_ONE_OUTPUT = 2
# What is said of accuracies that do not suit an output.
_UNSUITED = {
    EXACT: "which compares outputs and labels to the last digit",
    ONE_HOT: "which is for one-hot labels and an output for each class",
    SPARSE: "which is for whole numbers as labels and an output for each class",
    BINARY: "which is for one output, or for one-hot labels",
}
_SMALL = f"Logs have the name of a metric letter by letter, and {LOGGED} is a word of small ones."
_BY_WORD = (
    "For the word accuracy Keras chooses what suits output and labels; a class is taken as it is."
)


def loss_class(loss: str | None) -> str:
    """Return a loss in Keras' class spelling, whether it was a function or an object."""
    return "".join(part[:1].upper() + part[1:] for part in (loss or "no loss").split("_"))


def loss_fits(
    model: Model, compilation: Compilation, *, one_hot: bool | None, classes: int = 2
) -> Expectation:
    """The loss is made for the number of outputs and for the kind of labels.

    Of one that is not Keras' own, nothing is known but what a training comes to.

    Args:
        model: What is trained.
        compilation: How it was compiled.
        one_hot: Whether labels are vectors of one number a class; None where that is not known, so
            that the losses for either are right.
        classes: How many classes there are; more than two are never for a single output.
    """
    count = units(model) or 0
    if count == 1 and classes > _BY_ONE_OUTPUT:
        count = classes
    several = {True: ONE_HOT_LOSSES, False: SPARSE_LOSSES, None: ONE_HOT_LOSSES | SPARSE_LOSSES}
    fitting = BINARY_LOSSES if count == 1 else several[one_hot]
    found = loss_class(compilation.loss)
    mismatch = _logits_mismatch(model, compilation)
    logits = " from_logits" if compilation.from_logits else ""
    meant = closest(found, sorted(BINARY_LOSSES | SPARSE_LOSSES | ONE_HOT_LOSSES))
    slip = f"There is no loss {compilation.loss}. Did you mean {meant}?" if meant else ""
    outputs = f"{count} output{'' if count == 1 else 's'}"
    if compilation.own_loss:
        return met(f"{' or '.join(sorted(fitting))} for {outputs}", _own(compilation.loss, "loss"))
    if found in fitting and mismatch:
        outputs += " with activation, or from_logits without"
    return expect(
        found in fitting and not mismatch,
        f"{' or '.join(sorted(fitting))} for {outputs}",
        f"{found}{logits} on {activation(model)}",
        slip,
    )


def _logits_mismatch(model: Model, compilation: Compilation) -> bool:
    linear = activation(model) == "linear"
    return linear != compilation.from_logits


def _own(name: str | None, what: str) -> str:
    return f"{name}, a {what} of the notebook's own"


def accuracy_of(compilation: Compilation) -> Metric | None:
    """Return the metric that is an accuracy, the one named so first."""
    found = [metric for metric in compilation.metrics if _may_be_accuracy(metric)]
    return min(found, key=lambda metric: metric.name != LOGGED, default=None)


def _may_be_accuracy(metric: Metric) -> bool:
    own = metric.own and metric.name == LOGGED
    return own or kind_of(metric) in WORDS | CLASSES


def kind_of(metric: Metric) -> str:
    """Return a metric's class, or the word with which Keras chooses one."""
    word = metric.type.lower()
    # Of a word, a kernel says the same twice; Keras does not mind how it is spelled.
    return word if metric.name == metric.type and word in WORDS else canonical(metric.type)


def logs_accuracy(model: Model, compilation: Compilation, *, one_hot: bool | None) -> Expectation:
    """An accuracy that suits the output appears in the logs under the name ``accuracy``.

    What a metric measures that is not Keras' own is not known: its name is what counts.

    Args:
        model: What is trained.
        compilation: How it was compiled.
        one_hot: As for ``loss_fits``.
    """
    expected = f"an accuracy that suits the output, logged as {LOGGED}"
    logged = next((each for each in compilation.metrics if each.name == LOGGED), None)
    if logged is None:
        return missed(expected, *_other_names(compilation))
    if logged.own:
        return met(expected, f"{_own(logged.type, 'metric')}, logged as {LOGGED}")
    return _suited(model, logged, expected, one_hot)


def measures_accuracy(
    model: Model, compilation: Compilation, *, one_hot: bool | None
) -> Expectation:
    """An accuracy that suits the output appears in the logs, under whichever name.

    A metric that is not Keras' own must be named ``accuracy``, as nothing else is known of it.

    Args:
        model: What is trained.
        compilation: How it was compiled.
        one_hot: As for ``loss_fits``.
    """
    expected = "an accuracy that suits the output"
    found = accuracy_of(compilation)
    if found is None:
        return missed(expected, _other_names(compilation)[0])
    if found.own:
        return met(expected, _own(found.type, "metric"))
    return _suited(model, found, expected, one_hot)


def _suited(
    model: Model,
    logged: Metric,
    expected: str,
    one_hot: bool | None,  # noqa: FBT001
) -> Expectation:
    kind, count = kind_of(logged), units(model)
    if kind in WORDS or (kind in CLASSES and count is None):
        return met(expected, logged.name)
    labels = (True, False) if one_hot is None else (one_hot,)
    if count is not None and any(suits(kind, count, one_hot=each) for each in labels):
        return met(expected, f"{kind}, logged as {logged.name}")
    why = _UNSUITED.get(kind, "which is no accuracy")
    return missed(expected, f"{kind} logged as {logged.name}, {why}", _BY_WORD)


def _other_names(compilation: Compilation) -> tuple[str, str]:
    """Say what is logged instead, and what to look at if it differs by its spelling alone."""
    names = [metric.name for metric in compilation.metrics]
    said = f"metric{'' if len(names) == 1 else 's'} named {', '.join(names)}"
    alike = LOGGED in map(str.lower, names)
    return said if names else "no metric", _SMALL if alike else ""
