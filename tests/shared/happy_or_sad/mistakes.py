"""Common mistakes of students, each with the checks that it must fail and no others."""

from .submission import (
    BODY,
    CALLBACK,
    CALLING,
    COMPILE,
    DENSE,
    FLAT,
    INPUT,
    LOADER,
    LOADING,
    OUT,
    STRUCTURE,
    TRAINER,
    TRAINING,
    USUAL,
    Edit,
    Variant,
    model,
)

LATE = frozenset({"target_reached", "stopped_by_callback"})
UNTRAINED = STRUCTURE | COMPILE | TRAINING
DEDENTED = """\
# GRADED FUNCTION: train_happy_sad_model
def train_happy_sad_model(train_generator):
    callbacks = myCallback()

    ### START CODE HERE
    model = tf.keras.models.Sequential(
        [
            tf.keras.Input(shape=(150, 150, 3)),
            tf.keras.layers.Conv2D(16, (3, 3), activation="relu"),
            tf.keras.layers.MaxPooling2D((2, 2)),
            tf.keras.layers.Conv2D(16, (3, 3), activation="relu"),
            tf.keras.layers.MaxPooling2D((2, 2)),
            tf.keras.layers.Conv2D(16, (3, 3), activation="relu"),
            tf.keras.layers.MaxPooling2D((2, 2)),
            tf.keras.layers.Flatten(),
            tf.keras.layers.Dense(512, activation="relu"),
            tf.keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(loss="binary_crossentropy", optimizer="rmsprop", metrics=["accuracy"])
history = model.fit(train_generator, epochs=20, callbacks=[callbacks])
    ### END CODE HERE
"""
FIT_GENERATOR = (TRAINER, "model.fit(train_generator", "model.fit_generator(train_generator")
ACCURACY = '(logs or {}).get("accuracy")'


def _mistake(
    name: str,
    why: str,
    *edits: Edit,
    loses: frozenset[str] | set[str],
    cells: dict[str, str] | None = None,
) -> Variant:
    return Variant(f"mistake-{name}", why, edits, frozenset(loses), cells or {})


def _fit(arguments: str) -> Edit:
    return (TRAINER, "train_generator, epochs=20, callbacks=[callbacks]", arguments)


