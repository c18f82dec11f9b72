"""Networks of honest students: usual ones, and those that are unusual, and learn all the same."""

from architectures import ADAM, FLAT, NORMAL, ONE, POOL, RMSPROP, Spec, Training, conv, dense

ORTHOGONAL: Spec = ("Orthogonal", {"gain": 1.0, "seed": 42})
SMALL: Spec = ("RandomNormal", {"mean": 0.0, "stddev": 0.02, "seed": 7})


def network(first: Spec, *more: Spec, last: Spec = ONE, **each: object) -> list[Spec]:
    """Write down three convolutions; all but the first are made with the same arguments."""
    return [
        first,
        POOL,
        *more,
        conv(16, **each),
        POOL,
        conv(32, **each),
        POOL,
        FLAT,
        dense(64),
        last,
    ]


def begun(initializer: Spec) -> list[Spec]:
    """Write down a network all of whose kernels begin in one way."""
    kernels = {"kernel_initializer": initializer}
    layers = network(conv(16, **kernels), last=dense(1, activation="sigmoid", **kernels), **kernels)
    return [*layers[:-2], dense(64, **kernels), layers[-1]]


USUAL = {
    "he": Training(begun(("HeNormal", {"seed": None})), RMSPROP),
    "glorot": Training(begun(("GlorotNormal", {})), RMSPROP),
    "lecun": Training(begun(("LecunUniform", {"seed": 1})), RMSPROP),
    "orthogonal": Training(begun(ORTHOGONAL), ADAM),
    "small": Training(begun(SMALL), ADAM),
    "truncated": Training(begun(("TruncatedNormal", {"stddev": 0.05})), ADAM),
    "uniform": Training(begun(("RandomUniform", {})), ADAM),
    "slow": Training(network(conv(16)), ("Adam", {"learning_rate": 1e-5})),
    "fast": Training(network(conv(16)), ("SGD", {"learning_rate": 1.0})),
    "constant bias": Training(
        network(conv(16, bias_initializer=("Constant", {"value": 0.1}))), RMSPROP
    ),
    "bounded": Training(
        network(conv(16), kernel_constraint=("MaxNorm", {"max_value": 3.0})), RMSPROP
    ),
    "frozen normalisation": Training(network(conv(16), (NORMAL[0], {"trainable": False})), RMSPROP),
    "scaled twice": Training(
        [("Rescaling", {"scale": 1 / 127.5, "offset": -1.0}), *network(conv(16))], RMSPROP
    ),
}
UNUSUAL = {
    "frozen": Training(network(conv(16, trainable=False)), RMSPROP),
    "all convolutions frozen": Training(
        network(conv(32, trainable=False), trainable=False), RMSPROP
    ),
    "cut": Training(
        [("Cropping2D", {"cropping": ((70, 0), (0, 0))}), *network(conv(16))], RMSPROP
    ),
    "cut and biased": Training(
        [
            ("Cropping2D", {"cropping": ((70, 0), (0, 0))}),
            *network(conv(16, bias_initializer=("Constant", {"value": 2.0}))),
        ],
        RMSPROP,
    ),
    "narrow": Training(network(conv(16), conv(2, kernel_size=(1, 1))), RMSPROP),
    "above zero": Training(
        network(conv(16, kernel_initializer=("RandomUniform", {"minval": 0.0, "maxval": 0.1}))),
        RMSPROP,
    ),
    "off centre": Training(
        network(
            conv(16, kernel_initializer=("RandomNormal", {"mean": 0.01, "stddev": 0.05})),
            kernel_initializer=("RandomNormal", {"mean": 0.01, "stddev": 0.05}),
        ),
        RMSPROP,
    ),
    "wide": Training(begun(("Orthogonal", {"gain": 20.0, "seed": None})), ADAM),
    "not negative": Training(network(conv(16), kernel_constraint=("NonNeg", {})), RMSPROP),
    "ones": Training(network(conv(16, kernel_initializer=("Ones", {}))), RMSPROP),
    "constant": Training(
        network(conv(16, kernel_initializer=("Constant", {"value": 0.05}))), RMSPROP
    ),
    "warmed up": Training(
        network(conv(16)),
        (
            "Adam",
            {
                "learning_rate": (
                    "CosineDecay",
                    {
                        "initial_learning_rate": 0.0,
                        "decay_steps": 160,
                        "warmup_target": 0.002,
                        "warmup_steps": 16,
                    },
                )
            },
        ),
    ),
}  # fmt: skip
