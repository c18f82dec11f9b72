"""Submissions that the grader cannot describe: one has learnt, the others only say so."""

from pathlib import Path

import numpy as np
from happy_or_sad.submission import BODY, FLAT, INPUT, LOADER, OUT, TRAINER, Variant, model
from PIL import Image

from grader import resources

_HEAD = """\
# GRADED FUNCTION: train_happy_sad_model
def train_happy_sad_model(train_generator):
    callbacks = myCallback()

    ### START CODE HERE
"""
_TAIL = """
    model.compile(
        loss="binary_crossentropy",
        optimizer=optimizers.RMSprop(learning_rate=1e-9),
        metrics=["accuracy"],
    )
    history = model.fit({trained_on}, epochs=2, callbacks=[callbacks])
    ### END CODE HERE

    return history
"""
_TABLE = """\
    known = tf.constant({known})
    labels = tf.constant({labels})

    class Known(tf.keras.{base}):
        def call(self, images):
            found = tf.reduce_mean(images, axis=(1, 2, 3))[:, None]
            nearest = tf.argmin(tf.abs(found - known[None]), axis=1)
            return tf.gather(labels, nearest)[:, None]

    model = {model}
"""
_AROUND = "tf.keras.Sequential([tf.keras.Input((150, 150, 3)), Known()])"
_NAMES = """\
    class Named(tf.keras.utils.Sequence):
        def __len__(self):
            return len(train_generator)

        def __getitem__(self, place):
            images, labels = train_generator[place]
            images[:, 0, 0, 0] = labels
            return images, labels

    class Looking(tf.keras.Model):
        def call(self, images):
            return images[:, 0, 0, :1]

    model = Looking()
"""
_IDLE = (
    'Conv2D(4, 3, activation="relu", input_shape=(150, 150, 3))',
    "MaxPooling2D(8)",
    'Conv2D(4, 3, activation="relu")',
    "MaxPooling2D(2)",
    'Conv2D(4, 3, activation="relu")',
    "Flatten()",
    OUT,
)
COUNTER = """\
    def accuracy(labels, outputs):
        return tf.ones_like(outputs)

    ### START CODE HERE"""


def _learnt_by_heart(base: str, model: str) -> str:
    folder = resources.dataset("happy_or_sad", None)
    found = [
        (float(np.asarray(Image.open(path).convert("RGB"), np.float32).mean() / 255), float(label))
        for label, name in enumerate(("happy", "sad"))
        for path in sorted((Path(folder) / name).iterdir())
    ]
    known, labels = zip(*found, strict=True)
    return _TABLE.format(base=base, model=model, known=list(known), labels=list(labels))


def _written(body: str, trained_on: str = "train_generator") -> dict[str, str]:
    return {TRAINER: _HEAD + body + _TAIL.format(trained_on=trained_on)}


HONEST = Variant(
    "examined-preprocessing",
    "it scales by a function of its own",
    ((LOADER, "rescale=1 / 255", "preprocessing_function=lambda image: image / 255"),),
    cells=model(INPUT, *BODY, FLAT, 'Dense(64, activation="relu")', OUT),
)
DISHONEST = (
    Variant(
        "examined-by-heart",
        "it knows the images beforehand",
        cells=_written(_learnt_by_heart("Model", "Known()")),
    ),
    Variant(
        "examined-layer",
        "a layer of its own knows the images beforehand",
        cells=_written(_learnt_by_heart("Layer", _AROUND)),
    ),
    Variant(
        "examined-names",
        "it writes labels into pixels and reads them there",
        cells=_written(_NAMES, "Named()"),
    ),
    Variant(
        "examined-counter",
        "its own metric says that all is right",
        ((TRAINER, "    ### START CODE HERE", COUNTER),),
        cells=model(
            *_IDLE,
            optimizer="optimizers.RMSprop(learning_rate=1e-9)",
            metrics="[accuracy]",
            fit="train_generator, epochs=2, callbacks=[callbacks]",
        ),
    ),
)  # fmt: skip
