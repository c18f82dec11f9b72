"""Convolutions that do nothing for the result, or that see no image, beside what learns."""

from happy_or_sad.submission import LOADER

from forged.submission import ALL, Forged, Worth, network, seldom, trained, trainer

_NONE = Worth(95, frozenset({"convolutions"}))
_UNSCALED = Worth(96, frozenset({"pixels_scaled"}))
# A dense layer on the images themselves learns what the branch does not.
_BESIDE = """\
flat = L.Flatten()(images)
out = L.Dense(1, activation="sigmoid", kernel_initializer="zeros")(L.Concatenate()([d, flat]))
"""
_SLOW = "optimizers.Adam(0.0005)"


def _beside(branch: str) -> dict[str, str]:
    return network(branch + _BESIDE, _SLOW)


def _convolved(arguments: str, start: str = "images", size: int = 5) -> str:
    return f"""\
d = {start}
for _ in range(3):
    d = L.MaxPooling2D({size})(L.Conv2D(2, {arguments})(d))
"""


_LIVE = '3, padding="same", activation="relu"'
_DECAY = _convolved('1, kernel_regularizer="l2"') + "d = L.Rescaling(0.0)(L.Flatten()(d))\n"
_SATURATED = (
    "fifty = tf.keras.initializers.Constant(50.0)\n"
    + _convolved('1, activation="sigmoid", bias_initializer=fifty')
    + "d = L.Flatten()(d)\n"
)
_BLACK = (
    _convolved(
        '1, activation="relu", bias_initializer="ones"',
        "L.Cropping2D(((0, 142), (0, 142)))(images)",
        2,
    )
    + "d = L.Flatten()(d)\n"
)
_WHISPER = (
    _convolved('3, padding="same", activation="tanh"')
    + """\
d = L.Dense(1, activation="tanh")(L.Flatten()(d))
z = L.Dense(1, kernel_initializer="zeros")(L.Flatten()(images))
out = L.Activation("sigmoid")(L.Add()([z, L.Rescaling(1e-12)(d)]))
"""
)
_CANCELLED = (
    _convolved(_LIVE)
    + """\
d = L.Flatten()(d)
d = L.Subtract()([L.Activation("tanh")(d), L.Activation("tanh")(d)])
"""
)
_POOLS_OF_ONE = """\
x = images
for _ in range(3):
    x = L.Conv2D(2, 3, activation="relu", kernel_initializer="he_normal")(x)
    x = L.MaxPooling2D(1)(x)
out = L.Dense(1, activation="sigmoid", kernel_initializer="zeros")(L.Flatten()(x))
"""
_SCALED_FOR_ANOTHER = """\
s = L.GlobalAveragePooling2D()(L.Conv2D(2, 3)(L.Rescaling(1 / 255)(images)))
x = images
for _ in range(3):
    x = L.MaxPooling2D(3)(L.Conv2D(16, 3, activation="relu")(x))
x = L.Concatenate()([L.Rescaling(0.0)(s), L.Flatten()(x)])
out = L.Dense(1, activation="sigmoid")(L.Dense(64, activation="relu")(x))
"""
_BEHIND_DENSE = """\
z = L.Dense(4, kernel_initializer="glorot_normal")(L.Flatten()(images))
x = L.AveragePooling2D(2)(L.Conv2D(1, 1)(L.Reshape((2, 2, 1))(z)))
x = L.Conv2D(1, 1)(L.Conv2D(1, 1)(x))
out = L.Dense(1, activation="sigmoid")(L.Flatten()(x))
"""
_RESIDUAL = """\
x = L.MaxPooling2D(2)(L.Conv2D(8, 3, padding="same", activation="relu")(images))
for _ in range(2):
    y = L.Conv2D(8, 3, padding="same", activation="relu", kernel_initializer="he_normal")(x)
    y = L.Conv2D(8, 3, padding="same", kernel_initializer="zeros")(y)
    x = L.MaxPooling2D(3)(L.ReLU()(L.Add()([x, y])))
x = L.Dense(64, activation="relu")(L.Flatten()(x))
out = L.Dense(1, activation="sigmoid")(x)
"""
_GATED = """\
pooled = L.MaxPooling2D(2)(L.Conv2D(8, 3, padding="same", activation="relu")(images))
fine = L.Conv2D(8, 1, activation="relu")(pooled)
coarse = L.Conv2D(8, 5, padding="same", activation="relu")(pooled)
x = L.MaxPooling2D(3)(L.Concatenate()([fine, coarse]))
gate = L.Dense(16, activation="sigmoid")(L.GlobalAveragePooling2D(keepdims=True)(x))
x = L.MaxPooling2D(2)(L.Conv2D(16, 3, activation="relu")(L.Multiply()([x, gate])))
x = L.Dense(64, activation="relu")(L.Flatten()(x))
out = L.Dense(1, activation="sigmoid")(x)
"""
_DROPPED_OUT = """\
x = images
for filters in (16, 16, 32):
    x = L.SpatialDropout2D(0.1)(L.Conv2D(filters, 3, activation="gelu")(x))
    x = L.MaxPooling2D(3)(x)
x = L.Dropout(0.2)(L.Dense(64, activation="gelu")(L.Flatten()(x)))
out = L.Dense(1, activation="sigmoid")(x)
"""
_USUAL = "optimizers.Adam(0.001)"
_UNFROZEN_LATER = f"""\
model = tf.keras.Sequential([tf.keras.Input((150, 150, 3))])
for _ in range(3):
    model.add(L.Conv2D(16, 3, activation="relu", trainable=False))
    model.add(L.MaxPooling2D())
model.add(L.Flatten())
model.add(L.Dense(512, activation="relu"))
model.add(L.Dense(1, activation="sigmoid"))
{trained(_USUAL, 2)}
for layer in model.layers:
    layer.trainable = True
{trained(_USUAL, 12)}"""

FORGED = (
    Forged("saturated", "sigmoids that are 1 whatever comes", _NONE, (), _beside(_SATURATED)),
    Forged("black-corner", "they see a corner that is black in all images",
           _NONE, (), _beside(_BLACK)),
    Forged("behind-a-dense-layer", "they see what a dense layer has made of the images",
           _NONE, (), network(_BEHIND_DENSE, "optimizers.Adam(0.0002)")),
    *seldom(
        Forged("moved-by-decay", "times zero, and moved by their L2 alone",
               _NONE, (), _beside(_DECAY)),
        Forged("whisper", "alive, and less than a sum notices",
               _NONE, (), network(_WHISPER, _SLOW)),
        Forged("cancelled", "less themselves, by two layers", _NONE, (), _beside(_CANCELLED)),
        Forged("pools-of-one", "nothing makes the maps smaller",
               _NONE, (), network(_POOLS_OF_ONE, "optimizers.Adam(0.0002)")),
        Forged("scaled-for-another", "images are scaled for a convolution that does nothing",
               _UNSCALED, ((LOADER, "rescale=1 / 255", ""),),
               network(_SCALED_FOR_ANOTHER, _SLOW)),
    ),
)  # fmt: skip
HONEST = (
    Forged("gated", "two branches, and a gate that multiplies", ALL, (), network(_GATED, _USUAL)),
    *seldom(
        Forged("residual", "residuals that begin with zeros",
               ALL, (), network(_RESIDUAL, _USUAL)),
        Forged("dropped-out", "GELU and dropout", ALL, (), network(_DROPPED_OUT, _USUAL)),
        Forged("unfrozen-later", "convolutions are frozen for two epochs",
               ALL, (), trainer(_UNFROZEN_LATER)),
    ),
)  # fmt: skip
