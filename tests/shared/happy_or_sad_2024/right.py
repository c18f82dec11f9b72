"""Submissions that are right in other ways than the solution: each must get all points."""

from .submission import (
    BODY,
    CALLBACK,
    DENSE,
    FLAT,
    INPUT,
    LOADER,
    OUT,
    SCALED,
    Edit,
    Variant,
    fit,
    loader,
    model,
)

READ = "pictures = tf.keras.utils.image_dataset_from_directory("
TEN = f"{READ}BASE_DIR, image_size=(150, 150), batch_size=10, label_mode='binary')"
ONE_BY_ONE = f"{READ}BASE_DIR, image_size=(150, 150), batch_size=None, label_mode='binary')"
# As the course gives it.
COURSE_CALLBACK = """\
class EarlyStoppingCallback(tf.keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if logs["accuracy"] >= 0.999:
            self.model.stop_training = True
            print("\\nReached 99.9% accuracy so cancelling training!")
"""
FUNCTIONAL = """\
def block(x, filters):
    x = tf.keras.layers.Conv2D(filters, 3, activation="relu")(x)
    return tf.keras.layers.MaxPooling2D()(x)


# GRADED FUNCTION: create_and_compile_model
def create_and_compile_model():
    ### START CODE HERE
    inputs = tf.keras.Input((150, 150, 3))
    x = block(block(block(inputs, 16), 32), 32)
    x = tf.keras.layers.Dense(128, activation="relu")(tf.keras.layers.Flatten()(x))
    outputs = tf.keras.layers.Dense(1, activation="sigmoid")(x)
    network = tf.keras.Model(inputs, outputs)
    network.compile("adam", tf.keras.losses.BinaryCrossentropy(), metrics=["accuracy"])
    ### END CODE HERE
    return network
"""
FIRST = 'Conv2D(16, (3, 3), activation="relu", input_shape=(150, 150, 3))'
TWO = 'Dense(2, activation="softmax")'
ACCURACY_OF_LOGITS = '[tf.keras.metrics.BinaryAccuracy(name="accuracy", threshold=0.0)]'


def _right(name: str, why: str, *edits: Edit, **more: dict[str, str]) -> Variant:
    cells = {key: text for each in more.values() for key, text in each.items()}
    return Variant(f"right-{name}", why, edits, cells=cells)


RIGHT = (
    _right("solution", "nothing was changed"),
    _right("rescaling-layer", "the model scales the images, not the dataset",
           (LOADER, SCALED, "pictures"),
           made=model(INPUT, "Rescaling(1.0 / 255)", *BODY, FLAT, DENSE, OUT)),
    _right("division", "values are divided in a lambda",
           (LOADER, "rescale(images)", "images / 255.0")),
    _right("named-function", "a function of one's own scales, in parallel; batches are prefetched",
           loaded=loader(TEN, "def scale(images, labels):",
                         "    return tf.cast(images, tf.float32) * (1.0 / 255), labels",
                         "dataset = pictures.map(scale, num_parallel_calls=tf.data.AUTOTUNE)",
                         "dataset = dataset.prefetch(tf.data.AUTOTUNE)")),
    _right("cached", "cached one by one, shuffled, then put into batches",
           loaded=loader(ONE_BY_ONE, "dataset = pictures.map(lambda i, l: (i / 255.0, l))",
                         "dataset = dataset.cache().shuffle(80).batch(10)")),
    _right("preprocessing-seed", "the other name of the function, a seed, classes by name",
           (LOADER, "tf.keras.utils.image", "tf.keras.preprocessing.image"),
           (LOADER, "batch_size=10", "batch_size=10, seed=7, class_names=['happy', 'sad']")),
    _right("data-beside", "the folder that the course's notebook has",
           (LOADER, "directory=BASE_DIR", 'directory="./data/"')),
    _right("whole-labels", "labels in a row", (LOADER, '"binary"', '"int"')),
    _right("two-units", "one-hot labels and two units with softmax",
           (LOADER, '"binary"', '"categorical"'),
           made=model(INPUT, *BODY, FLAT, DENSE, TWO, loss='"categorical_crossentropy"')),
    _right("two-units-sparse", "whole labels and two units with softmax",
           (LOADER, '"binary"', '"int"'),
           made=model(INPUT, *BODY, FLAT, DENSE, TWO, loss='"sparse_categorical_crossentropy"')),
    _right("logits", "no activation, a loss that takes logits",
           made=model(INPUT, *BODY, FLAT, DENSE, "Dense(1)", metrics=ACCURACY_OF_LOGITS,
                      loss="tf.keras.losses.BinaryCrossentropy(from_logits=True)")),
    _right("functional", "a functional model with a helper", made={
        "create_and_compile_model": FUNCTIONAL}),
    _right("input_shape", "no Input, but input_shape of the first convolution",
           made=model(FIRST, *BODY[1:], FLAT, DENSE, OUT)),
    _right("course-callback", "the callback as the course gives it, which needs an accuracy",
           stops={CALLBACK: COURSE_CALLBACK}),
    _right("above", "above 0.999, which is the same with 80 images",
           (CALLBACK, ">= 0.999", "> 0.999")),
    _right("fit-otherwise", "arguments by name, 14 epochs, kept under another name",
           trained=fit("history = model.fit(x=train_data, epochs=14, verbose=2, "
                       "callbacks=EarlyStoppingCallback())\ntraining_history = history")),
)  # fmt: skip
