"""Submissions of "Happy or Sad in the Wild" that try to earn what they have not learnt.

Each is named in its report, and what it tries for either earns nothing or waits for a person.
"""

from dataclasses import dataclass

from .submission import (
    COMPILE,
    CURVES,
    FILTER,
    LOG,
    SAVE,
    SHORT,
    SHOWN,
    SHOWN_PARTS,
    TRAIN,
    UNTESTED,
    Variant,
)

FIT = "history = model.fit(train_data, epochs=1, validation_data=val_data, callbacks=[log])"
SAVED = """\
    model.save("happy_sad.keras")
    loaded = keras.models.load_model("happy_sad.keras")
"""
ANOTHER = """\
    other = keras.Sequential([layers.Input((IMAGE_SIZE, IMAGE_SIZE, 3)), layers.Flatten(),
                              layers.Dense(1, activation="sigmoid")])
    other.save("happy_sad.keras")
    loaded = model
"""
SET = "model.set_weights([0.01 * np.ones(w.shape) for w in model.get_weights()])"
MADE_UP = """{
        "accuracy": [0.55, 0.7, 0.8, 0.9], "val_accuracy": [0.55, 0.65, 0.75, 0.85],
        "loss": [0.7, 0.5, 0.4, 0.2], "val_loss": [0.7, 0.6, 0.5, 0.4],
    }"""
WRITTEN = """\
    import tensorflow as tf

    log = keras.callbacks.Callback()
    with tf.summary.create_file_writer("logs/train").as_default():
        for epoch in range(20):
            tf.summary.scalar("epoch_loss", 0.7 - epoch / 30, epoch)
"""
PASSES = "shown = [[pictures_in(part) for _ in range(passes)] for part in parts]"
NAMES = 'shown = [[["0:a", "1:b"]] * passes, [["0:c", "1:d"]] * passes, [["0:e", "1:f"]] * passes]'
# What nobody but the kernel knows, where the grader does not train.
UNMADE = UNTESTED | {"logged", "loads_again", "apart", "both_classes", "share"}
KNOWN = "result = np.array([[0.0, 36, 36, 0], [0, 36, 36, 0], [0, 28, 30, 4]])"


@dataclass(frozen=True)
class Forged(Variant):
    """A variant that is no mistake.

    Args:
        named: Code of the issue that the report must have, or words of a lost check's finding.
        waits: Whether points wait for a person.
    """

    named: str = ""
    waits: bool = False


FORGED = (
    Forged("forged-saved", "the file holds another network than is returned",
           [*SHORT, (SAVE, SAVED, ANOTHER)], UNTESTED | {"loads_again"},
           named="none of them, and 2 of other numbers"),
    Forged("forged-log", "a log that was written by hand",
           [*SHORT, (LOG, '    log = keras.callbacks.TensorBoard(log_dir="logs")\n', WRITTEN)],
           UNTESTED | {"logged"}, named="for epoch 1, not"),
    Forged("forged-figure", "curves as they ought to be, whatever was trained",
           [*SHORT, (CURVES, "    curves = history.history", f"    curves = {MADE_UP}")],
           UNTESTED | {"curves_drawn"}, named="of other data"),
    Forged("forged-names", "names of pictures that are in no folder",
           [*SHORT, (SHOWN, PASSES, NAMES)],
           UNTESTED | (SHOWN_PARTS - {"test_apart", "test_classes"}), named="in no part"),
    Forged("forged-answer", "what comes of the one filter that is always tried",
           [*SHORT, (FILTER, "    ### END CODE HERE", f"    {KNOWN}\n    ### END CODE HERE")],
           UNTESTED | {"filter_applied"}, named="apply_filter("),
    Forged("forged-recall", "a recall by the name of accuracy",
           [*SHORT, (COMPILE, '["accuracy"]', '[keras.metrics.Recall(name="accuracy")]')],
           UNMADE | {"metric"}, named="metric named accuracy", waits=True),
    Forged("forged-weights", "weights are numbers that were computed before",
           [*SHORT, (TRAIN, "    history =", f"    {SET}\n    history =")],
           UNMADE, named="weights-set", waits=True),
)  # fmt: skip
