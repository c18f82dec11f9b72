"""Mistakes that students make in "Cats and Dogs", and what each of them loses."""

from .submission import (
    AUGMENTED,
    AUGMENTING,
    BUILD,
    COMPILE,
    CURVES,
    DRAWN,
    EVALUATED,
    FIRST,
    GAP,
    QUICKER,
    SAVE,
    SECOND,
    SHORT,
    STRUCTURE,
    TEST,
    TESTED,
    TRAINING,
    UNTRAINED,
    VALIDATION,
    Variant,
)

EVALUATE = "test_loss, test_accuracy = model.evaluate(test_batches)"
VALIDATION_LINE = (
    '        place.plot(epochs, curves[f"val_{key}"], "b", label=f"Validation {title}")\n'
)
SERIES = frozenset({"accuracies_drawn", "losses_drawn"})
OF_THE_GAP = frozenset({"gap_read"})
OF_THE_FILE = frozenset({"loads_again"})
ANEW = "    model = build_model()\n    compile_model(model)\n    history ="
PARTS = ((TRAINING, "train"), (VALIDATION, "validation"), (TEST, "test"), (AUGMENTED, "train"))
UNREAD = frozenset(
    f"{which}_{what}"
    for which in ("training", "validation", "test", "augmented")
    for what in ("found", "scaled")
)
MIDDLE = 2 * (
    '            layers.Conv2D(64, (3, 3), activation="relu"),\n'
    "            layers.MaxPooling2D((2, 2)),\n"
)


def _held_back(*names: str) -> list[tuple[str, str, str]]:
    """Leave out a fifth of the pictures."""
    return [
        edit
        for name in names
        for edit in (
            (name, "rescale=1 / 255", "rescale=1 / 255, validation_split=0.2"),
            (name, '"binary"', '"binary", subset="training"'),
        )
    ]


OF_TRAINING = (
    Variant("mistake-not-augmented", "the second training shows the same pictures again",
            [*QUICKER, (AUGMENTED, AUGMENTING, "")],
            frozenset({"augmented", "gap_closed", "tested"})),
    Variant("mistake-begun-anew", "the second training makes a network of its own",
            [*SHORT, (SECOND, "    history =", ANEW)],
            EVALUATED | {"goes_on", "tested", "loads_again"}),
    Variant("mistake-not-validated", "nothing is said of validation",
            [*SHORT, (FIRST, ", validation_data=validation_batches", "")],
            frozenset({"first_validated", "gap_read", "gap_closed", "tested"})),
    Variant("mistake-history-lost", "the History is not returned",
            [*SHORT, (FIRST, "return history", "return None")],
            frozenset({"first_returned", "gap_read", "tested"})),
    Variant("mistake-steps", "100 of 107 batches an epoch, as the lab had it",
            [*SHORT, (FIRST, "epochs=5", "epochs=5, steps_per_epoch=100")],
            frozenset({"first_whole", "tested"})),
    Variant("mistake-rate", "it hardly learns",
            [*SHORT, (COMPILE, "0.001", "1e-7")], frozenset({"learnt", "tested"})),
    Variant("mistake-softmax", "softmax of one number is always 1",
            [*SHORT, (BUILD, '"sigmoid"', '"softmax"')],
            frozenset({"output_layer", "learnt", "tested"})),
    Variant("mistake-training-unscaled", "the second training gets scaled pictures, the first not",
            [*SHORT, (TRAINING, "rescale=1 / 255", "")], frozenset({"training_scaled", "tested"})),
    Variant("mistake-shrinking", "fewer filters in later layers",
            [*SHORT, (BUILD, "Conv2D(16,", "Conv2D(48,")],
            frozenset({"filters_grow", "tested"})),
    Variant("mistake-validation-mirrored", "the pictures to validate with change at random",
            [*SHORT, (VALIDATION, "rescale=1 / 255", "rescale=1 / 255, horizontal_flip=True")],
            frozenset({"validation_unchanged", "tested"})),
    Variant("mistake-held-back", "a fifth of the pictures is kept for nothing",
            [*SHORT, *_held_back(TRAINING, VALIDATION, AUGMENTED)],
            frozenset({"training_found", "validation_found", "augmented_found", "tested"})),
    Variant("mistake-class-folder", "the folder of one class, in which there are no folders",
            [(name, f"{part}_dir", f'os.path.join({part}_dir, "CAT")') for name, part in PARTS],
            UNTRAINED | UNREAD),
    Variant("mistake-grey", "the network takes grey pictures",
            [(BUILD, "IMAGE_SIZE, 3)", "IMAGE_SIZE, 1)")], UNTRAINED | {"input_shape"}),
    Variant("mistake-two-convolutions", "two convolutions",
            [*SHORT, (BUILD, MIDDLE, "")], frozenset({"convolutions", "tested"})),
    Variant("mistake-no-metric", "nothing but the loss is measured",
            [*SHORT, (COMPILE, '        metrics=["accuracy"],\n', "")],
            EVALUATED | {"metric", "gap_read", "gap_closed", "tested"}),
    Variant("mistake-epochs", "more epochs than the notebook allows",
            [*QUICKER, (FIRST, "epochs=5", "epochs=35"), (SECOND, "epochs=12", "epochs=35")],
            frozenset({"first_epochs", "second_epochs"})),
    Variant("mistake-second-not-validated", "nothing is said of validation in the second training",
            [*SHORT, (SECOND, ", validation_data=validation_batches", "")],
            frozenset({"second_validated", "gap_closed", "tested"})),
    Variant("mistake-not-compiled", "compile is never called",
            [(COMPILE, "model.compile", "dict")], UNTRAINED | {"loss", "metric"}),
    Variant("mistake-slip", "Conv2d", [(BUILD, "Conv2D(", "Conv2d(")], STRUCTURE | UNTRAINED),
    Variant("mistake-fit-generator", "a name that is gone",
            [*SHORT, (SECOND, "model.fit(", "model.fit_generator(")],
            UNTRAINED - {"first_epochs", "first_whole", "first_validated", "learnt",
                         "first_returned", "gap_read"}),
)  # fmt: skip
MISTAKES = (
    *OF_TRAINING,
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
    Variant("mistake-without-weights", "the layers are written down, and no weights",
            [*SHORT, (SAVE, 'model.save("cats_dogs.keras")',
                      'open("cats_dogs.keras", "w").write(model.to_json())')],
            OF_THE_FILE | {"tested"}),
    Variant("mistake-not-loaded", "what is to be loaded is not named",
            [*SHORT, (SAVE, 'load_model("cats_dogs.keras")', "load_model()")],
            OF_THE_FILE | {"tested"}),
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
