"""Example: the solution in other ways that are right, and with mistakes.

`grader audit` grades each of them, and tells whether it loses what is written here.
"""

from grader.authoring import Variant

COUNTED = """
# GRADED FUNCTION: accuracy
def accuracy(labels, outputs):
    right = 0
    for label, output in zip(labels, outputs):
        if (output > 0.5 and label == 1) or (output <= 0.5 and label == 0):
            right += 1
    return right / len(labels)
"""
VARIANTS = (
    Variant("counted", "counts one after the other", cells={"accuracy": COUNTED}),
    Variant(
        "other-side",
        "takes the other side for the class 1",
        [("accuracy", "output > 0.5", "output < 0.5")],
        loses=frozenset({"accuracy_is_right"}),
    ),
    Variant(
        "not-divided",
        "counts, and does not divide",
        [("accuracy", "share = right / len(labels)", "share = right")],
        loses=frozenset({"accuracy_is_right", "accuracy_is_a_share"}),
    ),
    Variant(
        "in-percent",
        "is a percentage",
        [("guessed", "0.5", "50")],
        loses=frozenset({"guessed_is_right"}),
    ),
)
