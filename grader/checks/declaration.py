"""What a check is: a small pure function, and the evidence that it needs."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader.errors import GraderError
from grader.kinds.need import Need


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a check returns.

    Args:
        met: Whether it holds.
        expected: What was expected, in a phrase.
        actual: What was found, in a phrase.
        hint: Replaces the check's own hint where the finding allows a better one.
        review: Whether a person should look at what it rests on.
    """

    met: bool
    expected: str = ""
    actual: str = ""
    hint: str = ""
    review: bool = False

    def __bool__(self) -> bool:
        """Refuse to be a truth value: it would always be true, and its check would never fail.

        Raises:
            TypeError: Always.
        """
        raise TypeError("an Expectation is neither true nor false: write .met behind it")


def expect(met: bool, expected: object, actual: object, hint: str = "") -> Expectation:  # noqa: FBT001
    """Build an expectation; None as ``actual`` reads as "nothing"."""
    return Expectation(
        met, str(expected), "nothing" if actual is None else str(actual), "" if met else hint
    )


def met(expected: object, actual: object) -> Expectation:
    """Build an expectation that holds."""
    return expect(True, expected, actual)  # noqa: FBT003 - this is where the flag gets its name


def missed(expected: object, actual: object, hint: str = "") -> Expectation:
    """Build an expectation that does not hold."""
    return expect(False, expected, actual, hint)  # noqa: FBT003 - likewise


class Absent(Exception):  # noqa: N818 - not an error: the student's work did not get that far
    """Evidence that does not exist, through the student's own doing.

    Args:
        cause: Graded name of the part whose failure it is.
        reason: What happened, in a sentence.
        hint: What to look at next; None to say what the check says that fails through it.
    """

    def __init__(self, cause: str, reason: str, hint: str | None = None) -> None:
        super().__init__(reason)
        self.cause = cause
        self.reason = reason
        self.hint = hint


class ProbeFault(GraderError):  # noqa: N818 - a fault is ours
    """Evidence that does not exist because the grader failed to observe it."""


class AssignmentFault(ProbeFault):
    """Evidence or a result that does not exist because the assignment's own code failed."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a rubric.

    Args:
        function: Takes evidence, returns an Expectation, or raises Absent.
        needs: The evidence, in the order of the function's parameters.
        group: Part of the rubric in which it is reported.
        part: Graded name that it judges.
        points: What it is worth.
        hint: Points a student in the right direction; does not contain the line.
        required: The assignment cannot be passed without it.
        claimed: It judges what only a kernel says, so that its points wait for a person.
    """

    function: Callable[..., Expectation]
    needs: tuple[Need[Any], ...]
    group: str
    part: str
    points: int
    hint: str
    required: bool = False
    claimed: bool = False

    @property
    def id(self) -> str:
        """Name of the check's function."""
        return self.function.__name__

    @property
    def title(self) -> str:
        """First line of the docstring: what the student reads."""
        return (inspect.getdoc(self.function) or self.id).splitlines()[0]
