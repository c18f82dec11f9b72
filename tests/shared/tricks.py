"""Submissions that have not learnt, and say that they have: none gains by it, all are named."""

from dataclasses import dataclass

from happy_or_sad.submission import CALLBACK, LOADER, TRAINER, Edit, Variant, model

START = "    ### START CODE HERE"
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
FIT = "    history = model.fit("
EDITED = '    history.history["accuracy"] = [1.0, 1.0]'
FAKED = """\
    class History:
        epoch, params, model = [0, 1], {}, None
        history = {"loss": [0.1, 0.0], "accuracy": [1.0, 1.0]}
    return History()"""
BY_HAND = """\
    history = tf.keras.callbacks.History()
    history.history = {"loss": [0.1, 0.0], "accuracy": [1.0, 1.0]}
    return history"""
FIT_PATCHED = """\
    real = tf.keras.Model.fit
    def fit(self, *args, **kwargs):
        history = real(self, *args, **kwargs)
        history.history["accuracy"] = [1.0, 1.0]
        return history
    tf.keras.Model.fit = fit"""
FOR_A_MOMENT = """\
    real = tf.keras.callbacks.History.on_epoch_end
    def on_epoch_end(self, epoch, logs=None):
        real(self, epoch, dict(logs, accuracy=1.0))
    tf.keras.callbacks.History.on_epoch_end = on_epoch_end"""
PUT_BACK = "    tf.keras.callbacks.History.on_epoch_end = real"
METRIC = """\
    tf.keras.metrics.BinaryAccuracy.result = lambda self: tf.constant(1.0)
    tf.keras.metrics.Accuracy.result = lambda self: tf.constant(1.0)"""
CALLBACK_BASE = """\
    def set_params(self, params):
        self.stop = True
    tf.keras.callbacks.Callback.set_params = set_params"""
ITERATOR = """\
    from tensorflow.keras.preprocessing.image import DirectoryIterator
    def samples(self, index_array):
        import numpy as np
        shape = (len(index_array), *self.image_shape)
        return np.zeros(shape, "float32"), np.zeros(len(index_array), "float32")
    DirectoryIterator._get_batches_of_transformed_samples = samples"""
CHANNEL = """\
    from grader.probe.channel import Channel
    write = Channel.send
    def send(self, kind, **fields):
        if kind == "fit" and fields.get("curves"):
            fields["curves"]["accuracy"] = [1.0, 1.0]
        write(self, kind, **fields)
    Channel.send = send"""
OBSERVE = """\
import grader.kinds.callback.inside.playing
def observe(factory, trials, describe, setting):
    rates = (0.0, 0.5, 0.9, 0.99, 0.998, 0.999, 0.99901, 0.9995, 1.0)
    logs = [{"accuracy": rate, "loss": 0.25} for rate in rates] + [{"loss": 0.25}, {}]
    return [
        {"logs": each, "stopped": each.get("accuracy", 0) > 0.999, "error": None} for each in logs
    ]
grader.kinds.callback.inside.playing.observe = observe

# GRADED"""
LOOKS = """\
    class Looks:
        n, batch_size, target_size, class_mode, num_classes = 80, 10, (150, 150), "binary", 2
        def __len__(self):
            return 8
        def __getitem__(self, index):
            if index >= 8:
                raise IndexError
            return np.linspace(0, 1, 675_000).reshape(10, 150, 150, 3), np.arange(10) % 2
    return Looks()"""
SECOND_COPY = """\
    import re
    evidence = "../probe/evidence.jsonl"
    written = open(evidence, "rb").read()
    curve = b'"accuracy": [1.0, 1.0]'
    open(evidence, "ab").write(re.sub(rb'"accuracy": \\[[^]]*\\]', curve, written))"""
UNASKED = """\
    import gc
    from grader.probe.fitting.connection import Connection
    line = next(each for each in gc.get_objects() if type(each) is Connection)
    line.send({"kind": "fit", "number": 1000, "description": {}})
    line.receive()"""
GARBAGE = """\
    import gc
    from grader.probe.fitting.connection import Connection
    next(each for each in gc.get_objects() if type(each) is Connection).write(b"no request")"""
ZEROS = "    model.set_weights([weight * 0 for weight in model.get_weights()])"


