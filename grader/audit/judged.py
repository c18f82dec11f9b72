"""What came of the specimens of an audit: each check, as the rubric judges the evidence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from grader import scoring
from grader.assignments.assignment import Assignment
from grader.attempt import Attempt, chosen
from grader.audit.specimens import Specimen, SpecimenKind
from grader.checks import Check, Expectation, runner
from grader.kept import Kept
from grader.records import CheckResult, Plan, Score, Status


@dataclass(frozen=True)
class Judged:
    """A specimen, and what the rubric says of it.

    Args:
        assignment: Whose; with the checks that it is judged by.
        specimen: What was graded.
        plan: The notebook that was run; None where it was rejected, so that nothing passes.
        attempts: The runs that were made of it.
    """

    assignment: Assignment
    specimen: Specimen
    plan: Plan | None = None
    attempts: Sequence[Attempt] = ()

    @classmethod
    def of(cls, assignment: Assignment, specimen: Specimen, kept: Kept | None) -> Self:
        """Bring back what was observed of a specimen.

        Args:
            assignment: Whose.
            specimen: What was graded.
            kept: The evidence; None where it was rejected.
        """
        if kept is None:
            return cls(assignment, specimen)
        return cls(assignment, specimen, kept.plan, kept.attempts_at(assignment, kept.plan))

    @cached_property
    def results(self) -> Sequence[CheckResult]:
        """Every check of the rubric; none where it was rejected."""
        return self.judged_by(self.assignment.checks)

    def judged_by(self, checks: Sequence[Check]) -> Sequence[CheckResult]:
        """Return what another rubric says of the same evidence.

        Args:
            checks: The rubric.
        """
        if self.plan is None:
            return ()
        rubric = scoring.spread(checks, self.plan.layout.given - self.plan.put_back)
        return runner.run(rubric, chosen(self.attempts).observed)

    @cached_property
    def lost(self) -> frozenset[str]:
        """Checks that did not pass: failed, skipped or errored."""
        every = frozenset(each.id for each in self.assignment.checks)
        return lost(self.results) if self.plan else every

    def lost_without(self, check: Check) -> frozenset[str]:
        """Return what is lost where a check passes, whatever it sees, if there is something to see.

        Args:
            check: One of the rubric.
        """
        rubric = [replace(check, function=_passing(check.id))]
        return self.lost - {check.id} | lost(self.judged_by(rubric))

    def asked(self, check: Check) -> bool:
        """Whether a check is among those that it was judged by."""
        return any(each.id == check.id for each in self.assignment.checks)

    @cached_property
    def score(self) -> Score:
        """Its points."""
        return scoring.score(self.results, self.assignment.pass_mark)

    @property
    def is_right(self) -> bool:
        """Whether it is the solution, or another right one, and lost nothing."""
        right = {SpecimenKind.SOLUTION, SpecimenKind.VARIANT}
        return self.specimen.kind in right and not self.lost

    @property
    def as_foretold(self) -> bool:
        """Whether it came to what it must, which of a mutant is that it lost something."""
        if self.specimen.kind is SpecimenKind.STARTER:
            return not self.score.earned and not self.score.pending
        return self.specimen.foretells(self.lost)


def _passing(name: str) -> Callable[..., Expectation]:
    def passing(*_: object) -> Expectation:
        return Expectation(met=True)

    passing.__name__ = name
    return passing


def lost(results: Sequence[CheckResult]) -> frozenset[str]:
    """Return the checks that did not pass."""
    return frozenset(each.id for each in results if each.status is not Status.PASSED)
