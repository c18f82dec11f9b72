"""What was observed of figures."""

from typing import Annotated, Literal

from pydantic import Field

from grader.checked import PartEvidence, Text
from grader.kinds.answer import MAX_CALLS, Answer


class FigureEvidence(PartEvidence):
    """What each call drew, or the cell, as a value that ``drawing`` reads; or what is ``found``."""

    kind: Literal["figure"]
    answers: Annotated[tuple[Answer, ...], Field(max_length=MAX_CALLS)] = ()
    found: Text | None = None
