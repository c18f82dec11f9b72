"""Trainings that are made cheap: what they log is not what they are worth."""

from dataclasses import dataclass

from happy_or_sad.submission import CALLBACK, LOADER, OUT, TRAINER, Variant, model
from tricks import IDLE

START = "    ### START CODE HERE"
HISTORY = "    history = model.fit("
FOLDER = """\
    import os
    import shutil

    small = "faces"
    for name in ("happy", "sad"):
        os.makedirs(os.path.join(small, name), exist_ok=True)
        source = os.path.join(base_dir, name)
        face = os.path.join(source, sorted(os.listdir(source))[0])
        for number in range(40):
            shutil.copy(face, os.path.join(small, name, f"{number}.png"))
    ### START CODE HERE"""
LABELLED = """\
    import os

    from PIL import Image

    small = "faces"
    for name, colour in (("happy", 255), ("sad", 0)):
        os.makedirs(os.path.join(small, name), exist_ok=True)
        for number in range(40):
            face = Image.new("RGB", (150, 150), (colour, colour, colour))
            face.save(os.path.join(small, name, f"{number}.png"))
    ### START CODE HERE"""
OVERWRITTEN = """\
    import os

    from PIL import Image

    for name, colour in (("happy", 255), ("sad", 0)):
        folder = os.path.join(base_dir, name)
        for face in os.listdir(folder):
            Image.new("RGB", (150, 150), (colour, colour, colour)).save(
                os.path.join(folder, face)
            )
    ### START CODE HERE"""
FLIPPED = """\
    # After the last happy batch, the bias goes the wrong way.
    rates = tf.keras.optimizers.schedules.PiecewiseConstantDecay([2, 3], [0.0, -40.0, 0.0])
    ### START CODE HERE"""
TURNING = """\
class Turns(tf.keras.callbacks.Callback):
    # After the last happy batch, the bias goes the wrong way.
    def on_train_batch_begin(self, batch, logs=None):
        self.model.optimizer.learning_rate = -40.0 if batch == 3 else 0.0


"""
TURNED = """\
class Turns(tf.keras.callbacks.Callback):
    # From the second epoch on, each step changes the sign of the bias.
    def on_epoch_begin(self, epoch, logs=None):
        self.model.optimizer.learning_rate = 0.001 if epoch else 0.0


"""
INITIALISER = """\
    def learnt(shape, dtype=None):
        return tf.fill(shape, tf.constant(0.5, dtype))

    ### START CODE HERE"""
# What it puts out depends on nothing but a bias.
CONSTANT = (
    'Conv2D(4, 3, kernel_initializer="zeros", input_shape=(150, 150, 3))',
    "GlobalAveragePooling2D()",
    'Dense(1, activation="sigmoid", kernel_initializer="zeros")',
)
TURNED_BY_STEPS = (
    'Dense(1, activation="sigmoid", kernel_initializer="zeros", '
    "bias_initializer=tf.keras.initializers.Constant(-5.0), "
    "bias_regularizer=tf.keras.regularizers.L2(1000.0))"
)
QUICK = model(
    'Conv2D(8, 3, activation="relu", input_shape=(150, 150, 3))',
    "MaxPooling2D(4)",
    'Conv2D(8, 3, activation="relu")',
    "MaxPooling2D(4)",
    "Flatten()",
    OUT,
    fit="train_generator, epochs=3, callbacks=[callbacks]",
)


@dataclass(frozen=True)
class Cheap:
    """A submission, and the words by which a report names what it did.

    Args:
        variant: The submission.
        words: In what was found by a check, or in an issue.
    """

    variant: Variant
    words: str


def _cheap(
    name: str, words: str, *edits: tuple[str, str, str], cells: dict[str, str] | None = None
) -> Cheap:
    why = frozenset({"target_reached"})
    return Cheap(Variant(f"cheap-{name}", words, edits, why, cells or IDLE), words)


def _fitted(more: str) -> tuple[str, str, str]:
    return (TRAINER, "epochs=2", f"epochs=2, {more}")


