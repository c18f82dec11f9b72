"""What a submission is worth."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How a check ended; ``errored`` is a fault of the grader, its points are pending."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    ERRORED = "errored"


class Verdict(StrEnum):
    """How a submission ended."""

    GRADED = "graded"
    REJECTED = "rejected"
    NEEDS_REVIEW = "needs_review"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How one check ended, with what a student needs to act on it.

    Args:
        id: The check's name.
        group: The part of the rubric that it belongs to.
        title: What must hold, in a sentence.
        status: Passed, failed, skipped or errored.
        possible: Points that the check is worth.
        expected: What was expected.
        actual: What was found, or why the check was skipped or errored.
        hint: What to look at next; empty when passed.
        required: Whether the assignment cannot be passed without it.
        review: Whether a person should look at what it rests on; it costs no points.
        cause: Graded name of the part whose failure it is that it failed or was skipped.
        of_assignment: Whether it errored in code of the assignment's author.
    """

    id: str
    group: str
    title: str
    status: Status
    possible: int
    expected: str = ""
    actual: str = ""
    hint: str = ""
    required: bool = False
    review: bool = False
    cause: str = ""
    of_assignment: bool = False

    @property
    def earned(self) -> int:
        """Points earned."""
        return self.possible if self.status is Status.PASSED else 0


@dataclass(frozen=True, slots=True)
class Score:
    """Points of a submission.

    Args:
        earned: Points earned.
        possible: Points that can be earned.
        pending: Points that wait for a person, because a check errored.
        passed: Whether the pass mark and every required check were reached.
    """

    earned: int
    possible: int
    pending: int
    passed: bool

    @property
    def fraction(self) -> float:
        """Share of the possible points that was earned, 0 to 1."""
        return self.earned / self.possible if self.possible else 0.0
