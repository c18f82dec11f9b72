"""Submissions that are right in other ways than the solution: each must get all points."""

from .submission import (
    BODY,
    CALLBACK,
    CONV,
    DENSE,
    FLAT,
    INPUT,
    LOADER,
    OUT,
    POOL,
    TRAINER,
    USUAL,
    Variant,
    model,
)

ADDED = """\
# GRADED FUNCTION: train_happy_sad_model
def train_happy_sad_model(train_generator):
    callbacks = myCallback()

    ### START CODE HERE
    model = tf.keras.Sequential()
    model.add(tf.keras.layers.Conv2D(16, 3, activation="relu", input_shape=(150, 150, 3)))
    model.add(tf.keras.layers.MaxPool2D())
    model.add(tf.keras.layers.Conv2D(32, 3, activation="relu"))
    model.add(tf.keras.layers.MaxPool2D())
    model.add(tf.keras.layers.Conv2D(32, 3, activation="relu"))
    model.add(tf.keras.layers.MaxPool2D())
    model.add(tf.keras.layers.Flatten())
    model.add(tf.keras.layers.Dense(128, activation="relu"))
    model.add(tf.keras.layers.Dense(1, activation="sigmoid"))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    history = model.fit(train_generator, epochs=18, verbose=0, callbacks=callbacks)
    ### END CODE HERE

    return history
"""
FUNCTIONAL = """\
# GRADED FUNCTION: train_happy_sad_model
from tensorflow.keras import Model
from tensorflow.keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D


def block(x, filters):
    return MaxPooling2D()(Conv2D(filters, 3, activation="relu")(x))


def train_happy_sad_model(train_generator):
    ### START CODE HERE
    inputs = Input((150, 150, 3))
    x = block(inputs, 16)
    x = block(x, 32)
    x = block(x, 32)
    x = Dense(128, activation="relu")(Flatten()(x))
    net = Model(inputs, Dense(1, activation="sigmoid")(x))
    net.compile(
        optimizer=tf.keras.optimizers.Adam(),
        loss=tf.keras.losses.BinaryCrossentropy(),
        metrics=["accuracy"],
    )
    return net.fit(x=train_generator, epochs=20, callbacks=[myCallback()])
    ### END CODE HERE
"""
ELSEWHERE = """\
# GRADED FUNCTION: image_generator
def image_generator():
    data = tf.keras.preprocessing.image.ImageDataGenerator(rescale=1.0 / 255)
    return data.flow_from_directory("../data/happy_or_sad", (150, 150), batch_size=10,
                                    class_mode="binary", shuffle=True, seed=7)
"""
SIMPLER_CALLBACK = """\
# GRADED FUNCTION: myCallback
class myCallback(tf.keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs={}):
        if logs.get("accuracy") is not None and logs.get("accuracy") > 0.999:
            print("\\nReached 99.9% accuracy so cancelling training!")
            self.model.stop_training = True
"""
SEVERAL_CALLBACKS = (
    "train_generator, epochs=20, callbacks=[callbacks, "
    "tf.keras.callbacks.TerminateOnNaN(), "
    'tf.keras.callbacks.ReduceLROnPlateau(monitor="loss", patience=5)]'
)
CALLED = "    return history\n\n\ntried = train_happy_sad_model(image_generator())"
ACCURACY_OF_LOGITS = '[tf.keras.metrics.BinaryAccuracy(name="accuracy", threshold=0.0)]'
NORMAL, LINEAR = "BatchNormalization()", "Conv2D(16, (3, 3))"


def _right(name: str, why: str, *edits: tuple[str, str, str], **more: dict[str, str]) -> Variant:
    return Variant(f"right-{name}", why, edits, frozenset(), more.get("cells", {}))


