"""Mistakes that students make in "Cats and Dogs", and what each of them loses."""

from .submission import CURVES, DRAWN, EVALUATED, GAP, SAVE, TEST, TESTED, Variant

EVALUATE = "test_loss, test_accuracy = model.evaluate(test_batches)"
VALIDATION_LINE = (
    '        place.plot(epochs, curves[f"val_{key}"], "b", label=f"Validation {title}")\n'
)
SERIES = frozenset({"accuracies_drawn", "losses_drawn"})
OF_THE_GAP = frozenset({"gap_read"})
OF_THE_FILE = frozenset({"loads_again"})
MISTAKES = (
    Variant("mistake-no-legend", "nobody knows which line is which",
            [(CURVES, "        place.legend()\n", "")], frozenset({"has_legend"})),
    Variant("mistake-no-labels", "the axes have no labels",
            [(CURVES, '        place.set_xlabel("epoch")\n', "")], frozenset({"labelled"})),
    Variant("mistake-no-title", "the figures have no titles",
            [(CURVES, '        place.set_title(f"Training and validation {title}")\n', "")],
            frozenset({"labelled"})),
    Variant("mistake-training-alone", "validation is not drawn",
            [(CURVES, VALIDATION_LINE, "")], SERIES | {"has_legend"}),
    Variant("mistake-one-name", "the accuracy may be called acc",
            [(CURVES, 'name = "acc" if "acc" in curves else "accuracy"', 'name = "accuracy"')],
            DRAWN),
    Variant("mistake-drawn-twice", "training is drawn as validation",
            [(CURVES, 'curves[f"val_{key}"]', "curves[key]")], SERIES),
    Variant("mistake-made-up-figure", "numbers of its own are drawn",
            [(CURVES, "curves = history.history",
              "curves = {key: [0.5 for _ in them] for key, them in history.history.items()}")],
            SERIES),
    Variant("mistake-gap-turned", "validation minus training",
            [(GAP, "gap = ", "gap = -1 * "), (GAP, " - history", " + history")], OF_THE_GAP),
    Variant("mistake-gap-of-losses", "the gap between the losses",
            [(GAP, '"accuracy"', '"loss"'), (GAP, '"val_accuracy"', '"val_loss"')], OF_THE_GAP),
    Variant("mistake-gap-at-first", "the gap after the first epoch",
            [(GAP, "[-1]", "[0]")], OF_THE_GAP),
    Variant("mistake-gap-written", "a number of somebody else's",
            [(GAP, "### END", "gap = 0.017\n### END")], OF_THE_GAP),
    Variant("mistake-other-file", "saved under another name",
            [(SAVE, "cats_dogs.keras", "model.keras")], OF_THE_FILE),
    Variant("mistake-untrained-file", "another network is saved, which was never trained",
            [(SAVE, 'model.save("cats_dogs.keras")',
              'model = keras.models.clone_model(model)\n    model.save("cats_dogs.keras")')],
            OF_THE_FILE),
    Variant("mistake-exchanged", "the loss for the accuracy",
            [(TESTED, "test_loss, test_accuracy", "test_accuracy, test_loss")], EVALUATED),
    Variant("mistake-written", "an accuracy of somebody else's",
            [(TESTED, EVALUATE, "test_accuracy = 0.955")], EVALUATED),
    Variant("mistake-in-percent", "an accuracy in percent",
            [(TESTED, "### END", "test_accuracy = 100 * test_accuracy\n### END")], EVALUATED),
    Variant("mistake-some-batches", "five batches of the test are evaluated",
            [(TESTED, "(test_batches)", "(test_batches, steps=5)")], EVALUATED),
    Variant("mistake-on-training", "evaluated on the pictures that it was trained on",
            [(TESTED, "(test_batches)", "(train_batches)")], EVALUATED),
    Variant("mistake-test-unscaled", "the test is not scaled",
            [(TEST, "rescale=1 / 255", "")], EVALUATED | {"test_scaled"}),
    Variant("mistake-test-augmented", "the pictures of the test are turned",
            [(TEST, "rescale=1 / 255", "rescale=1 / 255, rotation_range=90")],
            EVALUATED | {"test_unchanged"}),
    Variant("mistake-test-batches", "other batches than the notebook names",
            [(TEST, "BATCH_SIZE", "32")], frozenset({"test_shaped"})),
    Variant("mistake-test-of-training", "the pictures to train on, once more",
            [(TEST, "test_dir", "train_dir")],
            EVALUATED | {"test_found"}),
)  # fmt: skip
