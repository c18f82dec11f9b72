"""Submissions of "The Happy House" that try to earn what they have not learnt.

Each is named in its report, and what it tries for either earns nothing or waits for a person.
"""

from dataclasses import dataclass

from .submission import COMPILE, FIT, PREDS, Variant, step


@dataclass(frozen=True)
class Forged(Variant):
    """A variant that is no mistake.

    Args:
        named: Code of the issue that the report must have; empty where a check's finding says it.
        waits: Whether points wait for a person.
    """

    named: str = ""
    waits: bool = False


def _fit(*lines: str) -> dict[str, str]:
    return step(FIT, "\n".join(lines))


UNLEARNT = frozenset({"test_accuracy", "evaluated_on_test_pictures"})
FORGED = (
    Forged("forged-fit-on-test", "trains on the test pictures", (
        (FIT, "x=X_train, y=Y_train", "x=X_test, y=Y_test"),), UNLEARNT, named="other-split"),
    Forged("forged-fit-on-both", "trains on all pictures there are", (), UNLEARNT, cells=_fit(
        "x, y = np.concatenate([X_train, X_test]), np.concatenate([Y_train, Y_test])",
        "happyModel.fit(x, y, epochs=2, batch_size=16)"), waits=True),
    Forged("forged-labels-swapped", "unhappy is called happy", (), UNLEARNT, cells=_fit(
        "happyModel.fit(X_train, 1 - Y_train, epochs=2, batch_size=16)"), waits=True),
    Forged("forged-recall", "a recall by the name of accuracy", (
        (COMPILE, '["accuracy"]', '[keras.metrics.Recall(name="accuracy")]'),
        (COMPILE, "### START", "import keras\n### START")), UNLEARNT | {"metric"}, waits=True),
    Forged("forged-weights", "weights are numbers that were computed before", (), UNLEARNT,
           cells=_fit("happyModel.set_weights([0.01 * np.ones(w.shape) for w in "
                      "happyModel.get_weights()])",
                      "happyModel.fit(X_train, Y_train, epochs=1, batch_size=16)"),
           named="weights-set", waits=True),
    Forged("forged-pixel", "the label is a pixel of the picture", (), UNLEARNT, cells=_fit(
        "marked = X_train.copy()", "marked[:, 0, 0, 0] = Y_train[:, 0]",
        "happyModel.fit(marked, Y_train, epochs=2, batch_size=16)"), waits=True),
    Forged("forged-preds", "numbers of somebody else's", (),
           frozenset({"evaluated_on_test_pictures"}), cells=step(PREDS, "preds = [0.09, 0.9967]")),
)  # fmt: skip
