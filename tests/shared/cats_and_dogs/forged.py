"""Submissions of "Cats and Dogs" that try to earn what they have not learnt.

Each is named in its report, and what it tries for either earns nothing or waits for a person.
"""

from dataclasses import dataclass

from .submission import (
    AUGMENTED,
    AUGMENTING,
    COMPILE,
    CURVES,
    FIRST,
    GAP,
    QUICKER,
    SAVE,
    SECOND,
    SECOND_FIT,
    SHORT,
    TESTED,
    Variant,
    function,
)

EVALUATE = "test_loss, test_accuracy = model.evaluate(test_batches)"
ON_TEST = "model.fit(test_batches, epochs=3, validation_data=validation_batches)"
ON_AUGMENTED = (
    "history = model.fit(augmented_batches, epochs=1, validation_data=validation_batches)"
)
GENERATED = (
    "def shown():",
    "    while True:",
    "        {}",
    "history = model.fit(shown(), epochs=1, steps_per_epoch=30,",
    "                    validation_data=validation_batches)",
)
SET = "model.set_weights([0.01 * np.ones(w.shape) for w in model.get_weights()])"
ANOTHER = """\
    other = keras.Sequential([layers.Input((IMAGE_SIZE, IMAGE_SIZE, 3)), layers.Flatten(),
                              layers.Dense(1, activation="sigmoid")])
    other.save("cats_dogs.keras")
    loaded = model
"""
SAVED = """\
    model.save("cats_dogs.keras")
    loaded = keras.models.load_model("cats_dogs.keras")
"""
MADE_UP = """{
        "accuracy": [0.55, 0.7, 0.8, 0.9], "val_accuracy": [0.55, 0.65, 0.75, 0.85],
        "loss": [0.7, 0.5, 0.4, 0.2], "val_loss": [0.7, 0.6, 0.5, 0.4],
    }"""


def _generated(name: str, line: str) -> dict[str, str]:
    return function(name, *(each.format(line) if "{}" in each else each for each in GENERATED))


@dataclass(frozen=True)
class Forged(Variant):
    """A variant that is no mistake.

    Args:
        named: Code of the issue that the report must have, or words of a lost check's finding.
        waits: Whether points wait for a person.
    """

    named: str = ""
    waits: bool = False


# For those that write the cell of the first training.
OWN_FIRST = tuple(edit for edit in SHORT if edit[0] != FIRST)
OWN_KERNEL = "The notebook trained by itself"
# What is asked for of a training is judged whoever makes it.
UNMADE = SECOND_FIT - {"second_epochs", "second_whole", "second_returned"}
UNTESTED = frozenset({"tested"})
FIRST_UNMADE = UNTESTED | {"first_validated", "learnt", "gap_read", "goes_on", "gap_closed"}
FORGED = (
    Forged("forged-fit-on-test", "trains on the pictures of the test", QUICKER[:-1],
           UNMADE, cells=function(SECOND, f"history = {ON_TEST}"), named="other-split"),
    Forged("forged-test-first", "trains on the test, and then as it is asked for", QUICKER[:-1],
           UNTESTED, cells=function(SECOND, ON_TEST, ON_AUGMENTED), named="other-split"),
    Forged("forged-test-last", "trains as it is asked for, and then on the test", QUICKER[:-1],
           UNTESTED | {"loads_again", "evaluated"},
           cells=function(SECOND, ON_AUGMENTED, ON_TEST), named="other-split"),
    Forged("forged-no-gap", "no gap to pictures that it was trained on",
           [*SHORT, (AUGMENTED, AUGMENTING, ""),
            (SECOND, "validation_data=validation_batches", "validation_data=train_batches")],
           UNTESTED | {"augmented", "second_validated", "gap_closed"},
           named="validates with ../data/cats_dogs/train"),
    Forged("forged-fit-on-both", "trains on batches of both in turn", QUICKER[:-1], UNMADE,
           cells=_generated(SECOND, "yield from (next(augmented_batches), next(test_batches))"),
           named=OWN_KERNEL, waits=True),
    Forged("forged-labels-swapped", "cats are called dogs", OWN_FIRST, FIRST_UNMADE,
           cells=_generated(FIRST, "x, y = next(train_batches); yield x, 1 - y"),
           named=OWN_KERNEL, waits=True),
    Forged("forged-pixel", "the label is a pixel of the picture", OWN_FIRST, FIRST_UNMADE,
           cells=_generated(FIRST, "x, y = next(train_batches); x[:, 0, 0, 0] = y; yield x, y"),
           named=OWN_KERNEL, waits=True),
    Forged("forged-recall", "a recall by the name of accuracy",
           [*SHORT, (COMPILE, '["accuracy"]', '[keras.metrics.Recall(name="accuracy")]')],
           UNMADE | FIRST_UNMADE | {"metric"}, named="metric named accuracy", waits=True),
    Forged("forged-weights", "weights are numbers that were computed before",
           [*SHORT, (FIRST, "    history =", f"    {SET}\n    history =")],
           UNMADE | FIRST_UNMADE, named="weights-set", waits=True),
    Forged("forged-saved", "the file holds another network than is returned",
           [*SHORT, (SAVE, SAVED, ANOTHER)], UNTESTED | {"loads_again"},
           named="none of them, and 2 of other numbers"),
    Forged("forged-figure", "curves as they ought to be, whatever was trained",
           [*SHORT, (CURVES, "    curves = history.history", f"    curves = {MADE_UP}")],
           UNTESTED | {"accuracies_drawn", "losses_drawn"}, named="of other data"),
    Forged("forged-answers", "the gap and the accuracy on the test are written down",
           [*SHORT, (GAP, "### END", "gap = 0.31\n### END"),
            (TESTED, EVALUATE, "test_accuracy = 0.877")],
           UNTESTED | {"gap_read", "evaluated"}, named="0.877"),
)  # fmt: skip
