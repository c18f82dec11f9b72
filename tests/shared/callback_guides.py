"""Callbacks as Keras' guides and API pages have them, beside myCallback or as part of it.

All of them are right: none costs a point, or a person's look.
https://keras.io/guides/writing_your_own_callbacks and https://keras.io/api/callbacks
"""

from collections.abc import Sequence
from dataclasses import dataclass

from happy_or_sad.submission import CALLBACK, TRAINER, Edit, Variant

START = "# GRADED FUNCTION: myCallback\n"
PASSED, STOPS = "callbacks=[callbacks]", "            self.model.stop_training = True\n"
ENDS = "    ### END CODE HERE\n\n    return history"
EPOCH_END = "        ### START CODE HERE\n"


@dataclass(frozen=True)
class Guide:
    """A callback.

    Args:
        id: Names it.
        given: What is passed to ``fit`` beside myCallback; empty if nothing is.
        classes: Definitions that come before myCallback.
        edits: Of the solution's cells.
        alone: Whether it cannot be with others in one training.
    """

    id: str
    given: str = ""
    classes: str = ""
    edits: Sequence[Edit] = ()
    alone: bool = False

    def variant(self) -> Variant:
        """Return the solution with this callback."""
        return together(self.id, [self])


def together(name: str, guides: Sequence[Guide]) -> Variant:
    """Return the solution with several of them."""
    edits: list[Edit] = [(CALLBACK, START, START + "".join(each.classes for each in guides))]
    given = "".join(f", {each.given}" for each in guides if each.given)
    edits.append((TRAINER, PASSED, f"callbacks=[callbacks{given}]"))
    edits += [edit for each in guides for edit in each.edits]
    return Variant(f"guide-{name}", "a callback as Keras' guides have it", edits)


def _at_stop(lines: str) -> tuple[Edit, ...]:
    """Have myCallback do something when it stops the training."""
    indented = "".join(f"            {line}\n" for line in lines.splitlines())
    return ((CALLBACK, STOPS, indented + STOPS),)


def _each_epoch(lines: str) -> tuple[Edit, ...]:
    """Have myCallback do something after each epoch."""
    indented = "".join(f"        {line}\n" for line in lines.splitlines())
    return ((CALLBACK, EPOCH_END, EPOCH_END + indented),)


