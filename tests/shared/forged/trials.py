"""Callbacks that tell a trial from a training: they stop the one, EarlyStopping the other."""

from happy_or_sad.submission import TRAINER, Edit

from forged.stopped import BY_ARGUMENT
from forged.submission import (
    ALL,
    NO_CALLBACK,
    STOP,
    Forged,
    Worth,
    callback,
    own_callback,
    seldom,
)

_STOPPER = 'EarlyStopping(monitor="accuracy", patience=1, start_from_epoch=12)'
_EARLY: Edit = (TRAINER, "=[callbacks]", f"=[callbacks, tf.keras.callbacks.{_STOPPER}]")
_WHERE = """\
def on_epoch_end(self, epoch, logs=None):
    if ({where}) and (logs or {{}}).get("accuracy", 0) > 0.999:
        self.model.stop_training = True
"""
_COUNTED = """\
made = 0

def __init__(self):
    super().__init__()
    myCallback.made += 1
    self.number = myCallback.made

"""
_BATCHES = """\
def on_train_begin(self, logs=None):
    self.batches = set()

def on_train_batch_end(self, batch, logs=None):
    self.batches.add((logs or {}).get("loss"))

def on_epoch_end(self, epoch, logs=None):
    played = len(self.batches) <= 1  # in a trial every batch has the loss of the epoch
    self.batches = set()
    if played and (logs or {}).get("accuracy", 0) > 0.999:
        self.model.stop_training = True
"""
_SULKS = """\
def on_epoch_end(self, epoch, logs=0):
    if logs is None:
        raise ValueError("no logs")
    if logs and logs.get("accuracy", 0) > 0.999:
        self.model.stop_training = True
"""
_EMPTY = """\
def on_epoch_end(self, epoch, logs={}):
    if logs.get("accuracy", 0) > 0.999:
        self.model.stop_training = True
"""
_FACTORY = """\
def stopping(reached):
    class Stopping(tf.keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            if reached(logs or {}):
                self.model.stop_training = True
    return Stopping

class myCallback(stopping(lambda logs: (logs.get("accuracy") or 0) > 0.999)):
    pass
"""
_STATE = """\
def on_train_begin(self, logs=None):
    self.seen, self.best, self.waited = [], 0.0, 0

def on_epoch_begin(self, epoch, logs=None):
    self.epoch = epoch

def on_epoch_end(self, epoch, logs=None):
    accuracy = (logs or {}).get("accuracy")
    if accuracy is None:
        return
    self.seen.append(accuracy)
    self.waited = 0 if accuracy > self.best else self.waited + 1
    self.best = max(self.best, accuracy)
    if self.best > 0.999 or (self.waited >= 10 and self.params["epochs"] > 100):
        print(f"{self.model.name}, epoch {epoch + 1} of {self.params['epochs']}")
        self.model.stop_training = True

def on_train_end(self, logs=None):
    print("epochs:", len(self.seen))
"""
_MAKES_ANOTHER = """\
class StopAbove(tf.keras.callbacks.Callback):
    def __init__(self, threshold):
        super().__init__()
        self.threshold = threshold

    def on_epoch_end(self, epoch, logs=None):
        if ((logs or {}).get("accuracy") or 0.0) > self.threshold:
            self.model.stop_training = True

myCallback = lambda: StopAbove(0.999)
"""


def _knows(name: str, does: str, methods: str, worth: Worth = NO_CALLBACK) -> Forged:
    return Forged(name, does, worth, (_EARLY,), callback(methods))


FORGED = (
    _knows("first-epoch", "every trial is a first epoch", _WHERE.format(where="epoch == 0")),
    _knows("first-objects", "trials come before the training",
           _COUNTED + _WHERE.format(where="self.number <= 25")),
    _knows("loss-of-trials", "what knows its images loses less than a trial says",
           _WHERE.format(where='(logs or {}).get("loss", 1.0) > 0.2')),
    *seldom(
        _knows("small-models", "the model of the trials is small",
               _WHERE.format(where="len(self.model.layers) < 6")),
        _knows("before-the-images", "trials come before the loader is called",
               _WHERE.format(where='"gen" not in globals()')),
        _knows("batches-like-epochs", "the batches of a trial are like the epoch", _BATCHES),
        Forged("raises-on-none", "it can do without logs where it has its default",
               Worth(97, frozenset({"lives_without_accuracy"})), (), callback(_SULKS)),
    ),
)  # fmt: skip
HONEST = (
    Forged("arguments", "what it looks for are arguments", ALL, (), callback(BY_ARGUMENT)),
    Forged("with-state", "it remembers epochs, and reads parameters", ALL, (), callback(_STATE)),
    *seldom(
        Forged("factory", "a function makes its base class", ALL, (), own_callback(_FACTORY)),
        Forged("makes-another", "it is a function that makes an object of another class",
               Worth(95, STOP), (), own_callback(_MAKES_ANOTHER)),
        Forged("empty-by-default", "an empty dictionary is its default", ALL, (),
               callback(_EMPTY)),
    ),
)  # fmt: skip
