"""What was observed of a file."""

from typing import Literal

from grader.checked import Checked, Encoded, PartEvidence, Raised, Text


class Reloaded(Checked):
    """A model that was loaded again, as its kernel tells it.

    ``outcome`` tells whether both have predicted, or what happened. ``value`` is what each of them
    predicts of the same inputs, the model first that the notebook has.
    """

    outcome: Literal["value", "raised", "slow", "large", "unreadable"]
    value: Encoded = ""
    error: Raised | None = None


class FileEvidence(PartEvidence):
    """A file; the grader itself puts there its ``content`` and what is the ``problem`` with it."""

    kind: Literal["file"]
    content: Encoded = ""
    problem: Text = ""
    reloaded: Reloaded | None = None
