"""Networks in which some layers do nothing, others in which all do something, and submissions."""

from dataclasses import dataclass

from architectures import FLAT, ONE, POOL, Spec, conv
from happy_or_sad.submission import LOADER, TRAINER, Variant

ZEROS: Spec = ("Zeros", {})
BLANK = {"kernel_initializer": ZEROS, "kernel_size": (1, 1)}
FIXED = {
    "kernel_size": (1, 1), "use_bias": False, "kernel_initializer": ("Ones", {}),
    "kernel_constraint": ("UnitNorm", {"axis": (0, 1, 2)}),
}  # fmt: skip
SAME = {"padding": "same"}
LINEAR = {"kernel_size": (1, 1), "activation": "linear"}


def _merged(name: str, *inputs: int) -> Spec:
    return (name, {}, inputs)


def _beside(*branch: Spec) -> list[Spec]:
    """Put a branch of layers beside one that learns from the pixels themselves."""
    own = len(branch) + 1
    return [*branch, FLAT, ("Flatten", {}, (0,)), _merged("Concatenate", own, own + 1), ONE]


def _convolved(**more: object) -> list[Spec]:
    return [conv(8, **more), POOL, conv(8, **more), POOL, conv(8, **more)]


@dataclass(frozen=True)
class Network:
    """A network.

    Args:
        layers: As those of ``architectures.Training``.
        found: What is found of its convolutions.
        scale: From where to where the values lie that reach its first layers.
        generator: Arguments of ``ImageDataGenerator``.
    """

    layers: list[Spec]
    found: str
    scale: tuple[float, float] | None = (0.0, 1.0)
    generator: tuple[tuple[str, float], ...] = (("rescale", 1 / 255),)


_NONE = "0 convolutions, no downsampling between"
_NO_EFFECT = f"{_NONE} (3 more change nothing in the output)"
_ALL = "3 convolutions, 2 downsampling between"
DEAD = {
    "zeros that are not trained, beside": Network(
        _beside(*_convolved(trainable=False, **BLANK)), f"{_NONE} (3 more are not trained)", None
    ),
    "zeros that get no gradient, beside": Network(
        _beside(*_convolved(**BLANK)), _NO_EFFECT, None
    ),
    "a branch times zero": Network(
        _beside(*_convolved(**SAME), ("Rescaling", {"scale": 0.0})), _NO_EFFECT, None
    ),
    "a branch times next to nothing": Network(
        _beside(*_convolved(**SAME), ("Rescaling", {"scale": 1e-6})), _NO_EFFECT, None
    ),
    "a branch less itself": Network(
        _beside(*_convolved(**SAME), _merged("Subtract", 5, 5)), _NO_EFFECT, None
    ),
    "zeros added to the image": Network(
        [
            conv(3, **SAME | BLANK), _merged("Add", 0, 1), conv(4), POOL, conv(4), POOL,
            FLAT, ONE,
        ],
        "2 convolutions, 1 downsampling between (1 more changes nothing in the output)",
    ),
    "not trained, one after the other": Network(
        [
            conv(4, trainable=False), POOL, conv(4, trainable=False), POOL, conv(4), FLAT, ONE,
        ],
        "1 convolution, no downsampling between (2 more are not trained)",
    ),
    "kept as they are by a constraint": Network(
        [conv(4), POOL, conv(1), *[("Conv2D", conv(1)[1] | FIXED)] * 2, FLAT, ONE],
        "2 convolutions, 1 downsampling between (2 more are not trained)",
    ),
    "pooling beside the convolutions": Network(
        [
            conv(4), ("MaxPooling2D", {}, (0,)), ("Conv2D", conv(4)[1], (1,)), conv(4), FLAT,
            ("Flatten", {}, (2,)), _merged("Concatenate", 5, 6), ONE,
        ],
        "3 convolutions, no downsampling between",
    ),
    "behind a dense layer": Network(
        [
            FLAT, ("Dense", {"units": 16}), ("Reshape", {"target_shape": (4, 4, 1)}),
            conv(4, **LINEAR), POOL, conv(4, **LINEAR), conv(4, **LINEAR), FLAT, ONE,
        ],
        f"{_NONE} (3 more come behind a dense layer)",
    ),
    "scaled images for zeros, others for the rest": Network(
        [
            ("Rescaling", {"scale": 1 / 255}), conv(1, **BLANK), FLAT,
            ("Conv2D", conv(4)[1], (0,)), POOL, conv(4), POOL, conv(4), FLAT,
            _merged("Concatenate", 3, 9), ONE,
        ],
        _ALL,
        (0.0, 255.0),
        (),
    ),
    "scaled images for convolutions, others for a dense layer": Network(
        [
            *_convolved(), FLAT, ("Rescaling", {"scale": 3.0}, (0,)), FLAT, ("Dense", {"units": 4}),
            _merged("Concatenate", 6, 9), ONE,
        ],
        _ALL,
        (0.0, 3.0),
    ),
}  # fmt: skip
LIVE = {
    "one after the other": Network([*_convolved(), FLAT, ONE], _ALL),
    "convolutions beside pixels": Network(
        [*_convolved(), FLAT, ("Flatten", {}, (0,)), _merged("Concatenate", 6, 7), ONE], _ALL
    ),
    "a residual": Network(
        [
            conv(4, **SAME), POOL, conv(4, **SAME), conv(4, **SAME),
            _merged("Add", 2, 4), POOL, FLAT, ONE,
        ],
        "3 convolutions, 1 downsampling between",
    ),
    "branches that are normalised": Network(
        [
            conv(4, **SAME), POOL, conv(4, **SAME), ("Conv2D", conv(4, **SAME)[1], (2,)),
            _merged("Concatenate", 3, 4), ("BatchNormalization", {}),
            ("GlobalAveragePooling2D", {}), ONE,
        ],
        "3 convolutions, 1 downsampling between",
    ),
    "nothing that arrives at the output": Network(
        [*_convolved(), FLAT, ("Rescaling", {"scale": 0.0}), _merged("Add", 7, 7), ONE], _ALL
    ),
}  # fmt: skip

