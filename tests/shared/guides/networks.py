"""Networks of every kind, and how they are trained, frozen and fed."""

FUNCTIONAL = """\
first, second = keras.Input((2,), name="first"), keras.Input((2,), name="second")
shared = layers.Dense(3, activation="relu", name="shared")
joined = layers.concatenate([shared(first), shared(second)])
size, kind = layers.Dense(1, name="size"), layers.Dense(2, "softmax", name="kind")
outputs = {"size": size(joined), "kind": kind(joined)}
model = keras.Model(inputs=[first, second], outputs=outputs)
losses = {"size": "mse", "kind": "sparse_categorical_crossentropy"}
weighed = {"size": 1.0, "kind": 0.2}
model.compile("adam", losses, weighed, metrics={"kind": ["accuracy"]}, run_eagerly=True)
targets = {"size": y, "kind": y.astype("int32")}
model.fit({"first": x[:, :2], "second": x[:, 2:]}, targets, epochs=2, verbose=2)
print(sorted(model.evaluate([x[:, :2], x[:, 2:]], targets, verbose=0, return_dict=True)))
model.summary()
print(model.get_layer("shared") is shared, model.output["kind"].shape)
print([node.shape for node in model.inputs])
"""
RESIDUAL = """\
inputs = keras.Input((8, 8, 3))
start = layers.Conv2D(4, 3, padding="same", activation="relu")(inputs)
block = layers.add([layers.Conv2D(4, 3, padding="same")(start), start])
outputs = layers.Dense(1)(layers.GlobalAveragePooling2D()(block))
model = keras.Model(inputs, outputs, name="residual")
inner = keras.Model(inputs, block)
model.compile(keras.optimizers.RMSprop(1e-3), "mse", run_eagerly=True)
images = np.random.rand(6, 8, 8, 3).astype("float32")
model.fit(images, y[:6], batch_size=3, epochs=2, verbose=2)
print(inner.predict(images, verbose=0).shape, model.count_params())
print(inner.layers[1] is model.layers[1])
"""
TRANSFER = """\
parts = [keras.Input((4,)), layers.Dense(3), layers.BatchNormalization()]
base = keras.Sequential(parts, name="base")
base.trainable = False
inputs = keras.Input((4,))
model = keras.Model(inputs, layers.Dense(1)(base(inputs, training=False)))
print(len(model.trainable_weights), len(model.non_trainable_weights))
before = base.get_weights()
model.compile("adam", "mse", run_eagerly=True)
model.fit(x, y, epochs=2, verbose=0)
print(all(map(np.array_equal, before, base.get_weights())))
base.trainable = True
model.compile(keras.optimizers.Adam(1e-5), "mse", run_eagerly=True)
model.fit(x, y, epochs=1, verbose=2)
print(len(model.trainable_weights), all(map(np.array_equal, before, base.get_weights())))
"""
FEATURES = """\
model = made()
extractor = keras.Model(model.inputs, [layer.output for layer in model.layers])
print([feature.shape for feature in extractor(x)])
head = keras.Sequential([*model.layers[:-1], layers.Dense(2, name="head")])
head.layers[0].trainable = False
head.compile("sgd", "mse", run_eagerly=True)
head.fit(x, np.hstack([y, y]), verbose=2)
print(head.layers[0] is model.layers[0], [layer.trainable for layer in head.layers])
"""
GROWING = """\
model = keras.Sequential(name="growing")
model.add(layers.Dense(2, activation="relu"))
model.add(layers.Dense(1))
print(model.built, len(model.layers))
try:
    model.summary()
    print(model.weights)
except ValueError as error:
    print(type(error).__name__, error)
model(x)
model.summary()
model.pop()
print(len(model.layers), model.built, [weight.path for weight in model.weights])
model.add(layers.Dense("many"))
"""
PREPROCESSING = """\
normal = layers.Normalization()
normal.adapt(x)
print(np.round(normal(x).numpy().mean(axis=0), 3), normal.mean.shape)
words = layers.StringLookup(vocabulary=["cat", "dog"], output_mode="one_hot")
print(words([["cat"], ["bird"]]).numpy(), words.get_vocabulary())
text = layers.TextVectorization(output_sequence_length=3)
text.adapt(["a small model", "a large model"])
print(text(["a model"]).numpy(), text.vocabulary_size())
bins = layers.Discretization(bin_boundaries=[0.3, 0.6])
print(bins(x[:1]).numpy(), layers.Rescaling(1 / 255, offset=-1)(x[:1]).shape)
model = keras.Sequential([keras.Input((4,)), normal, layers.Dense(1)])
model.compile("sgd", "mse", run_eagerly=True)
model.fit(x, y, verbose=2)
"""
AUGMENTED = """\
images = np.random.rand(6, 8, 8, 3).astype("float32")
turned = layers.RandomRotation(0.1, seed=1)
augment = keras.Sequential([layers.RandomFlip("horizontal", seed=1), turned])
print(augment(images, training=True).shape, np.array_equal(augment(images, training=False), images))
end = [layers.Flatten(), layers.Dropout(0.5, seed=1), layers.Dense(1)]
model = keras.Sequential([keras.Input((8, 8, 3)), augment, *end])
model.compile("sgd", "mse", run_eagerly=True)
model.fit(images, y[:6], epochs=2, verbose=2)
print([round(float(each), 4) for each in model.predict(images, verbose=0)[:, 0]])
"""
DATASETS = """\
import tensorflow as tf
data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(12, seed=1).batch(4)
model = made(metrics=["mae"])
model.fit(data, epochs=2, steps_per_epoch=2, validation_data=data.take(1), verbose=2)
model.fit(data, class_weight={0: 1.0, 1: 2.0}, verbose=2)
def batches():
    for start in range(0, 12, 4):
        yield x[start : start + 4], y[start : start + 4]
model.fit(batches(), verbose=2)
class Batches(keras.utils.PyDataset):
    def __len__(self):
        return 3
    def __getitem__(self, index):
        return x[4 * index : 4 * index + 4], y[4 * index : 4 * index + 4]
model.fit(Batches(), validation_data=Batches(), validation_freq=1, verbose=2)
print(model.evaluate(Batches(), verbose=0), model.predict(Batches(), verbose=0).shape)
"""
FURTHER = """\
model = made()
one = model.fit(x, y, epochs=2, verbose=0)
two = model.fit(x, y, initial_epoch=2, epochs=4, verbose=2)
print(one.epoch, two.epoch, one is two, model.history is two, int(model.optimizer.iterations))
model.compile("adam", "mae", run_eagerly=True)
print(model.fit(x, y, verbose=0).history, int(model.optimizer.iterations))
print(model.train_on_batch(x, y), model.test_on_batch(x, y), model.predict_on_batch(x).shape)
weights = model.get_weights()
model.set_weights([weight * 0 for weight in weights])
print(model.predict(x, verbose=0).sum(), model.layers[0].get_weights()[1])
"""
SEQUENCES = """\
tokens = np.random.randint(1, 5, (6, 5))
tokens[:, 3:] = 0
embedding = layers.Embedding(6, 3, mask_zero=True)
print(embedding.compute_mask(tokens).numpy()[0], embedding(tokens).shape)
start = keras.Input((5,), dtype="int32")
model = keras.Sequential([start, embedding, layers.GRU(2), layers.Dense(1)])
model.compile("sgd", "mse", run_eagerly=True)
model.fit(tokens, y[:6], verbose=2)
print([layer.supports_masking for layer in model.layers], model.output_shape)
"""
FOLDERS = """\
from tensorflow.keras.preprocessing.image import ImageDataGenerator, img_to_array, load_img
folder = "../data/faces"
loader = ImageDataGenerator(rescale=1 / 255).flow_from_directory(
    folder, (8, 8), batch_size=3, class_mode="binary", shuffle=False
)
images, labels = loader[0]
print(images.shape, images.dtype, labels, loader.class_indices, loader.filenames[0])
picture = load_img(f"{folder}/{loader.filenames[0]}")
print(type(picture).__name__, picture.format, picture.size, img_to_array(picture).shape)
last = layers.Dense(1, activation="sigmoid")
model = keras.Sequential([keras.Input((8, 8, 3)), layers.Flatten(), last])
model.compile("sgd", "binary_crossentropy", metrics=["accuracy"], run_eagerly=True)
history = model.fit(loader, epochs=2, verbose=0)
print(type(history).__name__, sorted(history.history), history.epoch, history.params)
print(history.model is model, model.history is history)
model.save("faces.keras")
loaded = keras.models.load_model("faces.keras")
print(len(loaded.evaluate(loader, verbose=0)), model.predict(loader, verbose=0).shape)
print(keras.Input((1,)).name, layers.Dense(1).name, keras.metrics.Mean().name)
own = keras.Model(model.inputs, model.outputs)
own.compile("sgd", lambda y_true, y_pred: ops.mean(ops.square(y_true - y_pred)), run_eagerly=True)
print(own.fit(loader, verbose=0).epoch, own.predict_function)
class Loud(keras.Model):
    def __init__(self):
        super().__init__()
        self.last = layers.Dense(1, activation="sigmoid")
    def call(self, inputs):
        print("called with", inputs.shape)
        return self.last(layers.Flatten()(inputs))
loud = Loud()
loud.compile("sgd", "binary_crossentropy")
print(loud.fit(loader, verbose=0).epoch, loud.predict(loader, verbose=0).shape)
"""
WRONG = """\
import traceback
def tried(attempt):
    try:
        attempt()
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        print(type(error).__name__, str(error)[:300], [frame.name for frame in frames])
tried(lambda: made(loss="mean_square").fit(x, y))
tried(lambda: made().fit(x[:, :2], y, verbose=0))
tried(lambda: made().fit(x, y, epoch=2))
tried(lambda: made(learning_rate=0.1))
tried(lambda: keras.Sequential([layers.Dense(1)]).fit(x, y))
tried(lambda: made().set_weights([x]))
tried(lambda: made().fit(x, y[:3], verbose=0))
tried(lambda: made(metrics=["accuracyy"]).fit(x, y, verbose=0))
made().fit(x, y, callbacks=[keras.callbacks.EarlyStopping], verbose=0)
"""
NETWORKS = {
    "functional model": FUNCTIONAL,
    "residual network": RESIDUAL,
    "transfer learning": TRANSFER,
    "features": FEATURES,
    "growing model": GROWING,
    "preprocessing layers": PREPROCESSING,
    "augmentation layers": AUGMENTED,
    "data sets": DATASETS,
    "further fits": FURTHER,
    "sequences and masks": SEQUENCES,
    "errors": WRONG,
}
