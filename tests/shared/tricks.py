"""Submissions that have not learnt, and say that they have: none may reach the target."""

from variants import LOADER, TRAINER, Variant, model

RETURN = "    return history"
# Two epochs at a rate at which nothing is learnt.
IDLE = model(
    'Conv2D(4, 3, activation="relu", input_shape=(150, 150, 3))',
    "MaxPooling2D(4)",
    'Conv2D(4, 3, activation="relu")',
    "MaxPooling2D(4)",
    'Conv2D(4, 3, activation="relu")',
    "Flatten()",
    'Dense(1, activation="sigmoid")',
    optimizer="optimizers.RMSprop(learning_rate=1e-9)",
    fit="train_generator, epochs=2, callbacks=[callbacks]",
)
FAKED = """\
    class History:
        epoch, params, model = [0, 1], {}, None
        history = {"loss": [0.1, 0.0], "accuracy": [1.0, 1.0]}
    return History()"""
PATCHED = """\
    real = tf.keras.Model.fit
    def fit(self, *args, **kwargs):
        history = real(self, *args, **kwargs)
        history.history["accuracy"] = [1.0, 1.0]
        return history
    tf.keras.Model.fit = fit
    ### START CODE HERE"""
METRIC = """\
    tf.keras.metrics.BinaryAccuracy.result = lambda self: tf.constant(1.0)
    tf.keras.metrics.Accuracy.result = lambda self: tf.constant(1.0)
    ### START CODE HERE"""


def _trick(name: str, why: str, *edits: tuple[str, str, str]) -> Variant:
    return Variant(f"trick-{name}", why, edits, frozenset({"target_reached"}), IDLE)


TRICKS = (
    _trick("none", "it is idle, and says so"),
    _trick(
        "history-edited",
        "the history is edited",
        (TRAINER, RETURN, f'    history.history["accuracy"] = [1.0, 1.0]\n{RETURN}'),
    ),
    _trick("history-faked", "the history is another object", (TRAINER, RETURN, FAKED)),
    _trick("fit-patched", "fit is wrapped", (TRAINER, "    ### START CODE HERE", PATCHED)),
    _trick("metric-patched", "the metric is patched", (TRAINER, "    ### START CODE HERE", METRIC)),
    _trick(
        "few-images",
        "the loader shows eight images",
        (LOADER, "ImageDataGenerator(", "ImageDataGenerator(validation_split=0.1, "),
        (LOADER, "flow_from_directory(", 'flow_from_directory(subset="validation", '),
    ),
)