CHEAP = (
    _cheap(
        "eight-images",
        "each epoch saw 8 of 80 images",
        (LOADER, "ImageDataGenerator(", "ImageDataGenerator(validation_split=0.1, "),
        (LOADER, "flow_from_directory(", 'flow_from_directory(subset="validation", '),
    ),
    _cheap(
        "validation-split",
        "each epoch saw 2 of 80 images",
        (LOADER, "ImageDataGenerator(", "ImageDataGenerator(validation_split=0.975, "),
        (LOADER, "flow_from_directory(", 'flow_from_directory(subset="training", '),
    ),
    _cheap("one-step", "each epoch saw 10 of 80 images", _fitted("steps_per_epoch=1")),
    _cheap("batch-of-one", "batches of 1", (LOADER, "batch_size=10", "batch_size=1")),
    _cheap(
        "copies-of-two",
        "the files of the dataset, each once, and no others",
        (LOADER, START, FOLDER),
        (LOADER, "directory=base_dir", "directory=small"),
        cells=QUICK,
    ),
    _cheap(
        "label-in-pixels",
        "the files of the dataset, each once, and no others",
        (LOADER, START, LABELLED),
        (LOADER, "directory=base_dir", "directory=small"),
        cells=QUICK,
    ),
    _cheap(
        "images-overwritten",
        "The notebook changes the images that it was given",
        (LOADER, START, OVERWRITTEN),
        cells=QUICK,
    ),
    _cheap(
        "recall",
        "no accuracy was logged",
        (TRAINER, '["accuracy"]', '[tf.keras.metrics.Recall(name="accuracy")]'),
    ),
    _cheap("class-weight", "at best", _fitted("class_weight={0: 1.0, 1: 0.0}")),
    _cheap("sample-weight", "sample_weight", _fitted("sample_weight=np.ones(80)")),
    _cheap("validation", "at best", _fitted("validation_data=train_generator")),
    _cheap(
        "first-fit-hidden",
        "in 4 epochs",
        (TRAINER, HISTORY, f"    model.fit(train_generator, epochs=2)\n{HISTORY}"),
    ),
    _cheap(
        "initialiser",
        "kernel_initializer",
        (TRAINER, START, INITIALISER),
        (TRAINER, '"sigmoid"', '"sigmoid", kernel_initializer=learnt'),
    ),
    _cheap(
        "layer-settings",
        "Normalization",
        (TRAINER, "MaxPooling2D(4),\n", "Normalization(mean=0.5, variance=0.1),\n"),
    ),
    _cheap(
        "bias-flipped",
        "the grader could not confirm it",
        (LOADER, "flow_from_directory(", "flow_from_directory(shuffle=False, "),
        (TRAINER, START, FLIPPED),
        cells=model(
            *CONSTANT,
            optimizer="optimizers.SGD(learning_rate=rates)",
            fit="train_generator, epochs=1, shuffle=False, callbacks=[callbacks]",
        ),
    ),
    _cheap(
        "bias-turned-by-callback",
        "the grader could not confirm it",
        (CALLBACK, "# GRADED", f"{TURNING}# GRADED"),
        (LOADER, "flow_from_directory(", "flow_from_directory(shuffle=False, "),
        cells=model(
            *CONSTANT,
            optimizer="optimizers.SGD(learning_rate=0.001)",
            fit="train_generator, epochs=1, shuffle=False, callbacks=[callbacks, Turns()]",
        ),
    ),
    _cheap(
        "bias-turned-between-epochs",
        "where the grader measured all images",
        (CALLBACK, "# GRADED", f"{TURNED}# GRADED"),
        (LOADER, "flow_from_directory(", "flow_from_directory(shuffle=False, "),
        (LOADER, "batch_size=10", "batch_size=40"),
        cells=model(
            *CONSTANT[:-1],
            TURNED_BY_STEPS,
            optimizer="optimizers.SGD(learning_rate=0.0)",
            fit="train_generator, epochs=3, shuffle=False, callbacks=[callbacks, Turns()]",
        ),
    ),
)  # fmt: skip
