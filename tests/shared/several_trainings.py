"""Submissions that train more than one model, and the epochs that count with the graded one."""

from dataclasses import dataclass

from happy_or_sad.submission import LOADER, TRAINER, Edit, Variant
from tricks import IDLE

START = "    ### START CODE HERE"
CALLBACKS = "    callbacks = myCallback()\n"
RETURN = "    return history"
SEQUENTIAL = "tf.keras.models.Sequential("
FIT = "    history = model.fit("
AGAIN = """\
    callbacks = myCallback()
    if tries:
        train_happy_sad_model(train_generator, tries - 1)
"""
SIGNATURE = "def train_happy_sad_model(train_generator):"
WITH_TRIES = "def train_happy_sad_model(train_generator, tries=2):"
TRIED = f"{RETURN}\n\n\ntried = train_happy_sad_model(image_generator())"
OF_ITS_OWN = "class Mine(tf.keras.Sequential):\n    pass\n\n\ndef train_happy_sad_model("
ABORTED = """\
    class Abort(tf.keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            raise ValueError("not promising")
    try:
        model.fit(train_generator, epochs=5, callbacks=[Abort()])
    except ValueError:
        model = tf.keras.models.clone_model(model)
        model.compile(loss="binary_crossentropy", metrics=["accuracy"])
"""

ORDERS = """\
    callbacks = myCallback()
    if tries:
        train_generator = ImageDataGenerator(rescale=1 / 255).flow_from_directory(
            base_dir, target_size=(150, 150), batch_size=10, class_mode="binary", seed=tries
        )
        train_happy_sad_model(train_generator, tries - 1)
"""
OTHER = """\
    other = tf.keras.Sequential([
        tf.keras.Input((150, 150, 3)), tf.keras.layers.Flatten(),
        tf.keras.layers.Dense(1, activation="sigmoid"),
    ])
    other.compile(loss="binary_crossentropy", metrics=["accuracy"])
    other.fit(train_generator, epochs=1, verbose=0)
"""


@dataclass(frozen=True)
class Several(Variant):
    """A submission that trains several models.

    Args:
        before: Epochs of those that count with the graded one.
    """

    before: tuple[int, ...] = ()


def _several(name: str, why: str, before: tuple[int, ...], *edits: Edit) -> Several:
    return Several(f"several-{name}", why, edits, frozenset(), IDLE, before)


SEVERAL = (
    _several("anew", "three models are made, and the last is returned", (2, 2),
             (TRAINER, SIGNATURE, WITH_TRIES), (TRAINER, CALLBACKS, AGAIN)),
    _several("here", "the kernel trains three models, and the last is returned", (2, 2),
             (TRAINER, SEQUENTIAL, "Mine("), (TRAINER, "def train_happy_sad_model(", OF_ITS_OWN),
             (TRAINER, SIGNATURE, WITH_TRIES), (TRAINER, CALLBACKS, AGAIN)),
    _several("aborted", "a model is given up after an epoch by an exception", (1,),
             (TRAINER, FIT, f"{ABORTED}{FIT}")),
    _several("tried", "a model is tried in a cell of its own before", (),
             (TRAINER, RETURN, TRIED)),
    _several("on", "the same model is trained on", (2,),
             (TRAINER, RETURN, f"{FIT}train_generator, epochs=2)\n{RETURN}")),
    _several("orders", "the images come in another order each time", (2, 2),
             (TRAINER, SIGNATURE, WITH_TRIES), (TRAINER, CALLBACKS, ORDERS)),
    _several("compared", "another model is trained for an epoch, to compare", (1,),
             (TRAINER, FIT, OTHER + FIT)),
)  # fmt: skip
OPEN = (
    _several("by-the-loader", "the function that makes the loader trains as well", (),
             (LOADER, "    return train_generator", f"{OTHER}    return train_generator")),
)  # fmt: skip
