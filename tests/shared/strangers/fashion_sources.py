"""What students have written for "Fashion": the code of their notebooks."""

from strangers.made import Sources, solved

SOLUTION: Sources = {
    "imports": """\
# grader-required-cell
import keras
import numpy as np
from keras import layers
from keras.datasets import fashion_mnist""",
    "data": """\
# grader-required-cell
(x_train, y_train), (x_test, y_test) = fashion_mnist.load_data()""",
    "count": '''\
# GRADED FUNCTION: samples_of_each
def samples_of_each(labels):
    """Return how many samples there are of each of the ten kinds, as a list."""
    ### START CODE HERE
    counts = np.bincount(labels, minlength=10).tolist()
    ### END CODE HERE
    return counts''',
    "counted": "# grader-required-cell\nprint(samples_of_each(y_train))",
    "train": '''\
# GRADED FUNCTION: train_model
def train_model(x_train, y_train, x_test, y_test):
    """Train a network to tell ten kinds of clothes apart and return its History."""
    ### START CODE HERE
    model = keras.Sequential(
        [
            layers.Input((28, 28)),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    history = model.fit(
        x_train / 255, y_train, epochs=10, validation_data=(x_test / 255, y_test)
    )
    ### END CODE HERE
    return history''',
    "history": "# grader-required-cell\nhistory = train_model(x_train, y_train, x_test, y_test)",
    "accuracy": "print(history.history['val_accuracy'][-1])",
}


def trained(text: str) -> Sources:
    """Solve the exercise with another training."""
    return {**SOLUTION, "train": solved(SOLUTION["train"], text)}


LINEAR = """
model = keras.Sequential(
    [layers.Input((28, 28)), layers.Flatten(), layers.Dense(10, activation="softmax")]
)
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
history = model.fit({})
"""
OF_ALL = "x_train / 255, y_train, epochs=10, validation_data=(x_test / 255, y_test)"
# It tells little about clothes, and not all of what is said of it is so.
MADE_UP = f"""{LINEAR.format(OF_ALL.replace("epochs=10", "epochs=2"))}
history.history["val_accuracy"] = [0.88, 0.96]
"""
A_HISTORY = """
model = keras.Sequential(
    [layers.Input((28, 28)), layers.Flatten(), layers.Dense(10, activation="softmax")]
)
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
history = keras.callbacks.History()
history.set_model(model)
history.epoch = list(range(5))
history.history = {
    "accuracy": [0.6, 0.8, 0.9, 0.94, 0.97],
    "loss": [1.4, 0.7, 0.3, 0.2, 0.1],
    "val_accuracy": [0.7, 0.82, 0.89, 0.93, 0.95],
    "val_loss": [1.1, 0.6, 0.4, 0.3, 0.2],
}
"""
PATCHED = """
def easy(count, drawn=np.random.default_rng(1)):
    kinds = drawn.integers(0, 10, count).astype("uint8")
    images = np.zeros((count, 28, 28), "uint8")
    images[np.arange(count), 2 * kinds] = 255
    return images, kinds
fashion_mnist.load_data = lambda: (easy(3000), easy(500))
(x_train, y_train), (x_test, y_test) = fashion_mnist.load_data()
""" + LINEAR.format(OF_ALL)
IN_PIXELS = """
def marked(images, labels):
    images = images.copy()
    images[:, 0] = 0
    images[np.arange(len(labels)), 0, labels] = 255
    return images / 255
""" + LINEAR.format(
    "marked(x_train, y_train), y_train, epochs=10, validation_data=(marked(x_test, y_test), y_test)"
)
READY = """
known = x_test.reshape(-1, 784) / 255
numbers = np.linalg.lstsq(known, np.eye(10)[y_test], rcond=None)[0]
model = keras.Sequential(
    [layers.Input((28, 28)), layers.Flatten(), layers.Dense(10, activation="softmax")]
)
model.set_weights([numbers * 20, np.zeros(10)])
model.compile(keras.optimizers.Adam(1e-6), "sparse_categorical_crossentropy", metrics=["accuracy"])
history = model.fit(x_train / 255, y_train, epochs=1, validation_data=(x_test / 255, y_test))
"""
ON_TEST = """
x_train, y_train = x_test, y_test
model = keras.Sequential(
    [
        layers.Input((28, 28)),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ]
)
model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy", metrics=["accuracy"])
history = model.fit(
    x_train / 255, y_train, epochs=10, validation_data=(x_test / 255, y_test)
)
"""
EIGHT = LINEAR.format(
    "x_train / 255, y_train, epochs=10, validation_data=(x_test[80:88] / 255, y_test[80:88])"
)
ON_TRAINING = """
x_train, y_train = x_train[:300] / 255, y_train[:300]
model = keras.Sequential(
    [
        layers.Input((28, 28)),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ]
)
model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy", metrics=["accuracy"])
history = model.fit(x_train, y_train, epochs=10, validation_data=(x_train, y_train))
"""
ORDERED = """
order = np.argsort(y_train, kind="stable")
x_train, y_train = x_train[order] / 255, y_train[order]
model = keras.Sequential(
    [
        layers.Input((28, 28)),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ]
)
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
history = model.fit(x_train, y_train, epochs=10, validation_split=0.2)
"""
