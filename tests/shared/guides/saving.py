"""Saving, serialisation, and how both are customised."""

WHOLE = """\
model = made(optimizer="adam", metrics=["mae"], run_eagerly=False)
model.fit(x, y, epochs=2, verbose=0)
model.save("whole.keras")
loaded = keras.models.load_model("whole.keras")
print(loaded.compiled, loaded.get_compile_config() == model.get_compile_config())
print(np.array_equal(loaded.predict(x, verbose=0), model.predict(x, verbose=0)))
print(loaded.evaluate(x, y, verbose=0) == model.evaluate(x, y, verbose=0))
print(int(loaded.optimizer.iterations), loaded.fit(x, y, verbose=0).history)
"""
OWN_LAYER = """\
@keras.saving.register_keras_serializable(package="guides", name="scaled")
class Scaled(layers.Layer):
    def __init__(self, factor, **options):
        super().__init__(**options)
        self.factor = factor
    def build(self, shape):
        self.bias = self.add_weight(shape=(shape[-1],), initializer="ones")
    def call(self, inputs):
        return inputs * self.factor + self.bias
    def get_config(self):
        return {**super().get_config(), "factor": self.factor}
model = keras.Sequential([keras.Input((4,)), Scaled(2.0, name="scaled"), layers.Dense(1)])
model.compile("sgd", "mse", run_eagerly=True)
model.save("own.keras")
loaded = keras.models.load_model("own.keras")
print(type(loaded.layers[0]) is Scaled, loaded.layers[0].get_config(), loaded.compiled)
print(keras.saving.get_registered_name(Scaled), loaded.fit(x, y, verbose=0).epoch)
"""
CUSTOM_OBJECTS = """\
class Doubled(layers.Dense):
    def call(self, inputs):
        return 2 * super().call(inputs)
def distance(y_true, y_pred):
    return ops.mean(ops.abs(y_true - y_pred))
model = keras.Sequential([keras.Input((4,)), Doubled(1)])
model.compile("sgd", distance, run_eagerly=True)
model.save("custom.keras")
known = {"Doubled": Doubled, "distance": distance}
loaded = keras.models.load_model("custom.keras", custom_objects=known)
print(loaded.evaluate(x, y, verbose=0) == model.evaluate(x, y, verbose=0))
keras.models.load_model("custom.keras")
"""
WEIGHTS = """\
model, other = made(), made()
model.save_weights("only.weights.h5")
other.load_weights("only.weights.h5")
print(all(map(np.array_equal, model.get_weights(), other.get_weights())))
wider = keras.Sequential([keras.Input((4,)), layers.Dense(3), layers.Dense(2)])
wider.layers[0].set_weights(model.layers[0].get_weights())
print(np.array_equal(wider.get_weights()[0], model.get_weights()[0]))
try:
    wider.load_weights("only.weights.h5")
except ValueError as error:
    print(type(error).__name__)
wider.load_weights("only.weights.h5", skip_mismatch=True)
model.load_weights("nowhere.weights.h5")
"""
CONFIG = """\
model = made()
again = keras.models.model_from_json(model.to_json())
copied = keras.Sequential.from_config(model.get_config())
cloned = keras.models.clone_model(model)
print([each.name for each in (model, again, copied, cloned)])
print(again.to_json() == model.to_json(), cloned.get_config() == model.get_config())
print(getattr(again, "optimizer", None), cloned.compiled, model.compiled)
layer = layers.Dense(3, kernel_regularizer="l2")
print(layers.Dense.from_config(layer.get_config()).kernel_regularizer.get_config())
def frozen(layer):
    return layer.__class__.from_config({**layer.get_config(), "trainable": False})
print(len(keras.models.clone_model(model, clone_function=frozen).trainable_weights))
"""
OVERRIDDEN = """\
import warnings
@keras.saving.register_keras_serializable(package="guides")
class Own(keras.Sequential):
    def compile(self, optimizer, *, loss_rate=1.0, **options):
        super().compile(optimizer, **options)
        self.loss_rate = loss_rate
model = Own([keras.Input((4,)), layers.Dense(1)])
model.compile("sgd", loss_rate=2.0, loss="mse")
model.fit(x, y, verbose=2)
model.save("overridden.keras")
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    loaded = keras.models.load_model("overridden.keras")
print([str(each.message) for each in told if each.category is UserWarning], loaded.compiled)
loaded.evaluate(x, y)
"""
COMPILE_CONFIG = """\
@keras.saving.register_keras_serializable(package="guides")
def weighted(y_true, y_pred):
    return ops.mean(2 * ops.square(y_true - y_pred))
@keras.saving.register_keras_serializable(package="guides")
class Own(keras.Sequential):
    def compile(self, optimizer, loss_fn):
        super().compile(optimizer=optimizer, loss=loss_fn)
        self.loss_fn = loss_fn
    def get_compile_config(self):
        return {"optimizer": self.optimizer, "loss_fn": self.loss_fn}
    def compile_from_config(self, config):
        config = keras.utils.deserialize_keras_object(config)
        self.compile(**config)
model = Own([keras.Input((4,)), layers.Dense(1)])
model.compile("adam", weighted)
model.fit(x, y, verbose=2)
model.save("configured.keras")
loaded = keras.models.load_model("configured.keras")
print(loaded.compiled, loaded.loss_fn is weighted)
print(loaded.evaluate(x, y, verbose=0) == model.evaluate(x, y, verbose=0))
"""
STORES = """\
@keras.saving.register_keras_serializable(package="guides")
class Counting(layers.Dense):
    def build(self, shape):
        super().build(shape)
        self.seen = self.add_weight(shape=(), trainable=False, initializer="zeros")
    def call(self, inputs):
        self.seen.assign_add(1.0)
        return super().call(inputs)
    def save_own_variables(self, store):
        super().save_own_variables(store)
        store["seen"] = self.seen.numpy()
    def load_own_variables(self, store):
        self.kernel.assign(store["0"])
        self.seen.assign(store["seen"])
        print("loading", sorted(store.keys()))
    def get_build_config(self):
        return {"input_shape": (None, 4)}
    def build_from_config(self, config):
        print("building", config)
        self.build(config["input_shape"])
model = keras.Sequential([keras.Input((4,)), Counting(1, name="counting")])
model(x)
model.save("stores.keras")
print(float(keras.models.load_model("stores.keras").layers[0].seen))
"""
EXPORTED = """\
import tensorflow as tf
model = made()
model.export("exported", verbose=False)
served = tf.saved_model.load("exported")
print(np.allclose(served.serve(x), model.predict(x, verbose=0)))
layer = layers.TFSMLayer("exported", call_endpoint="serve")
print(layer(x).shape, [name for name in dir(served) if name == "serve"])
"""
OLD_FORMAT = """\
model = made(loss=keras.losses.MeanSquaredError(), metrics=[keras.metrics.MeanAbsoluteError()])
model.fit(x, y, verbose=0)
model.save("old.h5")
loaded = keras.models.load_model("old.h5")
print(loaded.evaluate(x, y, verbose=0) == model.evaluate(x, y, verbose=0), loaded.compiled)
"""
PICKLED = """\
import copy, pickle
model = made()
model.fit(x, y, verbose=0)
for again in (pickle.loads(pickle.dumps(model)), copy.deepcopy(model)):
    same = np.array_equal(again.predict(x, verbose=0), model.predict(x, verbose=0))
    print(type(again).__name__, again.compiled, same)
variable = copy.deepcopy(model.weights[0])
print(np.array_equal(variable, model.weights[0]), sorted(vars(variable)), sorted(vars(model)))
"""
SAVING = {
    "whole model saved": WHOLE,
    "layer saved with its config": OWN_LAYER,
    "custom objects": CUSTOM_OBJECTS,
    "weights saved": WEIGHTS,
    "configs and clones": CONFIG,
    "overridden compile saved": OVERRIDDEN,
    "compile config": COMPILE_CONFIG,
    "own variables and build config": STORES,
    "exported": EXPORTED,
    "old format": OLD_FORMAT,
    "pickled and copied": PICKLED,
}
