"""What was observed of a value."""

from typing import Literal

from grader.checked import Encoded, PartEvidence


class ValueEvidence(PartEvidence):
    """The value as text; ``outcome`` tells where it is too large, or of a class that fails."""

    kind: Literal["value"]
    outcome: Literal["value", "large", "unreadable"]
    value: Encoded = ""
