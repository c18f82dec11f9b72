"""What of a training's settings explains that it does not learn, whatever its curves look like.

Keras' defaults are the measure of a learning rate: a tenth of the default or less is low, ten
times as much or more is high. Of Adadelta and Adagrad, whose default is far below what they were
made for, it is the 1.0 that Keras' documentation of both names.
"""

from grader.diagnosis.records import Diagnosis, Symptom, TrainingSettings

_ADAPTIVE = ("Adam", "AdamW", "Adamax", "Nadam", "RMSprop", "Ftrl", "Lamb")
USUAL_RATES = {**dict.fromkeys(_ADAPTIVE, 0.001), "SGD": 0.01, "Adadelta": 1.0, "Adagrad": 1.0}
_TEN, _THOUSAND = 10, 1_000
# A hair, as rates are 32-bit floats.
_NOISE = 1e-6
# Images are shown from 0 to 1, from -1 to 1, or with a deviation of one; not beyond these.
_LEAST_VALUE, _MOST_VALUE = 0.05, 20.0

BINARY = frozenset({"BinaryCrossentropy", "BinaryFocalCrossentropy"})
ONE_HOT = frozenset({"CategoricalCrossentropy", "CategoricalFocalCrossentropy"})
SPARSE = frozenset({"SparseCategoricalCrossentropy"})
# Of activations that all users of Keras know, those whose values are no probabilities.
_BEYOND = frozenset({"relu", "tanh", "elu", "selu", "leaky_relu", "gelu", "softplus", "swish"})
_LAST = "the activation of the last layer"


def unsuited(settings: TrainingSettings) -> Diagnosis | None:
    """Name an output and a loss by which nothing can be learnt, or that contradict each other."""
    if settings.units == 1 and settings.activation == "softmax":
        seen = "The output is one unit with softmax, which is 1 for every image"
        return Diagnosis(Symptom.OUTPUT_AND_LOSS, seen, _LAST)
    if settings.units == 1 and settings.loss in ONE_HOT:
        seen = f"The loss is {settings.loss}, which is 0 for whatever a single unit puts out"
        return Diagnosis(Symptom.OUTPUT_AND_LOSS, seen, "the loss")
    if settings.from_logits or settings.loss not in BINARY | ONE_HOT | SPARSE:
        return None
    if settings.activation == "linear":
        seen = f"The output has no activation, and {settings.loss} takes it for probabilities"
        return Diagnosis(Symptom.OUTPUT_AND_LOSS, seen, f"{_LAST} and from_logits of the loss")
    if settings.activation in _BEYOND:
        seen = (
            f"The activation of the output is {settings.activation}, and {settings.loss} takes its "
            "values for probabilities"
        )
        return Diagnosis(Symptom.OUTPUT_AND_LOSS, seen, _LAST)
    return None


def suited(settings: TrainingSettings) -> bool:
    """Whether output and loss are those of a classifier, so that curves can be read as usual."""
    loss, activation = settings.loss, settings.activation
    if settings.from_logits:
        return activation == "linear" and loss in BINARY | ONE_HOT | SPARSE
    if settings.units == 1:
        return activation == "sigmoid" and loss in BINARY
    return activation == "softmax" and loss in ONE_HOT | SPARSE


def unmoved(settings: TrainingSettings) -> Diagnosis | None:
    """Name a learning rate of 0."""
    if settings.learning_rate != 0:
        return None
    seen = "The learning rate is 0, so that no weight changes"
    return Diagnosis(Symptom.NO_LEARNING_RATE, seen, "the arguments of the optimizer")


def low_rate(settings: TrainingSettings) -> bool:
    """Whether the learning rate is at most a tenth of the usual one of its optimizer."""
    usual, rate = USUAL_RATES.get(settings.optimizer or ""), settings.learning_rate
    return usual is not None and rate is not None and 0 < rate <= usual / _TEN * (1 + _NOISE)


def high_rate(settings: TrainingSettings) -> bool:
    """Whether the learning rate is at least ten times the usual one of its optimizer."""
    usual, rate = USUAL_RATES.get(settings.optimizer or ""), settings.learning_rate
    return usual is not None and rate is not None and rate >= usual * _TEN * (1 - _NOISE)


def small_values(settings: TrainingSettings) -> bool:
    """Whether the values of images are so small that they hardly differ for the network."""
    largest = settings.largest_value
    return largest is not None and largest < _LEAST_VALUE


def large_values(settings: TrainingSettings) -> bool:
    """Whether the values of images are as large as bytes, or larger."""
    largest = settings.largest_value
    return largest is not None and largest > _MOST_VALUE


def of_rate(settings: TrainingSettings) -> str:
    """Say what the learning rate is, to follow what was seen."""
    return f"with {settings.optimizer} at a learning rate of {_written(settings.learning_rate)}"


def of_values(settings: TrainingSettings) -> str:
    """Say what the values of images are, to follow what was seen."""
    return f"with values up to {_written(settings.largest_value)} in the images"


def _written(number: float | None) -> str:
    """Write a number with three digits that count; from a thousand on, in whole ones."""
    known = number or 0.0
    return f"{known:.3g}" if known < _THOUSAND else f"{known:,.0f}"
