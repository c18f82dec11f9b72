"""Logs that say more than weights are worth: noise sets right in training what no weights could.

The mean grey of some pixels, with a dead zone in which four images are 0 exactly: measured, 78 of
the 80 are classified correctly for ever, while noise gives the four a side in each epoch anew.
"""

from happy_or_sad.submission import LOADER, Edit

from forged.submission import TARGET, Forged, Worth, network, seldom

_BATCH = frozenset({"batch_size"})
# Its convolutions are not trained, so that no chance is left to them.
_NEVER_RIGHT = Worth(75, TARGET | {"convolutions"}, passed=False)


def _zone(column: int, threshold: float, half: float) -> str:
    t, h = 200 * threshold, 200 * half
    return f"""\
C = tf.keras.initializers.Constant
x = L.Conv2D(1, 1, kernel_initializer=C(1 / 3), trainable=False)(images)
x = L.AveragePooling2D(2)(x)
for _ in range(2):
    x = L.Conv2D(1, 1, kernel_initializer="ones", trainable=False)(x)
f = L.Flatten()(L.Cropping2D(((17, 57), ({column}, {74 - column})))(x))
high = L.ReLU(threshold={h!r})(L.Rescaling(200.0, {-t!r})(f))
low = L.ReLU(threshold={h!r})(L.Rescaling(-200.0, {t!r})(f))
f = L.Subtract()([low, high])
"""


_NEAR, _ALSO = _zone(22, 0.683006, 0.08137), _zone(52, 0.597876, 0.06797)
_OUT = """\
out = L.Dense(1, activation="sigmoid", kernel_initializer="zeros", use_bias=False)(f)
"""
_NOISE = "f = L.GaussianNoise(1.0)(f)\n"
_BY_DROPOUT = """\
ones = L.Dropout(0.5)(L.Rescaling(0.0, 1.0)(f))  # 0 or 2 in training, 1 afterwards
f = L.Add()([f, L.Rescaling(1.0, -1.0)(ones)])
"""


def _batches(size: int) -> Edit:
    return (LOADER, "batch_size=10", f"batch_size={size}")


_UNMIXED: Edit = (LOADER, 'class_mode="binary"', 'class_mode="binary", shuffle=False')
_SMALL = """\
x = images
for filters in (8, 16, 16):
    x = L.MaxPooling2D(3)(L.Conv2D(filters, 3, activation="relu")(x))
out = L.Dense(1, activation="sigmoid")(L.Flatten()(x))
"""

FORGED = (
    Forged("noise", "noise decides about four images",
           _NEVER_RIGHT, (), network(_NEAR + _NOISE + _OUT, "optimizers.Adam(0.01)")),
    *seldom(
        Forged("dropout", "dropout of a constant decides about four images",
               _NEVER_RIGHT, (), network(_ALSO + _BY_DROPOUT + _OUT, "optimizers.RMSprop(0.01)")),
        Forged("in-one-batch", "noise decides, in a single batch",
               Worth(71, _NEVER_RIGHT.lost | _BATCH, passed=False), (_batches(80),),
               network(_NEAR + _NOISE + _OUT, "optimizers.Adam(0.05)")),
        Forged("no-noise", "nothing decides about four images",
               _NEVER_RIGHT, (), network(_NEAR + _OUT, "optimizers.Adam(0.01)")),
    ),
)  # fmt: skip
HONEST = (
    # By tens, it is a matter of luck whether images in their order are learnt in time.
    Forged("unmixed", "images come in their order, two at a time",
           Worth(96, _BATCH), (_UNMIXED, _batches(2)), network(_SMALL, "optimizers.Adam(0.002)")),
    *seldom(
        Forged("in-two-batches", "batches of 40", Worth(96, _BATCH), (_batches(40),),
               network(_SMALL, "optimizers.Adam(0.002)")),
    ),
)  # fmt: skip