MISTAKES = (
    _mistake("lr", "lr is gone in Keras 3", (TRAINER, "learning_rate=", "lr="),
             loses=COMPILE | TRAINING),
    _mistake("fit_generator", "fit_generator is gone in Keras 3", FIT_GENERATOR, loses=TRAINING),
    _mistake("legacy-optimizer", "optimizers.legacy is gone in Keras 3",
             (TRAINER, "optimizers.RMSprop", "tf.keras.optimizers.legacy.RMSprop"),
             loses=COMPILE | TRAINING),
    _mistake("metric-acc", "the callback never sees accuracy", (TRAINER, '["accuracy"]', '["acc"]'),
             loses={"metric", "stopped_by_callback"}),
    _mistake("rescale-positional", "the first argument is not rescale, so nothing is rescaled",
             (LOADER, "rescale=1 / 255", "1 / 255.0"), loses={"pixels_scaled"}),
    _mistake("no-rescale", "values up to 255 reach the network, which learns all the same",
             (LOADER, "rescale=1 / 255", ""), loses={"pixels_scaled"}),
    _mistake("rescale-255", "values up to 65025 reach the network, which learns all the same",
             (LOADER, "1 / 255", "255"), loses={"pixels_scaled"}),
    _mistake("categorical-one-unit", "two labels an image, one output",
             (LOADER, '"binary"', '"categorical"'), loses=TRAINING | {"class_mode"}),
    _mistake("batch-size", "batches of 5", (LOADER, "batch_size=10", "batch_size=5"),
             loses={"batch_size"}),
    _mistake("target-size-model-follows", "smaller images, and a model for them",
             (LOADER, "(150, 150)", "(100, 100)"), (TRAINER, "(150, 150, 3)", "(100, 100, 3)"),
             loses={"target_size", "input_shape"}),
    _mistake("target-size", "smaller images, which the model does not take",
             (LOADER, "(150, 150)", "(100, 100)"), loses=TRAINING | {"target_size"}),
    _mistake("class-folder", "a folder of one class has no class folders in it",
             (LOADER, "directory=base_dir", "directory=happy_dir"),
             loses=TRAINING | {"images_found", "pixels_scaled"}),
    _mistake("no-callback", "fit is not told of the callback",
             (TRAINER, ", callbacks=[callbacks])", ")"), loses={"stopped_by_callback"}),
    _mistake("callback-class", "the class is passed, not an instance",
             _fit("train_generator, epochs=20, callbacks=[myCallback]"), loses=TRAINING),
    _mistake("threshold-0.9", "training ends before the target",
             (CALLBACK, "> 0.999:", "> 0.9:"), loses=LATE | {"goes_on_below"}),
    _mistake("threshold-0.99", "0.995 would stop it", (CALLBACK, "> 0.999:", "> 0.99:"),
             loses={"goes_on_below"}),
    _mistake("threshold-rounded", "0.999 stops, as does anything that rounds to it",
             (CALLBACK, "accuracy > 0.999:", "round(accuracy, 3) >= 0.999:"),
             loses={"goes_on_below"}),
    _mistake("val_accuracy", "there is no validation, so there is no val_accuracy",
             (CALLBACK, '.get("accuracy")', '.get("val_accuracy")'),
             loses=CALLING | {"stopped_by_callback"}),
    _mistake("self-stop_training", "stop_training belongs to the model",
             (CALLBACK, "self.model.stop_training", "self.stop_training"),
             loses=CALLING | {"stopped_by_callback"}),
    _mistake("fit-dedented", "fit stands outside of the function", loses=TRAINING,
             cells={TRAINER: DEDENTED}),
    _mistake("signature-changed", "the argument is gone, the call still gives it",
             (TRAINER, "def train_happy_sad_model(train_generator)", "def train_happy_sad_model()"),
             (TRAINER, "model.fit(train_generator", "model.fit(gen"), loses=TRAINING),
    _mistake("no-return", "nothing is returned", (TRAINER, "    return history", ""),
             loses={"history_returned"}),
    _mistake("model-returned", "the model is returned", (TRAINER, "return history", "return model"),
             loses={"history_returned"}),
    _mistake("two-units-binary-loss", "the loss is for one output", loses=TRAINING | {"loss"},
             cells=model(INPUT, *BODY, FLAT, DENSE, 'Dense(2, activation="softmax")')),
    _mistake("softmax-one-unit", "softmax of one number is always 1", loses=LATE | {"output_layer"},
             cells=model(INPUT, *BODY, FLAT, DENSE, 'Dense(1, activation="softmax")')),
    _mistake("no-flatten", "the output is a map", loses=TRAINING | {"flattened"},
             cells=model(INPUT, *BODY, DENSE, OUT)),
    _mistake("rate-1e-6", "it hardly learns", (TRAINER, "0.001", "0.000001"), loses=LATE),
    _mistake("rate-1", "it never settles", (TRAINER, "0.001", "1.0"), loses=LATE),
    _mistake("epochs-100", "100 epochs", (TRAINER, "epochs=20", "epochs=100"),
             loses={"epochs_asked"}),
    _mistake("epochs-5", "5 epochs are too few", (TRAINER, "epochs=20", "epochs=5"), loses=LATE),
    _mistake("steps-1", "an epoch sees 10 of 80 images",
             _fit("train_generator, epochs=20, steps_per_epoch=1, callbacks=[callbacks]"),
             loses=LATE),
    _mistake("placeholder-left", "the generator is still None", loses=TRAINING | LOADING,
             cells={LOADER: "# GRADED FUNCTION: image_generator\ndef image_generator():\n"
                            "    train_datagen = ImageDataGenerator(rescale=1 / 255)\n"
                            "    train_generator = None\n    return train_generator\n"}),
    _mistake("placeholder-loss", "the loss is still None", loses=TRAINING | {"loss"},
             cells=model(*USUAL, loss="None")),
    _mistake("syntax-error", "a bracket is missing", (TRAINER, "        ]\n    )", "        ]\n"),
             loses=UNTRAINED),
    _mistake("undefined-name", "units is never defined", (TRAINER, "Dense(512", "Dense(units"),
             loses=UNTRAINED),
    _mistake("undefined-name-add", "the model is half built when a name is missing",
             (TRAINER, "    model.compile(", "    model.add(LastLayer())\n    model.compile("),
             loses=UNTRAINED),
    _mistake("slip-layer", "Conv2d", (TRAINER, "layers.Conv2D", "layers.Conv2d"), loses=UNTRAINED),
    _mistake("slip-argument", "actvation",
             (TRAINER, "Dense(1, activation=", "Dense(1, actvation="),
             loses=UNTRAINED),
    _mistake("slip-loader", "rescal", (LOADER, "rescale=", "rescal="),
             loses=LOADING | TRAINING),
    _mistake("slip-loss", "binary_crosentropy", (TRAINER, "binary_crossentropy",
             "binary_crosentropy"), loses=TRAINING | {"loss"}),
)  # fmt: skip
