"""Solutions of "Fashion" that are right in other ways, and mistakes that students make."""

from textwrap import indent

from grader.authoring import Variant

HEAD = """
# GRADED FUNCTION: train_model
def train_model(x_train, y_train, x_test, y_test):
"""


def trained(text: str) -> dict[str, str]:
    """Return the cell of a training, with another body."""
    return {"train_model": f"{HEAD}{indent(text.strip(), '    ')}\n    return history\n"}


CONVOLUTION = """
x_train = np.expand_dims(x_train.astype("float32") / 255, -1)
x_test = np.expand_dims(x_test.astype("float32") / 255, -1)
model = keras.Sequential(
    [
        layers.Input((28, 28, 1)),
        layers.Conv2D(16, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(64, activation="relu"),
        layers.Dense(10),
    ]
)
model.compile(
    optimizer=keras.optimizers.Adam(0.001),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
history = model.fit(x_train, y_train, batch_size=32, epochs=5, validation_data=(x_test, y_test))
"""
ONE_HOT = """
x_train = x_train.reshape((len(x_train), 28 * 28)).astype("float32") / 255
x_test = x_test.reshape((len(x_test), 28 * 28)).astype("float32") / 255
y_train = keras.utils.to_categorical(y_train)
y_test = keras.utils.to_categorical(y_test)
model = keras.Sequential()
model.add(layers.Dense(256, activation="relu", input_shape=(28 * 28,)))
model.add(layers.Dense(10, activation="softmax"))
model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
history = model.fit(x_train, y_train, epochs=10, batch_size=64, validation_data=(x_test, y_test))
"""
SPLIT = """
places = np.random.default_rng(42).permutation(len(x_train))
kept, held_back = places[:2700], places[2700:]
images = x_train / 255.0
inputs = keras.Input((28, 28))
hidden = layers.Dense(128, activation="relu")(layers.Flatten()(inputs))
model = keras.Model(inputs, layers.Dense(10, activation="softmax")(hidden))
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
history = model.fit(
    images[kept], y_train[kept], epochs=10,
    validation_data=(images[held_back], y_train[held_back]),
)
"""
STANDARDISED = """
mean, deviation = x_train.mean(), x_train.std()
x_train = (x_train - mean) / deviation
model = keras.Sequential(
    [
        layers.Flatten(input_shape=(28, 28)),
        layers.Dense(128, activation="relu"),
        layers.Dropout(0.2),
        layers.Dense(10, activation="softmax"),
    ]
)
model.compile(
    optimizer="adam",
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
history = model.fit(x_train, y_train, epochs=10, validation_split=0.1)
"""
HIDDEN = '            layers.Dense(128, activation="relu"),\n'
RIGHT = (
    Variant("convolution", "images with a channel, and a loss that takes outputs as they are",
            cells=trained(CONVOLUTION)),
    Variant("one-hot", "flattened before the model, labels as vectors", cells=trained(ONE_HOT)),
    Variant("held-back", "validates with a part of the training images", cells=trained(SPLIT)),
    Variant("standardised", "by mean and deviation, and a tenth is held back by fit",
            cells=trained(STANDARDISED)),
)  # fmt: skip
MISTAKES = (
    Variant("seen-kinds", "counts no further than the last kind that there is",
            [("samples_of_each", ", minlength=10", "")], loses=frozenset({"samples_counted"})),
    Variant("linear", "a network that learns too little", [("train_model", HIDDEN, "")],
            loses=frozenset({"goal_reached"})),
    Variant("test-images", "trains on the images that it is to be tested with",
            [("train_model", "x_train / 255, y_train,", "x_test / 255, y_test,")],
            loses=frozenset({"goal_reached"})),
    Variant("12-epochs", "asks for more epochs than are allowed",
            [("train_model", "epochs=10", "epochs=12")], loses=frozenset({"epochs_asked"})),
    Variant("returns-model", "returns the model", [("train_model", "return history",
            "return model")], loses=frozenset({"history_returned"})),
)  # fmt: skip
VARIANTS = (*RIGHT, *MISTAKES)
