"""What was observed of a file."""

from typing import Annotated, Literal

from pydantic import Field

from grader.checked import Checked, Encoded, Name, PartEvidence, Raised, Text


class Reloaded(Checked):
    """A model that was loaded again, as its kernel tells it.

    ``outcome`` tells whether both have predicted, or what happened. ``value`` is what each of them
    predicts of the same inputs, first the model that the notebook has. Last comes the one
    that the notebook itself has loaded, where that is asked for; None where there is none.
    """

    outcome: Literal["value", "raised", "slow", "large", "unreadable"]
    value: Encoded = ""
    error: Raised | None = None


class FileEvidence(PartEvidence):
    """A file; the grader itself puts there its ``content`` and what is the ``problem`` with it.

    Of a model that was saved, it puts there digests of its ``arrays``, in no order, or why it is
    ``unread``; None where nobody looked.
    """

    kind: Literal["file"]
    content: Encoded = ""
    problem: Text = ""
    arrays: Annotated[tuple[Name, ...], Field(max_length=2_000)] | None = None
    unread: Text = ""
    reloaded: Reloaded | None = None
