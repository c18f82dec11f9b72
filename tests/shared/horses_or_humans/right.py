"""Solutions of "Horses or Humans" that are right in other ways."""

from .submission import (
    BUILD,
    COMPACT,
    COMPARE,
    COMPILE,
    CURVES,
    FIRST,
    FLATTEN,
    GAP,
    LAST,
    MEASURED,
    QUICKER,
    SECOND,
    SMALL_TRAINING,
    SMALL_VALIDATION,
    THIRD,
    TRAINING,
    VALIDATION,
    Variant,
)

DATASET = """
# GRADED FUNCTION: {name}
def {name}():
    dataset = tf.keras.utils.image_dataset_from_directory(
        {folder}, image_size=({size}, {size}), batch_size=BATCH_SIZE, label_mode="binary"
    )
    return dataset.map({scaled})
"""
BY_NUMBER = "lambda pictures, labels: (pictures / 255.0, labels)"
BY_LAYER = "lambda pictures, labels: (layers.Rescaling(1 / 255)(pictures), labels)"
PLACES = {
    TRAINING: ("train_dir", "IMAGE_SIZE"),
    VALIDATION: ("validation_dir", "IMAGE_SIZE"),
    SMALL_TRAINING: ("train_dir", "COMPACT_SIZE"),
    SMALL_VALIDATION: ("validation_dir", "COMPACT_SIZE"),
}
TWO_FIGURES = """
# GRADED FIGURE: plot_curves
def plot_curves(history):
    logged = history.history
    for name in ("acc", "accuracy", "loss"):
        if name not in logged:
            continue
        plt.figure()
        plt.plot(range(1, len(logged[name]) + 1), logged[name], "bo", label="train")
        plt.plot(range(1, len(logged[name]) + 1), logged["val_" + name], "b", label="val")
        plt.title("Loss" if name == "loss" else "Accuracy")
        plt.xlabel("Epoch")
        plt.ylabel("value")
        plt.legend()
    plt.show()
"""
LOOP = """
# GRADED FUNCTION: compare
def compare(names, labels, large, small):
    changed = []
    for i in range(len(names)):
        right = int(large[i] >= 0.5) == labels[i]
        if right and round(small[i]) != labels[i]:
            changed.append(names[i])
    return changed
"""
ANSWERS = {
    "raw_values": "raw_values = 270000",
    "batches": "batches = 9",
    "sides": "sides = (298, 149, 147, 73, 71, 35, 33, 16, 14, 7)",
    "flat": "flat = 3136",
    "lecture_flat": "lecture_flat = 78400",
    "parameters": "parameters = 1704097",
    "compact_parameters": "compact_parameters = 9494561",
    "risk": 'risk = "C"',
}
EVALUATE = "compact_loss, compact_accuracy = compact_model.evaluate(compact_validation)"
BY_NAME = """\
scores = compact_model.evaluate(compact_validation, return_dict=True)
compact_accuracy = scores["accuracy"]"""
SIGMOID = 'layers.Dense(1, activation="sigmoid")'
SOFTMAX = 'layers.Dense(2, activation="softmax")'


def datasets(scaled: str, *names: str) -> dict[str, str]:
    """Write loaders as datasets of tf.data, scaled by a function of pictures and labels."""
    return {
        name: DATASET.format(name=name, folder=PLACES[name][0], size=PLACES[name][1], scaled=scaled)
        for name in names
    }


RIGHT = (
    Variant("right-two-figures", "a figure for each", cells={CURVES: TWO_FIGURES}),
    Variant("right-from-zero", "epochs are counted from 0",
            [(CURVES, "range(1, len(curves[key]) + 1)", "range(len(curves[key]))")]),
    Variant("right-gap-by-numpy", "the gap as NumPy's number",
            [(GAP, "### END", "gap = np.float64(gap)\n    ### END")]),
    Variant("right-loop", "picture by picture", cells={COMPARE: LOOP}),
    Variant("right-by-mask", "names picked by NumPy, as a list of its texts",
            [(COMPARE, "[name for name, is_lost in zip(names, known & unknown) if is_lost]",
              "list(np.array(names)[known & unknown])")]),
    Variant("right-by-hand", "answers as numbers, worked out by hand",
            cells={name: f"# GRADED VALUE: {name}\n{text}\n" for name, text in ANSWERS.items()}),
    Variant("right-by-name", "evaluated into a dictionary",
            [(MEASURED, EVALUATE, BY_NAME)]),
    Variant("right-in-order", "what is validated with is not shuffled",
            [(SMALL_VALIDATION, 'class_mode="binary"', 'class_mode="binary", shuffle=False'),
             (VALIDATION, 'class_mode="binary"', 'class_mode="binary", shuffle=False')]),
    Variant("right-one-expression", "a loader in one expression",
            [(SMALL_VALIDATION, "    datagen = ImageDataGenerator(rescale=1 / 255)\n", ""),
             (SMALL_VALIDATION, "datagen.flow", "ImageDataGenerator(rescale=1.0 / 255.0).flow")]),
    Variant("right-counted", "the number of batches is counted, by hand and by Python",
            [(FIRST, "epochs=EPOCHS", "epochs=EPOCHS, steps_per_epoch=9"),
             (SECOND, "epochs=EPOCHS", "epochs=EPOCHS, steps_per_epoch=len(train_batches)")]),
    Variant("right-datasets", "all loaders as datasets of tf.data", QUICKER,
            cells=datasets(BY_NUMBER, *PLACES)),
    Variant("right-mixed", "to train on a dataset of tf.data, to validate with a generator",
            QUICKER, cells=datasets(BY_LAYER + ").cache().prefetch(2", TRAINING, SMALL_TRAINING)),
    Variant("right-softmax", "two units with softmax, and the loss for them",
            [*QUICKER, (BUILD, SIGMOID, SOFTMAX), (COMPACT, SIGMOID, SOFTMAX),
             (COMPILE, "binary_crossentropy", "sparse_categorical_crossentropy")]),
    Variant("right-acc", "the accuracy is called acc",
            [*QUICKER, (COMPILE, '"accuracy"', '"acc"')]),
    Variant("right-adam", "another optimizer",
            [*QUICKER, (COMPILE, "RMSprop(learning_rate=LEARNING_RATE)", "Adam()")]),
    Variant("right-more-filters", "more filters in the last convolution",
            [*QUICKER, (BUILD, LAST + FLATTEN, LAST.replace("32", "64") + FLATTEN)]),
    Variant("right-mirrored", "pictures to train on are mirrored at random",
            [*QUICKER, (TRAINING, "rescale=1 / 255", "rescale=1 / 255, horizontal_flip=True")]),
    Variant("right-scaled-in-model", "a layer of the networks scales",
            [*QUICKER,
             *((name, "rescale=1 / 255", "") for name in PLACES),
             *((name, "layers.Input((size, size, 3)),",
                "layers.Input((size, size, 3)),\n            layers.Rescaling(1 / 255),")
               for name in (BUILD, COMPACT))]),
    Variant("right-short-of-epochs", "fewer epochs, which are enough",
            [(THIRD, "epochs=EPOCHS", "epochs=12")]),
)  # fmt: skip
