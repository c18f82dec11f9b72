"""Right networks, each written in several ways: by other names, in other orders, with comments."""

from dataclasses import dataclass
from itertools import product
from typing import Any

from happy_or_sad.submission import LOADER, TRAINER, Variant

FILTERS = (
    (8, 8, 8), (8, 8, 12), (8, 8, 16), (8, 12, 12), (8, 12, 16), (8, 16, 16), (12, 8, 8),
    (12, 12, 8), (12, 12, 12), (16, 8, 8),
)  # fmt: skip
UNITS, OPTIMIZERS = (32, 64), ("Adam", "RMSprop")


@dataclass(frozen=True)
class Network:
    """A small right network, normalised so that it reaches the target soon and with every seed.

    Args:
        filters: Of the convolutions, each with batch normalisation and pooling.
        units: Of the hidden dense layer.
        optimizer: Name of its class.
    """

    filters: tuple[int, ...]
    units: int
    optimizer: str


NETWORKS = tuple(Network(*each) for each in product(FILTERS, UNITS, OPTIMIZERS))


@dataclass(frozen=True)
class Style:
    """How somebody writes.

    Args:
        model: Name of the model.
        history: Name of what ``fit`` returns.
        images: Name of what the loader makes.
        comment: Stands before every part.
        equals: Between a keyword and its value.
        backwards: Whether the last keyword comes first.
    """

    model: str
    history: str
    images: str
    comment: str = ""
    equals: str = "="
    backwards: bool = False


# The first is the original; the others are copied from it.
STYLES = (
    Style("model", "history", "train_generator"),
    Style("network", "result", "flow", "\n    # My own work, all of it."),
    Style("net", "h", "gen", equals=" = "),
    Style("classifier", "what_happened", "pictures", "\n\n    # Next part", backwards=True),
    Style("m", "log", "faces", "\n    # ...", equals=" =", backwards=True),
)


def written(network: Network, style: Style) -> Any:
    """Return the notebook in which somebody hands a network in."""
    cells = {LOADER: _loader(style), TRAINER: _trainer(network, style)}
    return Variant("written", "in some style", cells=cells).notebook()


def _loader(style: Style) -> str:
    flow = _call(
        style,
        "flow_from_directory",
        directory="base_dir",
        target_size="(150, 150)",
        batch_size="10",
        class_mode='"binary"',
    )
    return f"""\
# GRADED FUNCTION: image_generator
def image_generator():
    ### START CODE HERE{style.comment}
    scaled = {_call(style, "ImageDataGenerator", rescale="1 / 255")}{style.comment}
    {style.images} = scaled.{flow}
    ### END CODE HERE

    return {style.images}
"""


def _trainer(network: Network, style: Style) -> str:
    stack = "".join(f"            tf.keras.layers.{each},\n" for each in _layers(network, style))
    optimizer = _call(style, f"optimizers.{network.optimizer}", learning_rate="0.001")
    compiled = _call(
        style,
        "compile",
        loss='"binary_crossentropy"',
        optimizer=optimizer,
        metrics='["accuracy"]',
    )
    fit = _call(style, "fit", x="train_generator", epochs="20", callbacks="[myCallback()]")
    return f"""\
# GRADED FUNCTION: train_happy_sad_model
def train_happy_sad_model(train_generator):
    ### START CODE HERE{style.comment}
    {style.model} = tf.keras.models.Sequential(
        [
{stack}        ]
    ){style.comment}
    {style.model}.{compiled}{style.comment}
    {style.history} = {style.model}.{fit}
    ### END CODE HERE

    return {style.history}
"""


def _layers(network: Network, style: Style) -> list[str]:
    stack = [_call(style, "Input", shape="(150, 150, 3)")]
    for count in network.filters:
        conv = {"filters": str(count), "kernel_size": "(3, 3)", "activation": '"relu"'}
        stack += [_call(style, "Conv2D", **conv), "BatchNormalization()", "MaxPooling2D()"]
    hidden = _call(style, "Dense", units=str(network.units), activation='"relu"')
    return [*stack, "Flatten()", hidden, _call(style, "Dense", units="1", activation='"sigmoid"')]


def _call(style: Style, name: str, /, **arguments: str) -> str:
    each = [f"{keyword}{style.equals}{value}" for keyword, value in arguments.items()]
    return f"{name}({', '.join(reversed(each) if style.backwards else each)})"
