"""One common error: what a student did, and what the student is told of it."""

from dataclasses import dataclass

from happy_or_sad.submission import CALLBACK, LOADER, TRAINER, Edit, Variant

MODEL = "    model = tf.keras.models.Sequential("
COMPILE = "    model.compile("
FIT = "train_generator, epochs=20, callbacks=[callbacks]"
HISTORY = f"    history = model.fit({FIT})"
INPUT = "tf.keras.Input(shape=(150, 150, 3))"
CONV = 'tf.keras.layers.Conv2D(16, (3, 3), activation="relu")'
OUT = 'tf.keras.layers.Dense(1, activation="sigmoid")'
OPTIMIZER = "optimizers.RMSprop(learning_rate=0.001)"
LOSS = '"binary_crossentropy"'
LOOKUP = '(logs or {}).get("accuracy")'
CONDITION = "accuracy is not None and accuracy > 0.999"
FLATTEN = "            tf.keras.layers.Flatten(),\n"
PRINT = 'print("\\nReached 99.9% accuracy so cancelling training!")'


@dataclass(frozen=True)
class CommonError:
    """A solution with one slip, which raises.

    Args:
        id: Names it.
        what: What the student did, in a phrase.
        edits: Replacements of text in the cell of a graded name: name, old, new.
    """

    id: str
    what: str
    edits: tuple[Edit, ...]

    @property
    def variant(self) -> Variant:
        """The submission."""
        return Variant(f"error-{self.id}", self.what, self.edits)


def loader(old: str, new: str) -> Edit:
    """Replace text in the loader's cell."""
    return (LOADER, old, new)


def callback(old: str, new: str) -> Edit:
    """Replace text in the callback's cell."""
    return (CALLBACK, old, new)


def trainer(old: str, new: str) -> Edit:
    """Replace text in the trainer's cell."""
    return (TRAINER, old, new)


def before(place: str, *lines: str) -> Edit:
    """Put lines before a line of the trainer's cell."""
    return (TRAINER, place, "".join(f"    {line}\n" for line in lines) + place)


def load(*lines: str) -> Edit:
    """Put lines at the beginning of the loader."""
    place = "    # Create an ImageDataGenerator."
    return (LOADER, place, "".join(f"    {line}\n" for line in lines) + place)


def epoch(*lines: str) -> Edit:
    """Put lines at the beginning of what the callback does after an epoch."""
    place = "        # Look up the accuracy of this epoch."
    return (CALLBACK, place, "".join(f"        {line}\n" for line in lines) + place)


def before_flatten(*layers: str) -> Edit:
    """Put layers before the one that makes a vector of maps."""
    return trainer(FLATTEN, "".join(f"            {layer},\n" for layer in layers) + FLATTEN)


def behind_flatten(layer: str) -> Edit:
    """Put a layer behind the one that makes a vector of maps."""
    return trainer(FLATTEN, f"{FLATTEN}            {layer},\n")


def fit(arguments: str) -> Edit:
    """Give fit other arguments."""
    return trainer(FIT, arguments)


def also(callback: str) -> Edit:
    """Give fit one more callback."""
    return trainer("[callbacks]", f"[callbacks, {callback}]")


def with_history(*lines: str) -> Edit:
    """Do something with a History."""
    return before(HISTORY, "history = tf.keras.callbacks.History()", *lines)
