"""Losses, metrics, layers and training steps of one's own."""

LOSSES = """\
def squared(y_true, y_pred):
    return ops.mean(ops.square(y_true - y_pred), axis=-1)
class Regularised(keras.losses.Loss):
    def __init__(self, factor=0.1, name="regularised"):
        super().__init__(name=name)
        self.factor = factor
    def call(self, y_true, y_pred):
        return squared(y_true, y_pred) + self.factor * ops.mean(ops.square(0.5 - y_pred), axis=-1)
for loss in (squared, Regularised(), Regularised(0.5)):
    model = made(loss=loss)
    model.fit(x, y, epochs=2, verbose=2)
    print(type(model.loss).__name__, model.metrics_names)
"""
METRICS = """\
class Positives(keras.metrics.Metric):
    def __init__(self, name="positives", **options):
        super().__init__(name=name, **options)
        self.count = self.add_variable(shape=(), initializer="zeros", name="count")
    def update_state(self, y_true, y_pred, sample_weight=None):
        self.count.assign_add(ops.sum(ops.cast(y_pred > 0.5, "float32")))
    def result(self):
        return self.count
    def reset_state(self):
        self.count.assign(0.0)
def nearness(y_true, y_pred):
    return -ops.mean(ops.abs(y_true - y_pred))
measured = [Positives(), nearness, "mae"]
model = made(metrics=measured, weighted_metrics=["mse"], run_eagerly=False)
history = model.fit(x, y, epochs=2, verbose=2, sample_weight=np.ones(12))
print({name: [round(value, 4) for value in values] for name, values in history.history.items()})
metric = Positives()
metric.update_state(y, y)
print(float(metric(y, y)), metric.name, keras.metrics.Mean().name)
"""
TRAIN_STEP = """\
import tensorflow as tf
class Stepping(keras.Model):
    def train_step(self, data):
        inputs, targets = data
        with tf.GradientTape() as tape:
            predicted = self(inputs, training=True)
            loss = self.compute_loss(y=targets, y_pred=predicted)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(gradients, self.trainable_variables)
        for metric in self.metrics:
            given = (loss,) if metric.name == "loss" else (targets, predicted)
            metric.update_state(*given)
        return {metric.name: metric.result() for metric in self.metrics}
inputs = keras.Input((4,))
model = Stepping(inputs, layers.Dense(1)(layers.Dense(3)(inputs)))
model.compile(optimizer="adam", loss="mse", metrics=["mae"], run_eagerly=True)
print(model.fit(x, y, epochs=2, verbose=2).history.keys())
print(model.evaluate(x, y, verbose=0))
"""
OWN_TRACKERS = """\
import tensorflow as tf
class Tracking(keras.Model):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.tracker = keras.metrics.Mean(name="loss")
        self.error = keras.metrics.MeanAbsoluteError(name="mae")
    def train_step(self, data):
        inputs, targets = data
        with tf.GradientTape() as tape:
            loss = ops.mean(ops.square(targets - self(inputs, training=True)))
        self.optimizer.apply(tape.gradient(loss, self.trainable_weights), self.trainable_weights)
        self.tracker.update_state(loss)
        self.error.update_state(targets, self(inputs))
        return {"loss": self.tracker.result(), "mae": self.error.result()}
    def test_step(self, data):
        print("traced test_step")
        predicted = self(data[0], training=False)
        self.tracker.update_state(self.compute_loss(data[0], data[1], predicted))
        return {"loss": self.tracker.result()}
    @property
    def metrics(self):
        return [self.tracker, self.error]
inputs = keras.Input((4,))
model = Tracking(inputs, layers.Dense(1)(inputs))
model.compile("sgd", loss="mse")
model.fit(x, y, epochs=2, validation_data=(x, y), verbose=2)
print(model.evaluate(x, y, verbose=0))
"""
LOOP = """\
import tensorflow as tf
model = made()
optimizer, loss = keras.optimizers.Adam(0.1), keras.losses.MeanSquaredError()
metric = keras.metrics.Mean()
@tf.function
def step(inputs, targets):
    print("traced step")
    with tf.GradientTape() as tape:
        value = loss(targets, model(inputs, training=True))
    optimizer.apply(tape.gradient(value, model.trainable_weights), model.trainable_weights)
    metric.update_state(value)
    return value
for epoch in range(2):
    for inputs, targets in tf.data.Dataset.from_tensor_slices((x, y)).batch(4):
        step(inputs, targets)
    print(epoch, round(float(metric.result()), 4))
    metric.reset_state()
print(int(optimizer.iterations), model.compiled)
"""
LAYER = """\
class Linear(layers.Layer):
    def __init__(self, units=2, **options):
        super().__init__(**options)
        self.units = units
    def build(self, shape):
        print("building", shape)
        self.w = self.add_weight(shape=(shape[-1], self.units), initializer="random_normal")
        self.total = self.add_weight(shape=(self.units,), initializer="zeros", trainable=False)
    def call(self, inputs, training=False):
        if training:
            self.total.assign_add(ops.sum(inputs, axis=0)[: self.units])
        self.add_loss(0.01 * ops.sum(ops.square(self.w)))
        return ops.matmul(inputs, self.w)
layer = Linear(1)
print(layer(x).shape, len(layer.losses), layer.trainable_weights[0].path, layer.built)
model = keras.Sequential([keras.Input((4,)), layer])
model.compile("sgd", "mse", run_eagerly=True)
model.fit(x, y, epochs=2, verbose=2)
print(len(model.weights), len(model.trainable_weights), layer.total.numpy().round(3))
layer.w.assign(ops.ones((4, 1)))
print(model.predict(x[:1], verbose=0), layer.name)
"""
MODEL = """\
class Block(layers.Layer):
    def __init__(self):
        super().__init__()
        self.first, self.second = layers.Dense(3, "relu"), layers.Dense(1)
        self.drop = layers.Dropout(0.5)
    def call(self, inputs, training=None):
        return self.second(self.drop(self.first(inputs), training=training))
class Net(keras.Model):
    def __init__(self):
        super().__init__(name="net")
        self.block = Block()
    def call(self, inputs, training=None):
        print("called with", tuple(inputs.shape), training)
        return self.block(inputs, training=training)
model = Net()
model.compile("sgd", "mse", metrics=["mae"])
model.fit(x, y, epochs=2, batch_size=6, verbose=2)
print(model.predict(x, verbose=0).shape, model.predict(x[:6], verbose=0).shape)
model.summary()
print([layer.name for layer in model.layers], len(model.weights))
"""
PARTS = """\
class Halved(keras.initializers.Initializer):
    def __call__(self, shape, dtype=None):
        return ops.full(shape, 0.5, dtype)
class Sparse(keras.regularizers.Regularizer):
    def __call__(self, weights):
        return 0.1 * ops.sum(ops.abs(weights))
class Centered(keras.constraints.Constraint):
    def __call__(self, weights):
        return weights - ops.mean(weights)
class Warmup(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        print("warming up")
        return 0.1 / (ops.cast(step, "float32") + 1)
parts = {"kernel_initializer": Halved(), "kernel_regularizer": Sparse()}
layer = layers.Dense(1, kernel_constraint=Centered(), activity_regularizer="l2", **parts)
model = keras.Sequential([keras.Input((4,)), layer])
model.compile(keras.optimizers.SGD(Warmup()), "mse", run_eagerly=True)
print(model.fit(x, y, epochs=2, verbose=0).history)
print(float(ops.mean(layer.kernel)) < 1e-6, len(model.losses), float(model.optimizer.learning_rate))
"""
TWO_OPTIMIZERS = """\
class Adversarial(keras.Model):
    def __init__(self, critic, maker):
        super().__init__()
        self.critic, self.maker = critic, maker
    def compile(self, critic_optimizer, maker_optimizer, loss_fn):
        super().compile(run_eagerly=True)
        self.critic_optimizer, self.maker_optimizer = critic_optimizer, maker_optimizer
        self.loss_fn = loss_fn
    def train_step(self, real):
        import tensorflow as tf
        noise = keras.random.normal((12, 2), seed=1)
        with tf.GradientTape() as tape:
            loss = self.loss_fn(ops.ones((12, 1)), self.critic(self.maker(noise)))
        weights = self.maker.trainable_weights
        self.maker_optimizer.apply(tape.gradient(loss, weights), weights)
        return {"maker_loss": loss}
critic = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
maker = keras.Sequential([keras.Input((2,)), layers.Dense(4)])
model = Adversarial(critic, maker)
model.compile(keras.optimizers.Adam(), keras.optimizers.Adam(), keras.losses.MeanSquaredError())
print(model.fit(x, batch_size=12, epochs=2, verbose=2).history.keys(), model.compiled)
"""
CUSTOM = {
    "losses": LOSSES,
    "metrics": METRICS,
    "train step": TRAIN_STEP,
    "train and test steps with trackers": OWN_TRACKERS,
    "training loop": LOOP,
    "layer": LAYER,
    "subclassed model": MODEL,
    "initializer, regularizer, constraint, schedule": PARTS,
    "two optimizers": TWO_OPTIMIZERS,
}
