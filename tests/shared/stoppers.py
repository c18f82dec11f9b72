"""Trainings that are stopped, by the graded callback or by another; for test_stopping.py."""

from collections.abc import Container

from grader.records import PlannedCell, Role

GRADED = """\
import sys
import numpy as np
import tensorflow as tf

class Callback(tf.keras.callbacks.Callback):
    def __init__(self, key="accuracy", patience=0, goes_on=lambda self, epoch, logs: False):
        super().__init__()
        self.key, self.patience, self.above = key, patience, []
        self.goes_on = goes_on

    def on_epoch_end(self, epoch, logs=None):
        if (logs or {}).get(self.key, 0) > 0.999 and not self.goes_on(self, epoch, logs):
            self.above.append(epoch)
            self.model.stop_training = len(self.above) > self.patience
"""
OTHERS = """\
class Stops(tf.keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        self.model.stop_training = True

class Resets(tf.keras.callbacks.Callback):
    def on_train_end(self, logs=None):
        self.model.stop_training = False

class Within(Callback):
    def on_train_batch_end(self, batch, logs=None):
        self.model.stop_training = True

class Derived(Callback):
    def on_epoch_end(self, epoch, logs=None):
        self.model.stop_training = True

class Teller(tf.keras.callbacks.Callback):
    def __init__(self, told):
        super().__init__()
        self.told = told

    def on_epoch_begin(self, epoch, logs=None):
        self.told.key = "acc"

def overridden():
    made = Callback()
    made.on_epoch_end = lambda epoch, logs=None: setattr(made.model, "stop_training", True)
    return [made]

def told():
    made = Callback()
    return [made, Teller(made)]

def with_grader(self, epoch, logs):
    frame = sys._getframe()
    while frame is not None:
        if str(frame.f_globals.get("__name__")).startswith("grader.kinds.callback"):
            return False
        frame = frame.f_back
    return True

other = type("Callback", (tf.keras.callbacks.Callback,), {"on_epoch_end": Stops.on_epoch_end})
early = tf.keras.callbacks.EarlyStopping("loss", min_delta=9.0, patience=1)
"""
# Every epoch logs 1.0, under one of the two names.
AS_ACCURACY = {
    "itself": "[Callback()]",
    "after_another": "[Stops(), Callback()]",
    "before_another": "[Callback(), Stops()]",
    "derived": "[type('Mine', (Callback,), {})()]",
    "patient": "[Callback(patience=2)]",
    "resets": "[Callback(), Resets()]",
    "knows_globals": "[Callback(goes_on=lambda self, epoch, logs: 'gen' in globals())]",
    "knows_loss": "[Callback(goes_on=lambda self, epoch, logs: logs['loss'] != 0.25)]",
    "knows_model": "[Callback(goes_on=lambda self, epoch, logs: len(self.model.layers) == 1)]",
    "knows_stack": "[Callback(goes_on=with_grader)]",
    "knows_and_another": "[Callback(goes_on=with_grader), Stops()]",
}
AS_ACC = {
    "by_argument": "[Callback('acc')]",
    "patient_by_argument": "[Callback('acc', 1)]",
    "in_batch": "[Within()]",
    "another": "[Callback(), Stops()]",
    "another_before": "[Stops(), Callback()]",
    "keras": "[Callback(), early]",
    "same_name": "[other()]",
    "beside_same_name": "[Callback(), other()]",
    "overriding": "[Derived()]",
    "on_the_object": "overridden()",
    "told": "told()",
}
CASES = [*AS_ACCURACY, *AS_ACC]
BY_GRADER = ("itself", "after_another", "knows_stack", "by_argument", "keras", "overriding")
# What the class does by itself, with these arguments and at these logs.
BY_THE_CLASS = {
    "itself", "after_another", "before_another", "derived", "patient", "resets", "by_argument",
    "patient_by_argument",
}  # fmt: skip
# What goes on at an accuracy at which it stops when it is tried.
OTHERWISE = {
    "patient", "knows_globals", "knows_loss", "knows_model", "knows_stack", "knows_and_another",
}  # fmt: skip
_HERE = """\
def fit(metric, callbacks):
    layer = tf.keras.layers.Dense(1, activation="sigmoid", kernel_initializer="zeros")
    model = tf.keras.Sequential([tf.keras.Input((2,)), layer])
    metric = tf.keras.metrics.BinaryAccuracy(name=metric)
    model.compile(tf.keras.optimizers.SGD(0.0), "binary_crossentropy", metrics=[metric])
    x, y = np.zeros((4, 2), "float32"), np.zeros(4, "float32")
    return model.fit(x, y, epochs=4, batch_size=2, verbose=0, callbacks=callbacks)
"""
_BY_GRADER = """\
def load():
    from tensorflow.keras.preprocessing.image import ImageDataGenerator
    images = ImageDataGenerator(rescale=1 / 255)
    return images.flow_from_directory(
        "../data/faces", target_size=(8, 8), batch_size=2, class_mode="binary"
    )

def fit(metric, callbacks):
    layers, constant = tf.keras.layers, tf.keras.initializers.Constant
    out = layers.Dense(1, "sigmoid", kernel_initializer=constant(-1), bias_initializer="ones")
    model = tf.keras.Sequential([tf.keras.Input((8, 8, 3)), layers.Flatten(), out])
    metric = tf.keras.metrics.BinaryAccuracy(name=metric)
    model.compile(tf.keras.optimizers.SGD(0.0), "binary_crossentropy", metrics=[metric])
    return model.fit(load(), epochs=4, verbose=0, callbacks=callbacks)
"""


def cells(
    cases: Container[str] = CASES, *, by_grader: bool = False, given: bool = False
) -> list[PlannedCell]:
    """Return cells that train once for each case, in the order of all.

    Args:
        cases: Which.
        by_grader: Whether the grader can train them.
        given: Whether the callback is not the student's to write.
    """
    by_name = {"accuracy": AS_ACCURACY, "acc": AS_ACC}
    fits = [
        f"    history = fit({metric!r}, {passed})\n"
        for metric, named in by_name.items()
        for name, passed in named.items()
        if name in cases
    ]
    way = _BY_GRADER if by_grader else _HERE
    training = [OTHERS, way, "\n\ndef train(gen):\n", *fits, "    return history\n"]
    return [
        PlannedCell(GRADED, Role.GRADED, name=None if given else "Callback"),
        PlannedCell("gen = 0", Role.REQUIRED),
        PlannedCell("".join(training), Role.GRADED, name="train"),
        PlannedCell("hist = train(gen)", Role.REQUIRED, calls=frozenset({"train"})),
    ]
