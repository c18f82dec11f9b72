"""How much memory training a model takes, counted before anything is allocated.

What a layer puts out, and what it computes on the way there, is kept for its gradient until the
whole batch has gone forward. How often a layer keeps as many numbers as it puts out was measured:
the resident memory that a trainer gained by six or eight more such layers, TensorFlow 2.21, on
batches of 10 and 20 images of 150 by 150 pixels and 16 channels, rounded up.
"""

from grader.training.description import ObjectSpec

# As many images are measured at a time.
MEASURED_AT_ONCE = 20
_BYTES = 4
# Gradients of the largest layers while they are computed, and what convolutions work with.
_AT_WORK = 4
# Weights, their gradients, the optimizer's two moments; afterwards, what is told of them.
_PER_PARAMETER = 8

_ACTIVATIONS = {
    "leaky_relu": 2, "celu": 4, "gelu": 5, "silu": 2, "mish": 3, "hard_sigmoid": 2,
    "log_sigmoid": 2, "hard_silu": 5, "hard_tanh": 3, "log_softmax": 2, "softplus": 2,
    "softsign": 2,
}  # fmt: skip
_LAYERS = {
    "BatchNormalization": 2, "LayerNormalization": 3, "GroupNormalization": 2,
    "UnitNormalization": 2, "Dropout": 2, "AlphaDropout": 3, "GaussianDropout": 2, "PReLU": 3,
    "SeparableConv2D": 3, "DepthwiseConv2D": 2, "MaxPooling2D": 2, "RandomContrast": 3,
    "RandomBrightness": 3, "RandomGaussianBlur": 3, "Solarization": 3, "AutoContrast": 5,
}  # fmt: skip
# What TensorFlow's threads and its allocator hold beside: one and the same training took 25 to 50
# million bytes more than was counted of its layers, another number each time.
_AROUND_BYTES = 48 * 2**20
# They give what they are given, in another shape.
_NOTHING = frozenset({"Flatten", "Reshape", "Identity"})


def copies(part: ObjectSpec) -> int:
    """Return how many numbers training keeps of a layer for each number that it puts out.

    Args:
        part: The layer, accepted.
    """
    if part.name in _NOTHING:
        return 0
    own = _LAYERS.get(part.name, 1)
    activation = str(part.arguments.get("activation", "linear"))
    regularized = part.arguments.get("activity_regularizer") is not None
    return own + _ACTIVATIONS.get(activation, 1) - 1 + regularized


def to_train(kept: int, largest: int, parameters: int, batch_size: int) -> int:
    """Return how many bytes a training takes, beside the process itself.

    Args:
        kept: Numbers that are kept of one image.
        largest: Numbers that the largest layer puts out for one image.
        parameters: Numbers that the model has as weights.
        batch_size: Images of a batch.
    """
    numbers = batch_size * (kept + _AT_WORK * largest) + _PER_PARAMETER * parameters
    return max(_AROUND_BYTES + _BYTES * numbers, to_measure(largest, parameters))


def to_measure(largest: int, parameters: int) -> int:
    """Return how many bytes it takes to measure a model that is trained.

    Args:
        largest: As for ``to_train``.
        parameters: As for ``to_train``.
    """
    numbers = MEASURED_AT_ONCE * _AT_WORK * largest + _PER_PARAMETER * parameters
    return _AROUND_BYTES + _BYTES * numbers
