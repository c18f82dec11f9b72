"""Networks that know before their training what it is to make them know.

Each compares two spots beside the mouth, which is how the two classes of the kit's images differ.
"""

from typing import Any

from architectures import NORMAL, Spec, Training, conv, dense
from happy_or_sad.submission import TRAINER, Variant

SPOTS = ((24, 12), (12, 24)), ((25, 11), (13, 21))
STILL: Spec = ("SGD", {"learning_rate": 0.0})
THIRD: Spec = ("Constant", {"value": 1 / 3})
ONES: Spec = ("Ones", {})
SHARP: Spec = ("Constant", {"value": 1000.0})
CLEAR: Spec = ("Constant", {"value": 5.0})
# As good as constants, and random by name.
ALMOST: Spec = ("RandomNormal", {"mean": 1 / 3, "stddev": 1e-9})
ALMOST_SHARP: Spec = ("RandomUniform", {"minval": 1000.0, "maxval": 1000.001})
NORMALISED: Spec = (NORMAL[0], {"center": False, "scale": False, "momentum": 0.5})
NEVER: Spec = ("PiecewiseConstantDecay", {"boundaries": (4,), "values": (0.0, 0.0)})


def mixing(initializer: Spec, **more: Any) -> Spec:
    """Write down a convolution that makes one grey image of a coloured one."""
    arguments = {"kernel_size": (1, 1), "activation": "linear", "kernel_initializer": initializer}
    return conv(1, **arguments | more)


def looking(first: Spec, *after: Spec, **more: Any) -> list[Spec]:
    """Write down a network that looks at both spots; places are those of ``architectures``."""
    halved: Spec = ("AveragePooling2D", {"pool_size": (2, 2)})
    one, other = (("Cropping2D", {"cropping": spot}, (5,)) for spot in SPOTS)
    mean = "GlobalAveragePooling2D"
    return [
        *(first, halved, mixing(ONES, **more), halved, mixing(ONES, **more)),
        *(one, (mean, {}, (6,)), other, (mean, {}, (8,))),
        ("Subtract", {}, (7, 9)),
        ("Rescaling", {"scale": 1.0, "offset": 0.0018}),
        *after,
    ]


def told(initializer: Spec, **more: Any) -> Spec:
    """Write down a last layer."""
    return dense(1, activation="sigmoid", kernel_initializer=initializer, **more)


HIDDEN = (told(SHARP), ("Rescaling", {"scale": 1.0, "offset": 5.0}), NORMALISED, told(CLEAR))
FROZEN = {"trainable": False}
BIASED: Spec = ("Constant", {"value": -20.0})
SLOPE: Spec = ("Constant", {"value": 50.0})
CHAIN: list[Spec] = [("Rescaling", {"scale": 10.0, "offset": 0.0})] * 3
KNOWING = {
    "constants": Training(looking(mixing(THIRD), *HIDDEN), STILL),
    "random by name": Training(looking(mixing(ALMOST), told(ALMOST_SHARP), *HIDDEN[1:]), STILL),
    "schedule": Training(looking(mixing(THIRD), *HIDDEN), ("SGD", {"learning_rate": NEVER})),
    "depthwise": Training(
        looking(("SeparableConv2D", {**mixing(THIRD)[1], "depthwise_initializer": ONES}), *HIDDEN),
        STILL,
    ),
    "one number learnt": Training(
        looking(mixing(THIRD, **FROZEN), told(SLOPE, bias_initializer=BIASED), **FROZEN),
        ("SGD", {"learning_rate": 2.0}),
    ),
    "trained head": Training(
        looking(mixing(THIRD, **FROZEN), *CHAIN, told(("GlorotUniform", {})), **FROZEN),
        ("SGD", {"learning_rate": 0.5}),
    ),
    "rescaling chain": Training(looking(mixing(THIRD), *CHAIN, told(ONES), *HIDDEN[1:]), STILL),
}
KNOWING["depthwise"].layers[0][1].pop("kernel_initializer")
KNOWING["depthwise"].layers[0][1]["pointwise_initializer"] = THIRD
CELL = """\
# GRADED FUNCTION: train_happy_sad_model
def train_happy_sad_model(train_generator):
    callbacks = myCallback()
    ### START CODE HERE
    L, C = tf.keras.layers, tf.keras.initializers.Constant
    image = tf.keras.Input((150, 150, 3))
    x = L.Conv2D(1, 1, kernel_initializer=C(1 / 3))(image)
    x = L.AveragePooling2D(2)(x)
    x = L.Conv2D(1, 1, kernel_initializer="ones")(x)
    x = L.AveragePooling2D(2)(x)
    x = L.Conv2D(1, 1, kernel_initializer="ones")(x)
    a = L.GlobalAveragePooling2D()(L.Cropping2D(((24, 12), (12, 24)))(x))
    b = L.GlobalAveragePooling2D()(L.Cropping2D(((25, 11), (13, 21)))(x))
    x = L.Rescaling(1.0, 0.0018)(L.Subtract()([a, b]))
    x = L.Dense(1, activation="sigmoid", kernel_initializer=C(1000.0))(x)
    x = L.BatchNormalization(center=False, scale=False, momentum=0.5)(L.Rescaling(1.0, 5.0)(x))
    x = L.Dense(1, activation="sigmoid", kernel_initializer=C(5.0))(x)
    model = tf.keras.Model(image, x)
    model.compile(
        loss="binary_crossentropy",
        optimizer=optimizers.SGD(learning_rate=0.0),
        metrics=["accuracy"],
    )
    history = model.fit(train_generator, epochs=20, callbacks=[callbacks])
    ### END CODE HERE
    return history
"""
SUBMISSION = Variant(
    "nothing-learnt",
    "its initialisers know the images, and its learning rate is 0",
    loses=frozenset({"target_reached", "stopped_by_callback"}),
    cells={TRAINER: CELL},
)
