"""Submissions with the mistakes that students make: each loses what is written beside it."""

from .submission import (
    ALL,
    COMPILE,
    COMPILING,
    CREATE,
    EVALUATING,
    FIT,
    MODEL,
    PREDS,
    TRAINING,
    UNTRAINED,
    Variant,
    model,
    step,
)

LINEAR = ("X = Flatten()(X_input)", 'X = Dense(1, activation="sigmoid")(X)')
NO_RELU = 'X = Activation("relu")(X)\n'
OUT = 'Dense(1, activation="sigmoid", name="fc")'


def _mistake(
    name: str,
    why: str,
    *edits: tuple[str, str, str],
    loses: frozenset[str] | set[str],
    cells: dict[str, str] | None = None,
) -> Variant:
    return Variant(f"mistake-{name}", why, edits, frozenset(loses), cells or {})


MISTAKES = (
    _mistake("linear", "no convolution at all", cells=model(*LINEAR),
             loses={"convolution", "activated", "test_accuracy"}),
    _mistake("no-activation", "no activation after the convolution", (MODEL, NO_RELU, ""),
             loses={"activated"}),
    _mistake("no-flatten", "the output is a map of numbers", (MODEL, "    X = Flatten()(X)\n", ""),
             loses={"flattened"} | UNTRAINED),
    _mistake("softmax-one-unit", "softmax of one number is always 1",
             (MODEL, 'activation="sigmoid"', 'activation="softmax"'),
             loses={"output_layer", "test_accuracy"}),
    _mistake("input-32", "takes smaller pictures", (CREATE, "X_train.shape[1:]", "(32, 32, 3)"),
             loses={"input_shape"} | UNTRAINED),
    _mistake("with-samples", "the shape has the number of pictures in it",
             (CREATE, "X_train.shape[1:]", "X_train.shape"), loses=ALL),
    _mistake("two-units", "two outputs, and a loss for one",
             (MODEL, OUT, 'Dense(2, activation="softmax", name="fc")'),
             loses={"loss"} | UNTRAINED),
    _mistake("no-metric", "no accuracy is asked for", (COMPILE, ', metrics=["accuracy"]', ""),
             loses={"metric"}),
    _mistake("not-compiled", "compile is never called", cells=step(COMPILE, "pass"),
             loses=COMPILING | UNTRAINED),
    _mistake("sgd-5", "plain gradient descent, 5 epochs of large batches",
             (COMPILE, '"adam"', '"sgd"'), (FIT, "epochs=20, batch_size=16",
             "epochs=5, batch_size=100"), loses=TRAINING),
    _mistake("rate-1", "it jumps about", (COMPILE, '"adam"', "keras.optimizers.Adam(1.0)"),
             (COMPILE, "### START", "import keras\n### START"), loses=TRAINING),
    _mistake("rate-1e-6", "it hardly learns", (COMPILE, '"adam"', "keras.optimizers.Adam(1e-6)"),
             (COMPILE, "### START", "import keras\n### START"), loses=TRAINING),
    _mistake("fit-on-test", "trains on the test pictures",
             (FIT, "x=X_train, y=Y_train", "x=X_test, y=Y_test"), loses=UNTRAINED),
    _mistake("not-fitted", "fit is never called", cells=step(FIT, "pass"), loses=UNTRAINED),
    _mistake("evaluated-on-training", "evaluates on the pictures that it has learnt from",
             (PREDS, "x=X_test, y=Y_test", "x=X_train, y=Y_train"), loses=EVALUATING),
    _mistake("preds-written", "numbers of somebody else's",
             cells=step(PREDS, "preds = [0.0933, 0.9667]"), loses=EVALUATING),
    _mistake("preds-predicted", "predicts instead of evaluating",
             cells=step(PREDS, "preds = happyModel.predict(X_test)"), loses=EVALUATING),
    _mistake("not-returned", "HappyModel returns nothing", (MODEL, "    return model", ""),
             loses=ALL),
    _mistake("slip", "Conv2d", (MODEL, "Conv2D(", "Conv2d("), loses=ALL),
    _mistake("row-of-labels", "labels as a row", (FIT, "y=Y_train", "y=Y_train_orig"),
             loses=UNTRAINED),
    _mistake("half-done", "only the model is written", cells=step(CREATE, "happyModel = None"),
             loses=ALL),
)  # fmt: skip
