"""Mistakes that students make in "Horses or Humans", and what each of them loses."""

from .submission import (
    BUILD,
    COMPACT,
    COMPARE,
    COMPILE,
    COMPILED,
    CURVES,
    DRAWN,
    FIRST,
    FLATTEN,
    GAP,
    LAST,
    MEASURED,
    OF_LAYERS,
    QUICKER,
    SECOND,
    SHORT,
    SLOW,
    SMALL_TRAINING,
    SMALL_VALIDATION,
    STRUCTURE,
    THIRD,
    TRAINING,
    UNLEARNT,
    UNTRAINED,
    VALIDATION,
    Variant,
)

EVALUATE = "compact_loss, compact_accuracy = compact_model.evaluate(compact_validation)"
VALIDATION_LINE = '        place.plot(epochs, curves[f"val_{key}"], label=f"Validation {title}")\n'
SIGMOID = 'layers.Dense(1, activation="sigmoid")'
INPUT = "layers.Input((size, size, 3))"
PART = "ImageDataGenerator(rescale=1 / 255, validation_split=0.1)"
SERIES = frozenset({"accuracies_drawn", "losses_drawn"})
OF_THE_GAP, LOST = frozenset({"gap_read"}), frozenset({"pictures_lost"})
TOLD = frozenset({"compact_evaluated"})


def _short(id_: str, about: str, *edits: tuple[str, str, str], loses: str = "") -> Variant:
    """Make a mistake that is about no training, so that these may be as short as can be."""
    return Variant(id_, about, [*SHORT, *edits], UNLEARNT | {*loses.split()})


def _answer(id_: str, about: str, name: str, text: str, check: str) -> Variant:
    cells = {name: f"# GRADED VALUE: {name}\n{name} = {text}\n"}
    return Variant(f"mistake-{id_}", about, cells=cells, loses=frozenset({check}))


