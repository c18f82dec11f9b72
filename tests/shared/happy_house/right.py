"""Submissions that are right in other ways than the solution: each must get all points."""

from .submission import (
    COMPILE,
    CREATE,
    FIT,
    MODEL,
    PREDS,
    Variant,
    block,
    model,
    step,
)

START = "X = ZeroPadding2D((3, 3))(X_input)"
SEQUENTIAL = """\
model = keras.Sequential([
    keras.layers.Input(input_shape),
    keras.layers.Conv2D(16, 5, activation="relu"),
    keras.layers.MaxPooling2D(2),
    keras.layers.Conv2D(32, 3, activation="relu"),
    keras.layers.MaxPooling2D(2),
    keras.layers.Flatten(),
    keras.layers.Dense(1, activation="sigmoid"),
])"""
TWO_UNITS = (
    START,
    'X = Conv2D(32, (7, 7), activation="relu")(X)',
    "X = BatchNormalization()(X)",
    "X = MaxPooling2D((2, 2))(X)",
    "X = Flatten()(X)",
)
LOGITS = (*TWO_UNITS, "X = Dense(1)(X)")
SPARSE = 'happyModel.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])'
FROM_LOGITS = (
    "import keras\nhappyModel.compile(keras.optimizers.Adam(), "
    "keras.losses.BinaryCrossentropy(from_logits=True), "
    'metrics=[keras.metrics.BinaryAccuracy(name="accuracy", threshold=0.0)])'
)


def _right(name: str, why: str, *edits: tuple[str, str, str], **more: dict[str, str]) -> Variant:
    cells = {key: text for each in more.values() for key, text in each.items()}
    return Variant(f"right-{name}", why, edits, cells=cells)


RIGHT = (
    _right("solution", "nothing was changed"),
    _right("shape-written", "the shape as numbers", (CREATE, "X_train.shape[1:]", "(64, 64, 3)")),
    _right("shape-of-one", "the shape of the first picture",
           (CREATE, "X_train.shape[1:]", "X_train[0].shape")),
    _right("names-of-layers", "layers with other names or none",
           (MODEL, 'name="bn0"', 'name="bno0"'), (MODEL, ', name="max_pool"', "")),
    _right("by-place", "arguments by place, Adam in capitals",
           compiled=step(COMPILE, 'happyModel.compile("Adam", "binary_crossentropy", '
                                  'metrics=["accuracy"])'),
           fitted=step(FIT, "happyModel.fit(X_train, Y_train, 16, 20)"),
           tested=step(PREDS, "preds = happyModel.evaluate(X_test, Y_test)")),
    _right("history-kept", "the History is kept",
           (FIT, "happyModel.fit", "history = happyModel.fit")),
    _right("40-epochs", "asks for 40 epochs, of which 20 are made",
           (FIT, "epochs=20", "epochs=40")),
    _right("100-epochs", "asks for far more epochs than are made",
           (FIT, "epochs=20", "epochs=100")),
    _right("no-padding", "no border round the picture",
           (MODEL, "X = ZeroPadding2D((3, 3))(X_input)", "X = X_input")),
    _right("border-1", "a narrower border",
           (MODEL, "ZeroPadding2D((3, 3))", "ZeroPadding2D((1, 1))")),
    _right("no-normalisation", "no batch normalisation",
           (MODEL, '    X = BatchNormalization(axis=3, name="bn0")(X)\n', "")),
    _right("batch-32", "batches of 32", (FIT, "batch_size=16", "batch_size=32")),
    _right("batch-12", "batches of 12, as the notebook says where memory is short",
           (FIT, "batch_size=16", "batch_size=12")),
    _right("descent", "plain gradient descent, for 20 epochs", (COMPILE, '"adam"', '"sgd"')),
    _right("no-optimizer", "Keras' own choice of an optimizer",
           (COMPILE, 'optimizer="adam", ', "")),
    _right("both-evaluated", "evaluates on the training pictures first",
           (PREDS, "preds = ", "print(happyModel.evaluate(X_train, Y_train))\npreds = ")),
    _right("three-blocks", "three blocks of ever more filters",
           built=model("X = X_input", *block(8, 3), *block(16, 3), *block(32, 3),
                       "X = Flatten()(X)", 'X = Dense(1, activation="sigmoid")(X)')),
    _right("sequential", "a model of layers in a row, without normalisation",
           built=model("import keras", SEQUENTIAL)),
    _right("two-units", "an output for each class", compiled=step(COMPILE, SPARSE),
           built=model(*TWO_UNITS, 'X = Dense(2, activation="softmax")(X)')),
    _right("logits", "an output without activation, and a loss that takes it so",
           built=model(*LOGITS), compiled=step(COMPILE, FROM_LOGITS)),
    _right("dropout", "half of the vector is left out in training",
           (MODEL, "X = Flatten()(X)", "X = Flatten()(X)\n    X = Dropout(0.3)(X)")),
    _right("hidden-layer", "a hidden dense layer before the output",
           built=model("X = X_input", *block(16, 5), *block(32, 3), "X = Flatten()(X)",
                       'X = Dense(32, activation="relu")(X)',
                       'X = Dense(1, activation="sigmoid")(X)')),
    _right("strides", "strides instead of pooling",
           (MODEL, "strides=(1, 1)", "strides=(2, 2)"),
           (MODEL, 'X = MaxPooling2D((2, 2), name="max_pool")(X)', "# strides do it")),
    _right("labels-flat", "labels as plain vectors",
           (FIT, "y=Y_train", "y=Y_train[:, 0]"), (PREDS, "y=Y_test", "y=Y_test[:, 0]")),
)  # fmt: skip
