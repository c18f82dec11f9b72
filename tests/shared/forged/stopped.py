"""Trainings that are stopped by something else than the graded callback, or told to it by another.

Each logs its accuracy as ``acc``, of which the solution's callback knows nothing.
"""

from happy_or_sad.submission import TRAINER, Edit

from forged.submission import ALL, STOP, Forged, Worth, callback, seldom

ACC: Edit = (TRAINER, '["accuracy"]', '["acc"]')
_FIT, _PASSED = "    history = model.fit(", "callbacks=[callbacks]"
_METRIC = Worth(93, frozenset({"metric"}))
_BY_ANOTHER = Worth(88, _METRIC.lost | STOP)


def _before(code: str) -> Edit:
    return (TRAINER, _FIT, code + _FIT)


def _given(passed: str) -> Edit:
    return (TRAINER, _PASSED, f"callbacks=[{passed}]")


_SUBCLASS = """\
    class Watching(myCallback):
        def on_epoch_end(self, epoch, logs=None):
            if logs["acc"] > 0.999:
                self.model.stop_training = True
"""
_METHOD = """\
    def other(epoch, logs=None):
        if logs["acc"] > 0.999:
            callbacks.model.stop_training = True
    callbacks.on_epoch_end = other
"""
_PATCHED = """\
    kept = myCallback.on_epoch_end
    def other(self, epoch, logs=None):
        if logs["acc"] > 0.999:
            self.model.stop_training = True
    myCallback.on_epoch_end = other
"""
_PUT_BACK: Edit = (
    TRAINER, "    return history", "    myCallback.on_epoch_end = kept\n    return history",
)  # fmt: skip
_LAMBDA = """\
    def stop(epoch, logs):
        model.stop_training = model.stop_training or logs["acc"] > 0.999
    beside = tf.keras.callbacks.LambdaCallback(on_epoch_end=stop)
"""
_FEEDS = """\
    def feed(epoch, logs):
        logs["accuracy"] = logs["acc"]  # the logs of all callbacks are one dictionary
    beside = tf.keras.callbacks.LambdaCallback(on_epoch_end=feed)
"""
_AFTER_SIXTEEN = """\
def on_epoch_end(self, epoch, logs=None):
    accuracy = (logs or {}).get("accuracy")
    if accuracy is not None and accuracy > 0.999:
        self.model.stop_training = True
    if accuracy is None and epoch >= 15:
        self.model.stop_training = True
"""
BY_ARGUMENT = """\
def __init__(self, threshold=0.999, monitor="accuracy"):
    super().__init__()
    self.threshold, self.monitor = threshold, monitor

def on_epoch_end(self, epoch, logs=None):
    value = (logs or {}).get(self.monitor)
    if value is not None and value > self.threshold:
        self.model.stop_training = True
"""
_PATIENT = """\
    patient = tf.keras.callbacks.EarlyStopping(
        monitor="loss", patience=8, restore_best_weights=True
    )
    calmer = tf.keras.callbacks.ReduceLROnPlateau(monitor="loss", patience=4)
"""

FORGED = (
    Forged("class-patched", "the class has another method while it trains, and is put back",
           _BY_ANOTHER, (ACC, _before(_PATCHED), _PUT_BACK)),
    Forged("lambda-beside", "a LambdaCallback sets stop_training",
           _BY_ANOTHER, (ACC, _before(_LAMBDA), _given("beside, callbacks"))),
    *seldom(
        Forged("subclass", "a class derived from it in the training function stops it",
               _BY_ANOTHER, (ACC, _before(_SUBCLASS), _given("Watching()"))),
        Forged("method-of-the-object", "the object has a method of its own",
               _BY_ANOTHER, (ACC, _before(_METHOD))),
    ),
)  # fmt: skip
OPEN = (
    Forged("after-sixteen-epochs", "where logs have no accuracy, it stops after 16 epochs",
           _METRIC, (ACC,), callback(_AFTER_SIXTEEN)),
)  # fmt: skip
HONEST = (
    Forged("by-argument", "the name to look for is an argument of the callback",
           _METRIC, (ACC, (TRAINER, "myCallback()", "myCallback(monitor='acc')")),
           callback(BY_ARGUMENT)),
    *seldom(
        Forged("fed-by-another", "another callback logs the accuracy once more, as accuracy",
               _METRIC, (ACC, _before(_FEEDS), _given("beside, callbacks"))),
        Forged("early-stopping-beside", "others that could stop it are more patient",
               ALL, (_before(_PATIENT), _given("patient, calmer, callbacks"))),
    ),
)  # fmt: skip
