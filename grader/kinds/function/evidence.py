"""What was observed of a function."""

from typing import Annotated, Literal

from pydantic import Field

from grader.checked import Checked, Encoded, PartRecord, Raised, Text

MAX_CALLS = 100


class Answer(Checked):
    """What came of one call.

    ``outcome`` is what happened: it returned a ``value``, which is kept as text; it raised, it took
    too long, it returned more than is looked at, or what cannot be read. ``changed`` tells whether
    the function changed an argument. The grader itself puts there ``arguments``, the ``expected``
    value, and whether the call was ``drawn`` for this run.
    """

    outcome: Literal["value", "raised", "slow", "large", "unreadable"]
    value: Encoded = ""
    error: Raised | None = None
    changed: bool = False
    arguments: Encoded = ""
    expected: Encoded = ""
    drawn: bool = False


class FunctionRecord(PartRecord):
    """Answers to all calls, or what is ``found`` in the place of a function."""

    kind: Literal["function"]
    answers: Annotated[tuple[Answer, ...], Field(max_length=MAX_CALLS)] = ()
    found: Text | None = None
