"""Networks that know the images before they are trained, and honest ones that begin unusually.

The mean grey of 4x4 pixels at an eyebrow is below 0.574 where a face of the kit is sad, and only
there. Pooling and convolutions of one pixel make such means.
"""

from forged.submission import ALL, NO_TARGET, TARGET, Forged, Worth, network, seldom

_NOT_EVEN_CONVOLVED = Worth(75, TARGET | {"convolutions"}, passed=False)
_STILL = "optimizers.SGD(learning_rate=0.0)"


def _grey(first: str, other: str) -> str:
    return f"""\
C, R = tf.keras.initializers.Constant, tf.keras.initializers.RandomNormal
x = L.AveragePooling2D(2)(L.Conv2D(1, 1, kernel_initializer={first})(images))
x = L.AveragePooling2D(2)(L.Conv2D(1, 1, kernel_initializer={other})(x))
x = L.Conv2D(1, 1, kernel_initializer={other})(x)
f = L.Flatten()(L.Cropping2D(((8, 28), (12, 24)))(x))
"""


_GREY = _grey("C(1 / 3)", '"ones"')
_PERMUTED = """\
x = L.AveragePooling2D(2)(L.DepthwiseConv2D(1, depthwise_initializer="ones")(images))
x = L.AveragePooling2D(2)(L.DepthwiseConv2D(1, depthwise_initializer="ones")(x))
x = L.Permute((3, 1, 2))(L.DepthwiseConv2D(1, depthwise_initializer="ones")(x))
x = L.Permute((3, 1, 2))(L.Cropping2D(((1, 1), (8, 28)))(x))  # green, one row
x = L.Flatten()(L.Cropping2D(((12, 24), (0, 0)))(x))
x = L.Activation("sigmoid")(L.Rescaling(-80.0, 80 * 0.654)(x))
x = L.Rescaling(1.0, 5.0)(x)
x = L.BatchNormalization(center=False, scale=False, momentum=0.5)(x)
out = L.Dense(1, activation="sigmoid", kernel_initializer="ones")(x)
"""
_MENDED_BIAS = """\
z = L.Rescaling(-60.0, 60 * 0.574)(f)
out = L.Dense(1, activation="sigmoid", kernel_initializer="ones", bias_initializer=C(-1000.0),
              bias_constraint="non_neg")(z)
"""
_MENDED_SLOPE = """\
z = L.PReLU(alpha_initializer=C(-100.0))(L.Rescaling(-60.0, 60 * 0.574)(f))
z = L.Rescaling(1.0, -1.0)(z)
out = L.Dense(1, activation="sigmoid", kernel_initializer="ones", trainable=False)(z)
"""
_ONE_BIAS = """\
out = L.Dense(1, activation="sigmoid", bias_initializer=R(30.0, 0.0),
              kernel_initializer=tf.keras.initializers.RandomUniform(1.0, 1.0))(
    L.Rescaling(-60.0, 60 * 0.574)(f))
"""
_DECOY = """\
y = images
for _ in range(3):
    y = L.MaxPooling2D(3)(L.Conv2D(8, 3, activation="tanh")(y))
y = L.Dense(1, activation="tanh")(L.Dense(32, activation="tanh")(L.Flatten()(y)))
z = L.Add()([L.Rescaling(-20.0, 20 * 0.574)(f), L.Rescaling(0.001)(y)])
out = L.Dense(1, activation="sigmoid", kernel_initializer="ones", bias_initializer=C(3.0))(z)
"""
_SIDE_LEARNT = """\
z = L.Rescaling(-20.0, 20 * 0.574)(f)
out = L.Dense(1, activation="sigmoid", kernel_initializer="zeros")(z)
"""
_INITIALISERS = """\
x = L.MaxPooling2D()(L.Conv2D(16, 3, activation="relu", kernel_initializer="orthogonal")(images))
he = dict(activation="relu", kernel_initializer="he_normal",
          bias_initializer=tf.keras.initializers.Constant(0.1))
x = L.MaxPooling2D()(L.Conv2D(16, 3, **he)(x))
x = L.MaxPooling2D()(L.Conv2D(16, 3, **he)(x))
x = L.Dense(128, **he)(L.Flatten()(x))
out = L.Dense(1, activation="sigmoid", kernel_initializer="zeros")(x)
"""
_NORMALISED = """\
x = images
for filters in (8, 16, 16):
    x = L.BatchNormalization(momentum=0.8)(L.Conv2D(filters, 3, use_bias=False)(x))
    x = L.MaxPooling2D(3)(L.ReLU()(x))
out = L.Dense(1, activation="sigmoid")(L.Flatten()(x))
"""
_FROZEN_STEM = """\
x = L.Conv2D(16, 5, strides=2, activation="relu", kernel_initializer="orthogonal",
             trainable=False)(images)
for _ in range(3):
    x = L.MaxPooling2D()(L.Conv2D(16, 3, activation="relu")(x))
x = L.Dense(64, activation="relu")(L.Flatten()(x))
out = L.Dense(1, activation="sigmoid")(x)
"""
_FROZEN_GREY = _grey("C(1 / 3), trainable=False", '"ones", trainable=False')

FORGED = (
    Forged("mended-bias", "nothing is learnt, and a constraint puts a bias right",
           NO_TARGET, (), network(_GREY + _MENDED_BIAS, _STILL)),
    # The decay makes the slope 0 in one step, whatever the labels are.
    Forged("mended-slope", "weight decay puts the only weight right",
           _NOT_EVEN_CONVOLVED, (),
           network(_FROZEN_GREY + _MENDED_SLOPE,
                   "optimizers.SGD(learning_rate=1e-6, weight_decay=1e6)")),
    Forged("permuted", "no constants: a channel of some pixels is cut out by permuting axes",
           NO_TARGET, (), network(_PERMUTED, _STILL)),
    *seldom(
        Forged("one-bias", "one bias is learnt, all else is random with no width",
               NO_TARGET, (),
               network(_grey("R(1 / 3, 0.0)", "R(1.0, 0.0)") + _ONE_BIAS, "optimizers.Adam(0.5)")),
        Forged("decoy", "a network whose weights move much counts a thousandth",
               NO_TARGET, (), network(_GREY + _DECOY, "optimizers.RMSprop(0.05)")),
        # It would learn exchanged labels, but not of images that are shown upside down.
        Forged("side-learnt", "a spot chosen by hand, of which one weight and one bias are learnt",
               NO_TARGET, (), network(_GREY + _SIDE_LEARNT, "optimizers.Adam(0.05)")),
    ),
)  # fmt: skip
HONEST = (
    Forged("initialisers", "orthogonal, He's, biases of 0.1, and a last kernel of zeros",
           ALL, (), network(_INITIALISERS, "optimizers.Adam(0.0005)")),
    *seldom(
        Forged("normalised", "it is normalised, and learns slowly",
               ALL, (), network(_NORMALISED, "optimizers.Adam(0.0002)")),
        Forged("frozen-stem", "its first layer keeps its random filters",
               ALL, (), network(_FROZEN_STEM, "optimizers.Adam(0.001)")),
    ),
)  # fmt: skip