OF_LOADERS = (
    _short("mistake-some-pictures", "a tenth of the pictures is left out",
           (TRAINING, "ImageDataGenerator(rescale=1 / 255)", PART),
           (TRAINING, 'class_mode="binary"', 'class_mode="binary", subset="training"'),
           loses="training_found"),
    _short("mistake-batches", "other batches than the notebook names",
           (TRAINING, "BATCH_SIZE", "32"), loses="training_shaped"),
    _short("mistake-unscaled", "pictures to train on are not scaled",
           (TRAINING, "rescale=1 / 255", ""), loses="training_scaled"),
    _short("mistake-one-class", "a class folder as directory",
           (VALIDATION, "validation_dir,", 'os.path.join(validation_dir, "horses"),'),
           loses="validation_found validation_scaled second_validated second_whole begun_anew "
                 "second_returned"),
    _short("mistake-validates-on-training", "the pictures to train on, once more",
           (VALIDATION, "validation_dir", "train_dir"),
           loses="validation_found second_validated"),
    _short("mistake-validation-batches", "other batches than the notebook names",
           (VALIDATION, "BATCH_SIZE", "32"), loses="validation_shaped"),
    _short("mistake-validation-unscaled", "pictures to validate with are not scaled",
           (VALIDATION, "rescale=1 / 255", ""), loses="validation_scaled"),
    _short("mistake-validation-turned", "pictures to validate with are turned",
           (VALIDATION, "rescale=1 / 255", "rescale=1 / 255, rotation_range=40"),
           loses="validation_unchanged"),
    _short("mistake-compact-some-pictures", "a tenth of the smaller pictures is left out",
           (SMALL_TRAINING, "ImageDataGenerator(rescale=1 / 255)", PART),
           (SMALL_TRAINING, 'class_mode="binary"', 'class_mode="binary", subset="training"'),
           loses="compact_found"),
    _short("mistake-compact-batches", "other batches than the notebook names",
           (SMALL_TRAINING, "BATCH_SIZE", "32"), loses="compact_shaped"),
    _short("mistake-compact-unscaled", "smaller pictures to validate with are not scaled",
           (SMALL_VALIDATION, "rescale=1 / 255", ""), loses="compact_scaled"),
)  # fmt: skip
OF_NETWORKS = (
    _short("mistake-four", "four convolutions",
           (BUILD, LAST + FLATTEN, FLATTEN), loses="convolutions"),
    _short("mistake-shrinking", "fewer filters in later layers",
           (BUILD, "Conv2D(8,", "Conv2D(48,"), loses="filters_grow"),
    Variant("mistake-softmax", "softmax of one number is always 1",
            [*SHORT, (BUILD, '"sigmoid"', '"softmax"')], UNLEARNT | {"output_layer"}),
    Variant("mistake-not-flat", "feature maps reach the dense layers",
            [*SHORT, (BUILD, FLATTEN, "")],
            (UNTRAINED - {"compact_whole", "compact_validated", "compact_evaluated"})
            | {"flattened", "flat_told"}),
    Variant("mistake-one-channel", "a network for grey pictures",
            [*SHORT, (BUILD, INPUT, "layers.Input((size, size, 1))")],
            (UNTRAINED - {"compact_whole", "compact_validated", "compact_evaluated"})
            | {"input_shape", "parameters_told"}),
    _short("mistake-loss", "a loss for numbers, not for classes",
           (COMPILE, "binary_crossentropy", "mean_squared_error"), loses="loss"),
    # Before anything is learnt, both are one half.
    Variant("mistake-metric", "an error is measured, and no accuracy",
            [*QUICKER, (COMPILE, '"accuracy"', '"mean_absolute_error"')], TOLD | {"metric"}),
    _short("mistake-four-compact", "the fourth convolution stays",
           (COMPACT, FLATTEN, LAST + FLATTEN), loses="compact_convolutions"),
    _short("mistake-not-smaller", "a network and pictures of the size of before",
           (SMALL_TRAINING, "COMPACT_SIZE", "IMAGE_SIZE"),
           (SMALL_VALIDATION, "COMPACT_SIZE", "IMAGE_SIZE"),
           (COMPACT, INPUT, "layers.Input((IMAGE_SIZE, IMAGE_SIZE, 3))"),
           loses="compact_shaped compact_input"),
    Variant("mistake-not-compiled", "compile is never called",
            [(COMPILE, "model.compile", "dict")], UNTRAINED | COMPILED),
    Variant("mistake-slip", "Conv2d", [(BUILD, "Conv2D(", "Conv2d(")],
            (UNTRAINED - {"compact_whole", "compact_validated", "compact_evaluated",
                          "compact_learnt"}) | STRUCTURE | COMPILED | OF_LAYERS),
)  # fmt: skip
OF_TRAINING = (
    _short("mistake-eight-steps", "8 of 9 batches an epoch, as the lecture has it",
           (FIRST, "epochs=1", "epochs=1, steps_per_epoch=8"), loses="first_whole"),
    Variant("mistake-rate", "it hardly learns", [*QUICKER, SLOW], UNLEARNT),
    _short("mistake-history-lost", "the History is not returned",
           (FIRST, "return history", "return None"), loses="first_returned"),
    _short("mistake-other-model", "the network of part 1 is trained on",
           (SECOND, "(model, train_batches", "(network, train_batches"), loses="begun_anew"),
    _short("mistake-second-steps", "8 of 9 batches an epoch, as the lecture has it",
           (SECOND, "epochs=1", "epochs=1, steps_per_epoch=8"), loses="second_whole"),
    _short("mistake-not-validated", "nothing is said of validation",
           (SECOND, ", validation_data=validation_batches", ""), loses="second_validated"),
    _short("mistake-second-history", "the History is not returned",
           (SECOND, "return history", "return None"), loses="second_returned"),
    _short("mistake-third-steps", "8 of 9 batches an epoch, as the lecture has it",
           (THIRD, "epochs=1", "epochs=1, steps_per_epoch=8"), loses="compact_whole"),
    _short("mistake-compact-not-validated", "nothing is said of validation",
           (THIRD, ", validation_data=compact_validation", ""), loses="compact_validated"),
    Variant("mistake-fit-generator", "a name that is gone",
            [*SHORT, (FIRST, "model.fit(", "model.fit_generator(")],
            UNLEARNT | {"first_whole", "first_returned", "begun_anew"}),
)  # fmt: skip
OF_FIGURES = (
    Variant("mistake-no-legend", "nobody knows which line is which",
            [(CURVES, "        place.legend()\n", "")], frozenset({"has_legend"})),
    Variant("mistake-no-labels", "the axes have no labels",
            [(CURVES, '        place.set_xlabel("epoch")\n', "")], frozenset({"labelled"})),
    Variant("mistake-training-alone", "validation is not drawn",
            [(CURVES, VALIDATION_LINE, "")], SERIES | {"has_legend"}),
    Variant("mistake-accuracy-twice", "the accuracy, where the loss is to be",
            [(CURVES, '(name, "loss")', "(name, name)")], frozenset({"losses_drawn"})),
    Variant("mistake-one-name", "the accuracy may be called acc",
            [(CURVES, 'name = "acc" if "acc" in curves else "accuracy"', 'name = "accuracy"')],
            DRAWN),
    Variant("mistake-gap-one-name", "the accuracy may be called acc here, too",
            [(GAP, 'name = "acc" if "acc" in curves else "accuracy"', 'name = "accuracy"')],
            OF_THE_GAP),
    Variant("mistake-gap-turned", "validation minus training",
            [(GAP, "gap = ", "gap = -1 * "), (GAP, " - curves", " + curves")], OF_THE_GAP),
    Variant("mistake-gap-of-losses", "the gap between the losses",
            [(GAP, 'name = "acc" if "acc" in curves else "accuracy"', 'name = "loss"')],
            OF_THE_GAP),
    Variant("mistake-gap-at-first", "the gap after the first epoch",
            [(GAP, "[-1]", "[0]")], OF_THE_GAP),
)  # fmt: skip
OF_COMPARISON = (
    Variant("mistake-either-wrong", "pictures that the small network does not know",
            [(COMPARE, "known & unknown", "unknown")], LOST),
    Variant("mistake-turned", "pictures that the large network does not know",
            [(COMPARE, "(large > 0.5) ==", "(large > 0.5) !="),
             (COMPARE, "(small > 0.5) !=", "(small > 0.5) ==")], LOST),
    Variant("mistake-humans-alone", "horses are right where the number is small",
            [(COMPARE, "(large > 0.5) == (labels == 1)", "large > 0.5"),
             (COMPARE, "(small > 0.5) != (labels == 1)", "small <= 0.5")], LOST),
    Variant("mistake-places", "places for names",
            [(COMPARE, "[name for name, is_lost in zip(names, known & unknown) if is_lost]",
              "np.flatnonzero(known & unknown).tolist()")], LOST),
    Variant("mistake-counted", "how many there are",
            [(COMPARE, "return changed", "return len(changed)")], LOST),
    Variant("mistake-exchanged", "the loss for the accuracy",
            [(MEASURED, "compact_loss, compact_accuracy", "compact_accuracy, compact_loss")], TOLD),
    Variant("mistake-in-percent", "an accuracy in percent",
            [(MEASURED, "### END", "compact_accuracy = 100 * compact_accuracy\n### END")], TOLD),
    Variant("mistake-on-training", "evaluated on the pictures that it was trained on",
            [(MEASURED, "(compact_validation)", "(compact_batches)")], TOLD),
    Variant("mistake-large-evaluated", "the large network is evaluated",
            [(MEASURED, "compact_model.evaluate(compact_validation)",
              "validated_model.evaluate(validation_batches)")], TOLD),
)  # fmt: skip
OF_QUESTIONS = (
    _answer("raw-of-lecture", "what the lecture says", "raw_values", "900_000", "raw_told"),
    _answer("eight-batches", "the pictures that are left over", "batches", "8", "batches_told"),
    _answer("sides-trained", "of the pictures that are trained on", "sides",
            "[148, 74, 72, 36, 34, 17, 15, 7, 5, 2]", "sides_told"),
    _answer("sides-padded", "nothing is left out at the edge", "sides",
            "[300, 150, 150, 75, 75, 37, 37, 18, 18, 9]", "sides_told"),
    _answer("one-map", "one map alone", "flat", "7 * 7", "flat_told"),
    _answer("five-for-three", "of five convolutions", "lecture_flat", "3136", "lecture_told"),
    _answer("no-biases", "biases are not counted", "parameters",
            "1704097 - 16 - 3 * 64 - 32 - 512 - 1", "parameters_told"),
    _answer("compact-is-less", "a quarter of the large one", "compact_parameters",
            "1704097 // 4", "compact_told"),
    _answer("too-short", "another choice", "risk", '"a"', "risk_named"),
)  # fmt: skip
MISTAKES = (
    *OF_LOADERS,
    *OF_NETWORKS,
    *OF_TRAINING,
    *OF_FIGURES,
    *OF_COMPARISON,
    *OF_QUESTIONS,
)
