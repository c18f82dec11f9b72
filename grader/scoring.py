"""Pure arithmetic of points."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from grader.checks import Check
from grader.records import CheckResult, Score, Status, Verdict


def spread(checks: Sequence[Check], given: frozenset[str]) -> list[Check]:
    """Leave out checks of given parts and spread their points over the rest, in whole points.

    The total stays what it was. Points are shared in proportion; those that rounding down leaves
    over go to the largest remainders, in declaration order (Hamilton's method).
    """
    kept = [check for check in checks if check.part not in given]
    total, remaining = (sum(check.points for check in some) for some in (checks, kept))
    if not remaining:
        return []
    exact = [Fraction(check.points * total, remaining) for check in kept]
    points = [int(share) for share in exact]
    order = sorted(range(len(kept)), key=lambda place: points[place] - exact[place])
    for place in order[: total - sum(points)]:
        points[place] += 1
    return [replace(check, points=worth) for check, worth in zip(kept, points, strict=True)]


def score(results: Sequence[CheckResult], pass_mark: float) -> Score:
    """Add up points.

    Args:
        results: Every check of the rubric.
        pass_mark: Share of the points that must be earned, 0 to 1; required checks must pass too.
    """
    earned = sum(result.earned for result in results)
    possible = sum(result.possible for result in results)
    pending = sum(result.possible for result in results if result.status is Status.ERRORED)
    required = all(result.status is Status.PASSED for result in results if result.required)
    reached = possible > 0 and Fraction(earned, possible) >= Fraction(str(pass_mark))
    return Score(earned, possible, pending, passed=required and reached)


def verdict(results: Sequence[CheckResult]) -> Verdict:
    """One check that errored, or rests on what no grader saw, is enough for a person to look."""
    review = any(result.review or result.status is Status.ERRORED for result in results)
    return Verdict.NEEDS_REVIEW if review else Verdict.GRADED
