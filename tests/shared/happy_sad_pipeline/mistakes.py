"""Mistakes that students make in "Happy or Sad in the Wild", and what each of them loses."""

from .divided import split
from .functions import OF_FUNCTIONS
from .right import OUTPUT
from .submission import (
    BUILD,
    COMPILE,
    LOG,
    QUICKER,
    SAVE,
    SHORT,
    SHOWN,
    SHOWN_PARTS,
    SPLIT,
    STRUCTURE,
    TRAIN,
    TRAINED,
    UNTESTED,
    Variant,
)

OF_PARTS = frozenset({"apart", "test_apart", "none_lost"})
SCALED = "data = data.map(lambda x, y: (x / 255, y))"
BY_BATCHES = (
    "first, second = int(len(data) * 0.7), int(len(data) * 0.2)",
    "train_data = data.take(first)",
    "val_data = data.skip(first).take(second)",
    "test_data = data.skip(first + second).take(int(len(data) * 0.1))",
)
# As it was printed, with and without what is said to help.
PRINTED = split("data = load(folder, image_size=size)", SCALED, *BY_BATCHES)
SEEDED = split("data = load(folder, image_size=size, seed=1)", SCALED, *BY_BATCHES)
NOT_MIXED = split(
    "data = load(folder, image_size=size, shuffle=False)",
    SCALED,
    "train_data, val_data, test_data = data.take(7), data.skip(7).take(2), data.skip(9)",
)
ANEW = split(
    "data = load(folder, image_size=size, batch_size=None, shuffle=False)",
    f"{SCALED}.cache()",
    "count = len(data)",
    "data = data.shuffle(count, seed=1)",
    "first, second = round(0.7 * count), round(0.9 * count)",
    "train_data, val_data = data.take(first), data.take(second).skip(first)",
    "train_data, val_data = train_data.batch(BATCH_SIZE), val_data.batch(BATCH_SIZE)",
    "test_data = data.skip(second).batch(BATCH_SIZE)",
)
TWO_SEEDS = split(
    'train = load(folder, image_size=size, validation_split=0.3, subset="training", seed=1)',
    'rest = load(folder, image_size=size, validation_split=0.3, subset="validation", seed=2,',
    "            batch_size=None)",
    "scale = lambda x, y: (x / 255, y)",
    "rest = rest.map(scale).cache()",
    "for _ in rest:",
    "    pass",
    "kept = round(len(rest) * 2 / 3)",
    "train_data, val_data = train.map(scale), rest.take(kept).batch(BATCH_SIZE)",
    "test_data = rest.skip(kept).batch(BATCH_SIZE)",
)
# The loader mixes what it gives of the subset validation alone; of both, it does not.
REST_MIXED = split(
    'train = load(folder, image_size=size, validation_split=0.3, subset="training", seed=7)',
    'rest = load(folder, image_size=size, validation_split=0.3, subset="validation", seed=7,',
    "            batch_size=None)",
    "scale = lambda x, y: (x / 255, y)",
    "kept = round(len(rest) * 2 / 3)",
    "train_data, val_data = train.map(scale), rest.take(kept).map(scale).batch(BATCH_SIZE)",
    "test_data = rest.skip(kept).map(scale).batch(BATCH_SIZE)",
)
HALF = (SPLIT, "round(0.7 * count), round(0.2 * count)", "round(0.5 * count), round(0.4 * count)")
TEST_OF_TRAINING = (
    SPLIT,
    "test_data = data.skip(train_size + val_size)",
    "test_data = data.take(30)",
)
SKIPPED = (
    SPLIT,
    "data.skip(train_size + val_size).batch",
    "data.skip(train_size + val_size + 3).batch",
)
TEST_BY_CLASS = split(
    "data = load(folder, image_size=size, batch_size=None, shuffle=False)",
    SCALED,
    "count = len(data)",
    "held = round(0.1 * count)",
    "test_data = data.skip(count - held).batch(BATCH_SIZE)",
    "data = data.take(count - held).cache()",
    "data = data.shuffle(count, seed=1, reshuffle_each_iteration=False)",
    "first = round(0.7 * count)",
    "train_data, val_data = data.take(first), data.skip(first)",
    "train_data, val_data = train_data.batch(BATCH_SIZE), val_data.batch(BATCH_SIZE)",
)
REMAINDERS = (
    (SPLIT, "train_data = data.take(train_size).shuffle(train_size).batch(BATCH_SIZE)",
     "train_data = data.take(train_size).batch(BATCH_SIZE, drop_remainder=True)"),
    (SPLIT, ".batch(BATCH_SIZE)\n    test_data",
     ".batch(BATCH_SIZE, drop_remainder=True)\n    test_data"),
)  # fmt: skip
OF_SPLITS = (
    Variant("mistake-as-printed", "take and skip of what is mixed anew in each pass",
            SHORT, UNTESTED | OF_PARTS, cells=PRINTED),
    Variant("mistake-seeded", "the same with a seed", SHORT, UNTESTED | OF_PARTS, cells=SEEDED),
    Variant("mistake-anew", "mixed anew before it is divided", SHORT, UNTESTED | OF_PARTS,
            cells=ANEW),
    Variant("mistake-not-mixed", "files in their order", SHORT,
            UNTESTED | {"both_classes", "test_classes"}, cells=NOT_MIXED),
    Variant("mistake-two-seeds", "two subsets by two seeds", SHORT, UNTESTED | OF_PARTS,
            cells=TWO_SEEDS),
    Variant("mistake-rest-mixed", "validation and test are mixed anew with each other", SHORT,
            UNTESTED | {"test_apart", "none_lost"}, cells=REST_MIXED),
    Variant("mistake-half", "half of them are trained on", [*SHORT, HALF],
            UNTESTED | {"share", "other_shares"}),
    Variant("mistake-test-of-training", "the test is of what is trained on",
            [*SHORT, TEST_OF_TRAINING], UNTESTED | {"test_apart", "none_lost"}),
    Variant("mistake-skipped", "three pictures between the parts", [*SHORT, SKIPPED],
            UNTESTED | {"none_lost"}),
    Variant("mistake-test-by-class", "the last ones are the test, sad ones alone", SHORT,
            UNTESTED | {"test_classes"}, cells=TEST_BY_CLASS),
    Variant("mistake-remainders", "batches that are not whole are dropped",
            [*SHORT, *REMAINDERS], UNTESTED | {"none_lost", "share", "other_shares"}),
    Variant("mistake-unscaled", "pixels are not scaled",
            [*SHORT, (SPLIT, "data = data.map(lambda x, y: (x / 255, y)).cache()",
                      "data = data.cache()")], UNTESTED | {"scaled"}),
    Variant("mistake-small", "pictures of 128 by 128, and a network for these",
            [*SHORT, (SPLIT, "(IMAGE_SIZE, IMAGE_SIZE)", "(128, 128)"),
             (BUILD, "(IMAGE_SIZE, IMAGE_SIZE, 3)", "(128, 128, 3)")],
            UNTESTED | {"shaped", "input_shape"}),
    Variant("mistake-names-forgotten", "the names are not returned",
            [*SHORT, (SHOWN, "return shown", "return None")], UNTESTED | SHOWN_PARTS),
)  # fmt: skip
OF_TRAINING = (
    Variant("mistake-softmax", "softmax of one number is always 1",
            [*SHORT, (BUILD, '"sigmoid"', '"softmax"')], UNTESTED | {"output_layer"}),
    Variant("mistake-loss", "a loss for more units",
            [*SHORT, (COMPILE, "binary_crossentropy", "mse")], UNTESTED | {"loss"}),
    Variant("mistake-no-metric", "nothing but the loss is measured",
            [*SHORT, (COMPILE, ', metrics=["accuracy"]', "")], UNTESTED | {"metric"}),
    Variant("mistake-no-pooling", "one convolution, and pooling before it alone",
            [*SHORT, (BUILD, """            layers.MaxPooling2D(),
            layers.Conv2D(32, (3, 3), activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(16, (3, 3), activation="relu"),
            layers.MaxPooling2D(),
""", "")], UNTESTED | {"convolutions"}),
    Variant("mistake-not-flat", "a dense layer at each place of the maps",
            [*SHORT, (BUILD, "            layers.Flatten(),\n", ""),
             (BUILD, OUTPUT,
              f"{OUTPUT}            layers.GlobalMaxPooling2D(),\n")],
            UNTESTED | {"flattened"}),
    Variant("mistake-epochs", "more epochs than there may be",
            [*QUICKER, (TRAIN, "epochs=EPOCHS", "epochs=21")], frozenset({"epochs"})),
    Variant("mistake-history-lost", "the History is not returned",
            [*SHORT, (TRAIN, "return history", "return None")],
            UNTESTED | {"history_returned"}),
    Variant("mistake-log-unused", "fit does not get the log",
            [*SHORT, (TRAIN, ", callbacks=[log]", "")], UNTESTED | {"logged"}),
    Variant("mistake-log-elsewhere", "the log of Windows",
            [*SHORT, (LOG, 'log_dir="logs"', 'log_dir="downloads\\\\logs"')],
            UNTESTED | {"logged"}),
    Variant("mistake-not-validated", "nothing is said of validation",
            [*SHORT, (TRAIN, ", validation_data=val_data", "")],
            UNTESTED | {"apart", "both_classes", "share"}),
    Variant("mistake-not-compiled", "compile is never called",
            [(COMPILE, "model.compile", "dict")], TRAINED | {"loss", "metric"}),
    Variant("mistake-slip", "Conv2d", [(BUILD, "Conv2D(", "Conv2d(")], STRUCTURE | TRAINED),
    Variant("mistake-other-file", "saved under another name",
            [*SHORT, (SAVE, "happy_sad.keras", "model.keras")], UNTESTED | {"loads_again"}),
    Variant("mistake-one-epoch", "a single epoch", SHORT, UNTESTED),
)  # fmt: skip
MISTAKES = (*OF_SPLITS, *OF_TRAINING, *OF_FUNCTIONS)
