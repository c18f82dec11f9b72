"""What was observed of a function."""

from typing import Annotated, Literal

from pydantic import Field

from grader.checked import PartEvidence, Text
from grader.kinds.answer import MAX_CALLS, Answer


class FunctionEvidence(PartEvidence):
    """Answers to all calls, or what is ``found`` in the place of a function."""

    kind: Literal["function"]
    answers: Annotated[tuple[Answer, ...], Field(max_length=MAX_CALLS)] = ()
    found: Text | None = None