RIGHT = (
    Variant("solution", "the solution itself"),
    _right("add-input_shape-MaxPool2D-verbose0", "model.add, positional compile, one callback",
           cells={TRAINER: ADDED}),
    _right("functional-helper-imports", "a functional model with a helper, layers by name",
           cells={TRAINER: FUNCTIONAL}),
    _right("loader-written-otherwise", "1./255, positional target size, a seed",
           cells={LOADER: ELSEWHERE, CALLBACK: SIMPLER_CALLBACK}),
    _right("loss-function", "the loss as a function",
           cells=model(*USUAL, loss="losses.binary_crossentropy")),
    _right("optimizer-by-name", "the optimizer by name",
           cells=model(*USUAL, optimizer='"rmsprop"')),
    _right("nadam", "any optimizer", cells=model(*USUAL, optimizer="optimizers.Nadam()")),
    _right("two-units-softmax", "two units with softmax, sparse labels",
           (LOADER, '"binary"', '"sparse"'),
           cells=model(INPUT, *BODY, FLAT, DENSE, 'Dense(2, activation="softmax")',
                       loss='"sparse_categorical_crossentropy"')),
    _right("logits", "no activation, a loss that takes logits",
           cells=model(INPUT, *BODY, FLAT, DENSE, "Dense(1)",
                       loss="losses.BinaryCrossentropy(from_logits=True)",
                       metrics=ACCURACY_OF_LOGITS)),
    _right("rescaling-layer", "a Rescaling layer in the model",
           (LOADER, "rescale=1 / 255", ""),
           cells=model(INPUT, "Rescaling(1 / 255)", *BODY, FLAT, DENSE, OUT)),
    _right("more-layers", "four convolutions, two hidden layers",
           cells=model(INPUT, *BODY, CONV, POOL, FLAT, 'Dense(256, activation="relu")',
                       'Dense(64, activation="relu")', OUT,
                       optimizer="optimizers.Adam(learning_rate=0.001)")),
    _right("dropout", "a dropout layer",
           cells=model(INPUT, *BODY, FLAT, "Dropout(0.1)", DENSE, OUT,
                       optimizer="optimizers.Adam(learning_rate=0.001)")),
    _right("batch-normalization", "batch normalisation after each convolution",
           cells=model(INPUT, CONV, NORMAL, POOL, CONV, NORMAL, POOL, CONV, NORMAL, POOL, FLAT,
                       DENSE, OUT)),
    _right("no-hidden-layer", "the flat vector goes straight to the output",
           cells=model(INPUT, *BODY, FLAT, OUT)),
    _right("no-activation", "no activation but the last, as the notebook asks for none",
           cells=model(INPUT, LINEAR, POOL, LINEAR, POOL, LINEAR, POOL, FLAT, "Dense(512)", OUT)),
    _right("strides", "strides instead of pooling",
           cells=model(INPUT, 'Conv2D(16, 3, strides=2, activation="relu")',
                       'Conv2D(32, 3, strides=2, activation="relu")',
                       'Conv2D(32, 3, strides=2, activation="relu")', FLAT,
                       'Dense(128, activation="relu")', OUT)),
    _right("global-pooling", "global pooling instead of flattening",
           cells=model(INPUT, 'Conv2D(32, 3, activation="relu")', POOL,
                       'Conv2D(64, 3, activation="relu")', POOL,
                       'Conv2D(64, 3, activation="relu")', "GlobalMaxPooling2D()",
                       'Dense(128, activation="relu")', OUT,
                       optimizer="optimizers.Adam(learning_rate=0.003)")),
    _right("metric-object", "a metric object by the right name",
           cells=model(*USUAL, metrics='[tf.keras.metrics.BinaryAccuracy(name="accuracy")]')),
    _right("several-metrics", "several metrics",
           cells=model(*USUAL, metrics='["accuracy", "mae", tf.keras.metrics.AUC()]')),
    _right("several-callbacks", "several callbacks", cells=model(*USUAL, fit=SEVERAL_CALLBACKS)),
    _right("validation-data", "validation data",
           (TRAINER, "callbacks=[callbacks])",
            "callbacks=[callbacks], validation_data=image_generator())")),
    _right("fit-in-cell", "the graded cell calls its own function as well",
           (TRAINER, "    return history", CALLED)),
)  # fmt: skip