KERAS = "tf.keras.callbacks"
PRINTS_ALL = """\
class CustomCallback(tf.keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        print("Starting training; got log keys: {}".format(list(logs.keys())))

    def on_train_end(self, logs=None):
        print("Stop training; got log keys: {}".format(list(logs.keys())))

    def on_epoch_begin(self, epoch, logs=None):
        print("Start epoch {} of training; got log keys: {}".format(epoch, list(logs.keys())))

    def on_epoch_end(self, epoch, logs=None):
        print("End epoch {} of training; got log keys: {}".format(epoch, list(logs.keys())))

    def on_test_begin(self, logs=None):
        print("Start testing; got log keys: {}".format(list(logs.keys())))

    def on_predict_batch_end(self, batch, logs=None):
        print("...Predicting: end of batch {}".format(batch))

    def on_train_batch_begin(self, batch, logs=None):
        print("...Training: start of batch {}; got log keys: {}".format(batch, list(logs.keys())))

    def on_train_batch_end(self, batch, logs=None):
        print("...Training: end of batch {}; got log keys: {}".format(batch, list(logs.keys())))


"""
PRINTS_LOSS = """\
class LossAndErrorPrintingCallback(tf.keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        print("Up to batch {}, the average loss is {:7.2f}.".format(batch, logs["loss"]))

    def on_test_batch_end(self, batch, logs=None):
        print("Up to batch {}, the average loss is {:7.2f}.".format(batch, logs["loss"]))

    def on_epoch_end(self, epoch, logs=None):
        print(
            "The average loss for epoch {} is {:7.2f} and accuracy is {:7.2f}.".format(
                epoch, logs["loss"], logs["accuracy"]
            )
        )


"""
MIN_LOSS = """\
class EarlyStoppingAtMinLoss(tf.keras.callbacks.Callback):
    def __init__(self, patience=0):
        super().__init__()
        self.patience = patience
        self.best_weights = None

    def on_train_begin(self, logs=None):
        self.wait = 0
        self.stopped_epoch = 0
        self.best = np.inf

    def on_epoch_end(self, epoch, logs=None):
        current = logs.get("loss")
        if np.less(current, self.best):
            self.best = current
            self.wait = 0
            self.best_weights = self.model.get_weights()
        else:
            self.wait += 1
            if self.wait >= self.patience:
                self.stopped_epoch = epoch
                self.model.stop_training = True
                print("Restoring model weights from the end of the best epoch.")
                self.model.set_weights(self.best_weights)

    def on_train_end(self, logs=None):
        if self.stopped_epoch > 0:
            print(f"Epoch {self.stopped_epoch + 1}: early stopping")


"""
BEST_AT_END = """\
class BestAtEnd(tf.keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.best, self.best_weights = np.inf, self.model.get_weights()

    def on_epoch_end(self, epoch, logs=None):
        if logs["loss"] < self.best:
            self.best, self.best_weights = logs["loss"], self.model.get_weights()

    def on_train_end(self, logs=None):
        self.model.set_weights(self.best_weights)


"""
CUSTOM_RATE = """\
class CustomLearningRateScheduler(tf.keras.callbacks.Callback):
    def __init__(self, schedule):
        super().__init__()
        self.schedule = schedule

    def on_epoch_begin(self, epoch, logs=None):
        if not hasattr(self.model.optimizer, "learning_rate"):
            raise ValueError('Optimizer must have a "learning_rate" attribute.')
        lr = self.model.optimizer.learning_rate
        scheduled_lr = self.schedule(epoch, lr)
        self.model.optimizer.learning_rate = scheduled_lr
        print(f"Epoch {epoch}: Learning rate is {float(np.array(scheduled_lr))}.")


LR_SCHEDULE = [(3, 0.00095), (6, 0.0009), (9, 0.00085), (12, 0.0008)]


def lr_schedule(epoch, lr):
    if epoch < LR_SCHEDULE[0][0] or epoch > LR_SCHEDULE[-1][0]:
        return lr
    for start, rate in LR_SCHEDULE:
        if epoch == start:
            return rate
    return lr


"""
SLOWS_BY_HAND = """\
class Slows(tf.keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        rate = self.model.optimizer.learning_rate
        rate.assign(rate * 0.99)


"""
TIMES = """\
import time


class Times(tf.keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.times = []

    def on_epoch_begin(self, epoch, logs=None):
        self.since = time.time()

    def on_epoch_end(self, epoch, logs=None):
        self.times.append(time.time() - self.since)

    def on_train_end(self, logs=None):
        print(f"{np.mean(self.times):.2f} s an epoch")


"""
PLOTS = """\
class Plots(tf.keras.callbacks.Callback):
    def on_train_end(self, logs=None):
        plt.plot(self.model.history.history["loss"], label="loss")
        plt.plot(self.model.history.history["accuracy"], label="accuracy")
        plt.legend()
        plt.show()


"""
EVALUATES = """\
class Evaluates(tf.keras.callbacks.Callback):
    def __init__(self, images):
        super().__init__()
        self.images = images

    def on_epoch_end(self, epoch, logs=None):
        loss, accuracy = self.model.evaluate(self.images, verbose=0)
        print(f"evaluated: {loss:.3f}, {accuracy:.3f}")


"""
PREDICTS = """\
class Predicts(tf.keras.callbacks.Callback):
    def __init__(self, images):
        super().__init__()
        self.batch, self.labels = images[0]

    def on_epoch_end(self, epoch, logs=None):
        said = self.model.predict(self.batch, verbose=0)
        print(np.round(said[:3, 0], 2), self.labels[:3])


"""
WEIGHS = """\
class Weighs(tf.keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        for layer in self.model.layers:
            for weights in layer.get_weights():
                print(layer.name, weights.shape, float(np.abs(weights).mean()))


"""
AVERAGED = "optimizers.RMSprop(learning_rate=0.001, use_ema=True, ema_momentum=0.3)"

