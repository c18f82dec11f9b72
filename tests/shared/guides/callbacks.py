"""Writing and using callbacks."""

HOOKS = """\
class Telling(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        print("train", sorted(logs or {}), self.params, type(self.model).__name__)
    def on_epoch_begin(self, epoch, logs=None):
        print("epoch", epoch)
    def on_epoch_end(self, epoch, logs=None):
        print("ended", epoch, {name: round(value, 4) for name, value in logs.items()})
    def on_train_batch_end(self, batch, logs=None):
        print("batch", batch, list(logs))
    def on_test_begin(self, logs=None):
        print("test")
    def on_predict_end(self, logs=None):
        print("predicted")
model = made(metrics=["mae"])
model.fit(x, y, epochs=2, batch_size=6, validation_split=0.25, verbose=0, callbacks=[Telling()])
model.evaluate(x, y, verbose=0, callbacks=[Telling()])
print(model.predict(x, verbose=0, callbacks=[Telling()]).shape)
"""
BEST = """\
class StopAtLeastLoss(keras.callbacks.Callback):
    def __init__(self, patience=0):
        super().__init__()
        self.patience, self.best_weights = patience, None
    def on_train_begin(self, logs=None):
        self.wait, self.best, self.stopped = 0, np.inf, 0
    def on_epoch_end(self, epoch, logs=None):
        if logs["loss"] < self.best - 0.01:
            self.wait, self.best, self.best_weights = 0, logs["loss"], self.model.get_weights()
            return
        self.wait += 1
        if self.wait >= self.patience:
            self.stopped, self.model.stop_training = epoch, True
            self.model.set_weights(self.best_weights)
    def on_train_end(self, logs=None):
        print("stopped early at", self.stopped + 1)
model = made()
history = model.fit(x, y, epochs=20, verbose=0, callbacks=[StopAtLeastLoss(1)])
print(len(history.epoch), round(model.evaluate(x, y, verbose=0), 4), model.stop_training)
"""
RATES = """\
class Schedule(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        rate = float(ops.convert_to_numpy(self.model.optimizer.learning_rate))
        self.model.optimizer.learning_rate = rate / (1 + epoch)
        print(epoch, "learning rate is", round(rate, 5))
model = made()
model.fit(x, y, epochs=3, verbose=2, callbacks=[Schedule()])
halve = keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate / 2, verbose=1)
model.fit(x, y, epochs=2, verbose=0, callbacks=halve)
print(float(model.optimizer.learning_rate))
"""
CHECKPOINT = """\
import csv, os
keep = keras.callbacks.ModelCheckpoint("best.keras", monitor="loss", save_best_only=True, verbose=1)
log = keras.callbacks.CSVLogger("log.csv")
model = made(metrics=["mae"])
history = model.fit(x, y, epochs=2, verbose=2, callbacks=[keep, log])
print(sorted(history.history), open("log.csv").readline().strip())
best = keras.models.load_model("best.keras")
print(best.evaluate(x, y, verbose=0, return_dict=True))
best.fit(x, y, initial_epoch=2, epochs=3, verbose=2)
os.remove("best.keras")
"""
BUILT_IN = """\
callbacks = [
    keras.callbacks.EarlyStopping(
        "loss", min_delta=9.0, patience=1, restore_best_weights=True, verbose=1
    ),
    keras.callbacks.ReduceLROnPlateau("loss", patience=1, min_delta=9.0, verbose=1),
    keras.callbacks.TerminateOnNaN(),
    keras.callbacks.BackupAndRestore("backup"),
]
model = made()
history = model.fit(x, y, epochs=5, verbose=0, callbacks=callbacks)
print(history.history)
"""
LAMBDA = """\
def shown(epoch, logs):
    print("lambda", epoch, list(logs))
model = made()
model.fit(x, y, epochs=2, verbose=0, callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=shown)])
print(type(model.history).__name__, model.history.params)
"""
RAISING = """\
class Fragile(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if logs["accuracy"] > 0.9:
            self.model.stop_training = True
model = made()
model.fit(x, y, epochs=2, verbose=2, callbacks=[Fragile()])
"""
BY_ONESELF = """\
model = made()
names = []
class Named(keras.callbacks.Callback):
    def on_train_batch_begin(self, batch, logs=None):
        names.append(("begin", batch))
called = keras.callbacks.CallbackList([Named()], add_history=True, model=model, epochs=1, steps=2)
called.on_train_begin()
for step in range(2):
    called.on_train_batch_begin(step)
    model.train_on_batch(x, y)
called.on_train_end()
print(names, model.fit(x, y, callbacks=called, verbose=0).history.keys(), len(names))
"""
CALLBACKS = {
    "callback hooks": HOOKS,
    "callback keeps the best weights": BEST,
    "callback sets the learning rate": RATES,
    "checkpoint and log": CHECKPOINT,
    "built-in callbacks": BUILT_IN,
    "lambda callback": LAMBDA,
    "callback raises": RAISING,
    "list of callbacks": BY_ONESELF,
}
