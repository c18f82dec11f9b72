"""What came of one call of a student's function."""

from typing import Literal

from grader.checked import Checked, Encoded, Raised

MAX_CALLS = 100


class Answer(Checked):
    """What came of one call.

    ``outcome`` is what happened: it returned a ``value``, which is kept as text; it raised, it took
    too long, it returned more than is looked at, or what cannot be read. ``changed`` tells whether
    the function changed an argument; None where nobody watched. ``left`` is what lay at the end in
    folders that were made for the call; empty of none, and where it is not known. The grader itself
    puts there ``arguments``, the ``expected`` value, what it should leave (``to_leave``), and
    whether the call was ``drawn`` for this run.
    """

    outcome: Literal["value", "raised", "slow", "large", "unreadable"]
    value: Encoded = ""
    error: Raised | None = None
    changed: bool | None = False
    left: Encoded = ""
    arguments: Encoded = ""
    expected: Encoded = ""
    to_leave: Encoded = ""
    drawn: bool = False