_CELL = """\
# GRADED FUNCTION: train_happy_sad_model
def train_happy_sad_model(train_generator):
    callbacks = myCallback()
    ### START CODE HERE
    layers = tf.keras.layers
    images = tf.keras.Input((150, 150, 3))
{network}
    model = tf.keras.Model(images, out)
    model.compile(
        loss="binary_crossentropy", optimizer=optimizers.Adam({rate}), metrics=["accuracy"]
    )
    history = model.fit(train_generator, epochs=20, callbacks=[callbacks])
    ### END CODE HERE
    return history
"""
_STRUCTURE = """\
    zeros = images
    for _ in range(3):
        zeros = layers.Conv2D(1, 1, kernel_initializer="zeros", trainable=False)(zeros)
        zeros = layers.MaxPooling2D(5)(zeros)
    both = layers.Concatenate()([layers.Flatten()(zeros), layers.Flatten()(images)])
    out = layers.Dense(1, activation="sigmoid", kernel_initializer="zeros")(both)"""
_SCALE = """\
    zeros = layers.Conv2D(1, 1, kernel_initializer="zeros")(layers.Rescaling(1 / 255)(images))
    zeros = layers.GlobalAveragePooling2D()(zeros)
    values = layers.MaxPooling2D(2)(images)
    for filters in (8, 16, 16):
        values = layers.Conv2D(filters, 3, activation="relu")(values)
        values = layers.MaxPooling2D(3)(values)
    both = layers.Concatenate()([zeros, layers.Flatten()(values)])
    out = layers.Dense(1, activation="sigmoid")(both)"""


def _submission(
    name: str, network: str, rate: str, loses: str, edits: tuple[tuple[str, str, str], ...] = ()
) -> Variant:
    cells = {TRAINER: _CELL.format(network=network, rate=rate)}
    return Variant(f"dead-layers-{name}", name, edits, frozenset({loses}), cells)


SUBMISSIONS = (
    _submission("structure", _STRUCTURE, "0.0005", "convolutions"),
    _submission("scale", _SCALE, "0.001", "pixels_scaled", ((LOADER, "rescale=1 / 255", ""),)),
)