GUIDES = (
    # Keras' own
    Guide("checkpoint-best",
          f'{KERAS}.ModelCheckpoint("best.keras", monitor="loss", save_best_only=True, verbose=1)'),
    Guide("checkpoint-template",
          f'{KERAS}.ModelCheckpoint("at-{{epoch:02d}}-{{accuracy:.2f}}.weights.h5", '
          "save_weights_only=True)"),
    Guide("scheduler", f"{KERAS}.LearningRateScheduler(lambda epoch, lr: lr * 0.99, verbose=1)"),
    Guide("scheduler-of-epoch",
          f"{KERAS}.LearningRateScheduler(lambda epoch: 0.001 * 0.99 ** epoch)", alone=True),
    Guide("plateau", f'{KERAS}.ReduceLROnPlateau(monitor="loss", factor=0.9, patience=3)'),
    Guide("early-stopping",
          f'{KERAS}.EarlyStopping(monitor="loss", patience=9, restore_best_weights=True)'),
    Guide("csv", f'{KERAS}.CSVLogger("log.csv")'),
    Guide("backup", f'{KERAS}.BackupAndRestore("backup")'),
    Guide("board", f'{KERAS}.TensorBoard(log_dir="logs", histogram_freq=1)'),
    Guide("nan", f"{KERAS}.TerminateOnNaN()"),
    Guide("lambda",
          f'{KERAS}.LambdaCallback(on_epoch_end=lambda epoch, logs: print(epoch, logs["loss"]), '
          "on_train_batch_begin=lambda batch, logs: print(batch))"),
    Guide("averages", f"{KERAS}.SwapEMAWeights(swap_on_epoch=True)", alone=True,
          edits=((TRAINER, "optimizers.RMSprop(learning_rate=0.001)", AVERAGED),)),
    # Those that one writes oneself
    Guide("prints-all", "CustomCallback()", PRINTS_ALL),
    Guide("prints-loss", "LossAndErrorPrintingCallback()", PRINTS_LOSS),
    Guide("min-loss", "EarlyStoppingAtMinLoss(patience=9)", MIN_LOSS),
    Guide("best-at-end", "BestAtEnd()", BEST_AT_END),
    Guide("custom-rate", "CustomLearningRateScheduler(lr_schedule)", CUSTOM_RATE, alone=True),
    Guide("slows-by-hand", "Slows()", SLOWS_BY_HAND),
    Guide("times", "Times()", TIMES),
    Guide("plots", "Plots()", PLOTS),
    Guide("evaluates", "Evaluates(train_generator)", EVALUATES),
    Guide("predicts", "Predicts(train_generator)", PREDICTS),
    Guide("weighs", "Weighs()", WEIGHS),
)  # fmt: skip
# As part of myCallback: uses of its model.
PARTS = (
    Guide("saves", edits=_at_stop('self.model.save("done.keras")')),
    Guide("learning-rate", edits=_at_stop(
        'print(f"learning rate {float(self.model.optimizer.learning_rate.numpy()):.4f}")')),
    Guide("name", edits=_at_stop('print(self.model.name + " has learnt enough")')),
    Guide("summary", edits=_at_stop("self.model.summary()")),
    Guide("history", edits=_at_stop('print(self.model.history.history.get("loss"))')),
    Guide("weights", edits=_at_stop("self.best = self.model.get_weights()")),
    Guide("count-params", edits=_at_stop('print(f"{self.model.count_params():,} parameters")')),
    Guide("evaluate", edits=_at_stop("print(self.model.evaluate(gen, verbose=0))")),
    Guide("predict", edits=_at_stop(
        "print(self.model.predict(np.zeros((1, 150, 150, 3)), verbose=0))")),
    Guide("optimizer", edits=_at_stop('print(self.model.optimizer.get_config()["name"])')),
    Guide("to-json", edits=_at_stop("print(len(self.model.to_json()))")),
    Guide("saves-each-epoch", edits=_each_epoch('self.model.save(f"at-{epoch}.keras")')),
    Guide("metrics-each-epoch", edits=_each_epoch(
        "print({name: float(value) for name, value in self.model.get_metrics_result().items()})")),
)  # fmt: skip
