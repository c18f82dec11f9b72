"""Submissions of "Horses or Humans" that try to earn what they have not learnt.

Each is named in its report, and what it tries for either earns nothing or waits for a person.
"""

from dataclasses import dataclass
from textwrap import indent

from .submission import (
    COMPILE,
    CURVES,
    FIRST,
    GAP,
    MEASURED,
    SECOND,
    SHORT,
    THIRD,
    UNLEARNT,
    Variant,
)

EVALUATE = "compact_loss, compact_accuracy = compact_model.evaluate(compact_validation)"
PARAMETERS = {
    FIRST: "train_batches",
    SECOND: "train_batches, validation_batches",
    THIRD: "compact_batches, compact_validation",
}
GENERATED = """\
def shown():
    while True:
        {}
history = model.fit(shown(), epochs=1, steps_per_epoch=9, validation_data=validation_batches)"""
SET = "model.set_weights([0.01 * np.ones(w.shape) for w in model.get_weights()])"
MADE_UP = """{
        "accuracy": [0.55, 0.7, 0.8, 0.9], "val_accuracy": [0.55, 0.65, 0.75, 0.85],
        "loss": [0.7, 0.5, 0.4, 0.2], "val_loss": [0.7, 0.6, 0.5, 0.4],
    }"""


def _function(name: str, body: str) -> dict[str, str]:
    """Write a cell whose function trains a network, and returns ``history``."""
    head = f"# GRADED FUNCTION: {name}\ndef {name}(model, {PARAMETERS[name]}):\n"
    return {name: f"{head}{indent(body, '    ')}\n    return history\n"}


@dataclass(frozen=True)
class Forged(Variant):
    """A variant that is no mistake.

    Args:
        named: Code of the issue that the report must have, or words of a lost check's finding.
        waits: Whether points wait for a person.
    """

    named: str = ""
    waits: bool = False


def _short(*names: str) -> list[tuple[str, str, str]]:
    """Return what makes a submission quick, but for cells that are written anew."""
    return [edit for edit in SHORT if edit[0] not in names]


OWN_KERNEL = "The notebook trained by itself"
# What is asked for of a training is judged whoever makes it.
UNMADE = UNLEARNT | {"begun_anew", "second_validated"}
FORGED = (
    Forged("forged-fit-on-validation", "trains on the pictures to validate with", _short(SECOND),
           UNMADE, cells=_function(SECOND, "history = model.fit(validation_batches, epochs=15, "
                                           "validation_data=validation_batches)"),
           named="other-split"),
    Forged("forged-validation-first", "trains on them, and then as it is asked for",
           _short(SECOND), UNLEARNT,
           cells=_function(SECOND, "model.fit(validation_batches, epochs=3)\nhistory = model.fit("
                                   "train_batches, epochs=1, validation_data=validation_batches)"),
           named="other-split"),
    Forged("forged-labels-swapped", "horses are called humans", _short(SECOND), UNMADE,
           cells=_function(SECOND, GENERATED.format("x, y = next(train_batches); yield x, 1 - y")),
           named=OWN_KERNEL, waits=True),
    Forged("forged-pixel", "the label is a pixel of the picture", _short(SECOND), UNMADE,
           cells=_function(SECOND, GENERATED.format(
               "x, y = next(train_batches); x[:, 0, 0, 0] = y; yield x, y")),
           named=OWN_KERNEL, waits=True),
    Forged("forged-both", "trains on batches of both in turn", _short(SECOND), UNMADE,
           cells=_function(SECOND, GENERATED.format(
               "yield from (next(train_batches), next(validation_batches))")),
           named=OWN_KERNEL, waits=True),
    Forged("forged-recall", "a recall by the name of accuracy",
           [*SHORT, (COMPILE, '["accuracy"]', '[keras.metrics.Recall(name="accuracy")]')],
           UNMADE | {"compact_validated", "compact_evaluated", "metric"},
           named="metric named accuracy", waits=True),
    Forged("forged-weights", "weights are numbers that were computed before",
           [*SHORT, (SECOND, "    history =", f"    {SET}\n    history =")], UNMADE,
           named="weights-set", waits=True),
    Forged("forged-history", "returns what the network of part 1 has come to",
           [*SHORT, (SECOND, "return history", 'return globals()["history"]')],
           UNLEARNT | {"second_returned"}, named="the History of another training"),
    Forged("forged-figure", "curves as they ought to be, whatever was trained",
           [*SHORT, (CURVES, "    curves = history.history", f"    curves = {MADE_UP}")],
           UNLEARNT | {"accuracies_drawn", "losses_drawn"}, named="of other data"),
    Forged("forged-gap", "a gap as it ought to be, whatever the curves",
           [*SHORT, (GAP, "    ### END", "    gap = 0.12\n    ### END")],
           UNLEARNT | {"gap_read"}, named="0.12"),
    Forged("forged-answers", "the accuracy of the compact network is written down",
           [*SHORT, (MEASURED, EVALUATE, "compact_accuracy = 0.8477")],
           UNLEARNT | {"compact_evaluated"}, named="0.8477"),
)  # fmt: skip
