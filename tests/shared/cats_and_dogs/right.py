"""Solutions of "Cats and Dogs" that are right in other ways."""

from .submission import (
    AUGMENTED,
    BUILD,
    COMPILE,
    CURVES,
    FIRST,
    GAP,
    QUICKER,
    SAVE,
    SECOND,
    TEST,
    TESTED,
    TRAINING,
    VALIDATION,
    Variant,
)

TWO_FIGURES = """
# GRADED FIGURE: plot_curves
def plot_curves(history):
    logged = history.history
    for name in ("acc", "accuracy", "loss"):
        if name not in logged:
            continue
        plt.figure()
        plt.plot(range(1, len(logged[name]) + 1), logged[name], label="train")
        plt.plot(range(1, len(logged[name]) + 1), logged["val_" + name], label="val")
        plt.title("Loss" if name == "loss" else "Accuracy")
        plt.xlabel("Epoch")
        plt.ylabel("value")
        plt.legend()
    plt.show()
"""
VALIDATED = 'history.history["val_accuracy"][-1]'
EVALUATE = "test_loss, test_accuracy = model.evaluate(test_batches)"
CONVOLUTION = '            layers.Conv2D(64, (3, 3), activation="relu"),\n'
LAST = CONVOLUTION.replace("64", "128")
INPUT = "            layers.Input((IMAGE_SIZE, IMAGE_SIZE, 3)),\n"
POOLING = "            layers.MaxPooling2D((2, 2)),\n"
RIGHT = (
    Variant("right-two-figures", "a figure for each, lines alone", cells={CURVES: TWO_FIGURES}),
    Variant("right-from-zero", "epochs are counted from 0",
            [(CURVES, "range(1, len(curves[key]) + 1)", "range(len(curves[key]))")]),
    Variant("right-other-words", "other titles, that say the same",
            [(CURVES, "Training and validation {title}", "{title} per epoch")]),
    Variant("right-gap-rounded", "the gap in whole percents",
            [(GAP, "### END", "gap = round(gap, 2)\n### END")]),
    Variant("right-gap-by-numpy", "the gap as NumPy's number",
            [(GAP, VALIDATED, f"np.float64({VALIDATED})")]),
    Variant("right-saved-otherwise", "saved by keras.saving, and as .h5 besides",
            [(SAVE, 'model.save("cats_dogs.keras")',
              'keras.saving.save_model(model, "./cats_dogs.keras")\n    model.save("old.h5")')]),
    Variant("right-by-name", "evaluated into a dictionary",
            [(TESTED, EVALUATE,
              'test_accuracy = model.evaluate(test_batches, return_dict=True)["accuracy"]')]),
    Variant("right-loaded-model", "the model that was loaded again is evaluated",
            [(TESTED, "model.evaluate", "loaded_model.evaluate")]),
    Variant("right-in-order", "the test is not shuffled",
            [(TEST, 'class_mode="binary"', 'class_mode="binary", shuffle=False')]),
    Variant("right-one-expression", "the loader of the test in one expression",
            [(TEST, "    datagen = ImageDataGenerator(rescale=1 / 255)\n", ""),
             (TEST, "datagen.flow", "ImageDataGenerator(rescale=1.0 / 255.0).flow")]),
    Variant("right-in-two-lines", "what evaluate returns is kept, and its second number taken",
            [(TESTED, EVALUATE,
              "scores = model.evaluate(test_batches, verbose=0)\ntest_accuracy = scores[1]")]),
    Variant("right-acc", "the accuracy is called acc",
            [*QUICKER, (COMPILE, '"accuracy"', '"acc"'), (GAP, "accuracy", "acc")]),
    Variant("right-three-blocks", "three convolutions, each with its pooling",
            [*QUICKER, (BUILD, 2 * (CONVOLUTION + POOLING), CONVOLUTION + POOLING)]),
    Variant("right-two-in-a-row", "two convolutions before the last pooling",
            [(BUILD, LAST + POOLING + LAST, 2 * LAST)]),
    Variant("right-linear", "no activation but that of the output",
            [*QUICKER, (BUILD, ', activation="relu"', "")]),
    Variant("right-no-hidden-layer", "the output directly behind the flat vector",
            [*QUICKER, (BUILD, '            layers.Dense(128, activation="relu"),\n', "")]),
    Variant("right-counted", "the number of batches is counted, by hand and by Python",
            [*QUICKER, (FIRST, "epochs=5", "epochs=5, steps_per_epoch=107"),
             (SECOND, "epochs=12", "epochs=12, steps_per_epoch=len(augmented_batches)")]),
    Variant("right-scaled-in-model", "a layer of the network scales",
            [*QUICKER, *((name, "rescale=1 / 255", "") for name in (TRAINING, VALIDATION, TEST)),
             (AUGMENTED, "rescale=1 / 255,", ""),
             (BUILD, INPUT, f"{INPUT}            layers.Rescaling(1 / 255),\n")]),
)  # fmt: skip
