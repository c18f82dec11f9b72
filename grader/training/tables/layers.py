"""The layers."""

from grader.training.tables.images import IMAGE_LAYERS
from grader.training.tables.kinds import Kind, flag, never, one_of, optional, pair, several, whole
from grader.training.tables.signatures import Signature, Table, signature
from grader.training.tables.weights import (
    AXES,
    AXIS,
    CONSTRAINT,
    INITIALIZER,
    POSITIVE,
    REGULARIZER,
    SEED,
    SHARE,
)

MAX_LENGTH = 4096
MAX_UNITS = 2**16
_LENGTH = whole(1, MAX_LENGTH)
_LENGTHS = pair(_LENGTH)
_COUNT = whole(1, MAX_LENGTH)
_PADDING = one_of("valid", "same")
_FORMAT = one_of("channels_last")
# Those that keep the shape and need no argument, by the names of their functions.
ACTIVATION = one_of(
    "linear", "relu", "relu6", "leaky_relu", "elu", "selu", "celu", "gelu", "silu", "mish",
    "sigmoid", "hard_sigmoid", "log_sigmoid", "hard_silu", "tanh", "hard_tanh", "softmax",
    "log_softmax", "softplus", "softsign", "exponential",
)  # fmt: skip


def _layer(*required: str, **arguments: Kind) -> Signature:
    return signature(*required, trainable=flag(), activity_regularizer=REGULARIZER, **arguments)


def _weights(*names: str, learned: bool = True) -> dict[str, Kind]:
    found = {f"{name}_initializer": INITIALIZER for name in names}
    if learned:
        found |= {f"{name}_regularizer": REGULARIZER for name in names}
        found |= {f"{name}_constraint": CONSTRAINT for name in names}
    return found


def _computing(*names: str) -> dict[str, Kind]:
    own: dict[str, Kind] = {"activation": ACTIVATION, "use_bias": flag()}
    return own | _weights(*names, "bias")


_SLIDING: dict[str, Kind] = {
    "kernel_size": _LENGTHS,
    "strides": _LENGTHS,
    "padding": _PADDING,
    "data_format": _FORMAT,
    "dilation_rate": _LENGTHS,
}
_POOLING = {"pool_size": _LENGTHS, "strides": optional(_LENGTHS)}
_POOLING |= {"padding": _PADDING, "data_format": _FORMAT}
_NORMALIZING: dict[str, Kind] = {
    "epsilon": POSITIVE,
    "center": flag(),
    "scale": flag(),
    **_weights("beta", "gamma"),
}

LAYERS: Table = {
    "InputLayer": signature(
        "shape", shape=several(_LENGTH, 1, 4), batch_size=optional(whole(1, MAX_LENGTH))
    ),
    "Conv2D": _layer(
        "filters",
        "kernel_size",
        filters=_COUNT,
        groups=_COUNT,
        **_SLIDING,
        **_computing("kernel"),
    ),
    "SeparableConv2D": _layer(
        "filters",
        "kernel_size",
        filters=_COUNT,
        depth_multiplier=_COUNT,
        **_SLIDING,
        **_computing("depthwise", "pointwise"),
    ),
    "DepthwiseConv2D": _layer(
        "kernel_size", depth_multiplier=_COUNT, **_SLIDING, **_computing("depthwise")
    ),
    "Dense": _layer("units", units=whole(1, MAX_UNITS), **_computing("kernel")),
    "MaxPooling2D": _layer(**_POOLING),
    "AveragePooling2D": _layer("pool_size", **_POOLING),
    "GlobalMaxPooling2D": _layer(data_format=_FORMAT, keepdims=flag()),
    "GlobalAveragePooling2D": _layer(data_format=_FORMAT, keepdims=flag()),
    "Flatten": _layer(data_format=_FORMAT),
    "Reshape": _layer("target_shape", target_shape=several(whole(-1, 2**31), 1, 4)),
    "Permute": _layer("dims", dims=several(whole(1, 4), 1, 4)),
    "Activation": _layer("activation", activation=ACTIVATION),
    "ReLU": _layer(max_value=optional(POSITIVE), negative_slope=POSITIVE, threshold=POSITIVE),
    "LeakyReLU": _layer(negative_slope=POSITIVE),
    "PReLU": _layer(shared_axes=optional(several(whole(1, 4), 1, 4)), **_weights("alpha")),
    "ELU": _layer(alpha=POSITIVE),
    "Softmax": _layer(axis=AXIS),
    "Dropout": _layer("rate", rate=SHARE, seed=SEED),
    "SpatialDropout2D": signature("rate", rate=SHARE, data_format=_FORMAT, seed=SEED),
    "AlphaDropout": _layer("rate", rate=SHARE, seed=SEED),
    "GaussianDropout": _layer("rate", rate=SHARE, seed=SEED),
    "GaussianNoise": _layer("stddev", stddev=POSITIVE, seed=SEED),
    "BatchNormalization": _layer(
        axis=AXIS,
        momentum=SHARE,
        renorm=never(),
        renorm_momentum=SHARE,
        synchronized=never(),
        **_NORMALIZING,
        **_weights("moving_mean", "moving_variance", learned=False),
    ),
    "LayerNormalization": _layer(axis=AXES, **_NORMALIZING),
    "GroupNormalization": _layer(groups=whole(-1, MAX_LENGTH), axis=AXIS, **_NORMALIZING),
    "UnitNormalization": _layer(axis=AXES),
    # It makes a regulariser of its own.
    "ActivityRegularization": signature(trainable=flag(), l1=POSITIVE, l2=POSITIVE),
    "Identity": _layer(),
    "Concatenate": _layer(axis=AXIS),
    **dict.fromkeys(("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"), _layer()),
    **IMAGE_LAYERS,
}