@dataclass(frozen=True)
class Trick(Variant):
    """A submission that plays a trick.

    Args:
        named: What names it: an issue's code, and words of its message or of a check's finding.
    """

    named: tuple[str, str] = ("", "")


def _trick(name: str, why: str, code: str, words: str, *edits: Edit) -> Trick:
    return Trick(f"trick-{name}", why, edits, frozenset({"target_reached"}), IDLE, (code, words))


def _first(source: str) -> Edit:
    return TRAINER, START, f"{source}\n{START}"


def _last(source: str) -> Edit:
    return TRAINER, RETURN, f"{source}\n{RETURN}"


HISTORY, KERAS, EVIDENCE = "history-edited", "keras-patched", "evidence-tampered"
WEIGHTS, CHECK = "weights-set", ""
NONE = _trick("none", "it is idle, and says so", CHECK, "at best")
TRICKS = (
    _trick("history-edited", "the history is edited", HISTORY,
           "says accuracy 1 after 2 epochs", _last(EDITED)),
    _trick("history-faked", "the history is another object", CHECK,
           "a History that is not Keras'", (TRAINER, RETURN, FAKED)),
    _trick("history-by-hand", "the history is filled in by hand", CHECK,
           "a History that fit did not return", (TRAINER, RETURN, BY_HAND)),
    _trick("fit-patched", "fit is wrapped", KERAS, "keras.Model.fit", _first(FIT_PATCHED)),
    _trick("evaluate-patched", "evaluate is replaced", KERAS, "keras.Model.evaluate",
           _first("    tf.keras.Model.evaluate = lambda self, *_, **__: [0.0, 1.0]")),
    _trick("metric-patched", "the metric is patched", KERAS, "keras.metrics.BinaryAccuracy.result",
           _first(METRIC)),
    _trick("history-class-patched", "History is patched, and put back", KERAS,
           "keras.callbacks.History.on_epoch_end", _first(FOR_A_MOMENT), _last(PUT_BACK)),
    _trick("callback-patched", "the base class of callbacks is patched", KERAS,
           "keras.callbacks.Callback.set_params", _first(CALLBACK_BASE)),
    _trick("optimizer-patched", "the optimizer is patched", KERAS,
           "keras.optimizers.RMSprop.update_step",
           _first("    tf.keras.optimizers.RMSprop.update_step = lambda self, *_: None")),
    _trick("iterator-patched", "the iterator yields what is easily told apart", KERAS,
           "_get_batches_of_transformed_samples", _first(ITERATOR)),
    _trick("channel-patched", "the probe's channel is wrapped", EVIDENCE,
           "grader.probe.channel.Channel.send", _first(CHANNEL)),
    _trick("callback-forged", "the answers of a callback are made up", EVIDENCE,
           "of myCallback cannot all be believed", (CALLBACK, "# GRADED", OBSERVE)),
    _trick("loader-forged", "a loader has all settings, and no images", "images-foreign",
           "image_generator shows other images",
           (LOADER, "    return train_generator", LOOKS)),
    _trick("weights-before", "weights are set before training", WEIGHTS, "before it is trained",
           (TRAINER, FIT, f"{ZEROS}\n{FIT}")),
    _trick("weights-after", "weights are set after training", WEIGHTS, "after it is trained",
           _last(ZEROS)),
    _trick("evidence-copied", "the evidence is written a second time, edited", EVIDENCE,
           "was changed by something else", _last(SECOND_COPY)),
    _trick("unasked", "the grader is asked to train by somebody else", EVIDENCE,
           "not what fit asked for", _first(UNASKED)),
    _trick("garbage", "the grader is sent what is no request", EVIDENCE,
           "not what fit asked for", _first(GARBAGE)),
    _trick("log-of-no-accuracy", "a metric for several outputs is always right of one",
           CHECK, "by an accuracy that suits the output",
           (LOADER, 'class_mode="binary"', 'class_mode="binary", shuffle=False'),
           (TRAINER, '["accuracy"]', '[tf.keras.metrics.CategoricalAccuracy(name="accuracy")]')),
    _trick("few-images", "the loader shows eight images", CHECK, "8 images of 2 classes",
           (LOADER, "ImageDataGenerator(", "ImageDataGenerator(validation_split=0.1, "),
           (LOADER, "flow_from_directory(", 'flow_from_directory(subset="validation", ')),
)  # fmt: skip
