"""Advice from the matrix: what a rubric lacks, what in it is never needed, and its points.

No check is advised that was not tried: it must pass all that is right, and fail something that
lives. What is found of points is said as it is, as what a mistake is to cost is up to the author.
"""

from collections.abc import Iterator, Sequence
from itertools import permutations
from statistics import median

from grader.audit.candidates import Candidate, candidates
from grader.audit.document import AdviceRow, CheckColumn
from grader.audit.judged import Judged, lost
from grader.audit.matrix import Matrix
from grader.records import Status
from grader.report.wording import count

# Points and costs that differ by less are alike, and fewer specimens say little.
_FAR, _FEWEST, _MOST_PAIRS = 2, 3, 3


def advice(
    matrix: Matrix, columns: Sequence[CheckColumn], *, complete: bool = True
) -> list[AdviceRow]:
    """Return what could be done about a rubric.

    Args:
        matrix: What came of the specimens.
        columns: The same, check by check.
        complete: Whether all mutants are among them: a check may be needed for another one.
    """
    never = _never_needed(columns) if complete else ()
    return [*_missing(matrix), *never, *_points(matrix, columns)]


def _missing(matrix: Matrix) -> Iterator[AdviceRow]:
    """Yield checks that would kill what lives, those that kill most first."""
    right = [each for each in matrix.judged if each.is_right]
    living = [each for each in matrix.wrong if not each.lost]
    if not right or not living:
        return
    known = candidates(right[0].assignment, right[0])
    found = [(each, _failing(each, living)) for each in known if not _failing(each, right)]
    left = {each.specimen.id for each in living}
    for candidate, killed in sorted(found, key=lambda each: -len(each[1])):
        if new := [name for name in killed if name in left]:
            left -= {*new}
            yield _of_candidate(candidate, new)


def _failing(candidate: Candidate, several: Sequence[Judged]) -> list[str]:
    return [each.specimen.id for each in several if lost(each.judged_by([candidate.check]))]


def _of_candidate(candidate: Candidate, killed: list[str]) -> AdviceRow:
    text = (
        f"A check of {candidate.check.part} that returns {candidate.code} would tell "
        f"{count(len(killed), 'mutant')} more, and passes all that is right."
    )
    return AdviceRow(kind="check-missing", text=text, about=killed)


def _never_needed(columns: Sequence[CheckColumn]) -> Iterator[AdviceRow]:
    for each in columns:
        if each.killed + each.mistakes and not each.without:
            text = f"Whatever {each.id} tells to be wrong, other checks tell as well."
            yield AdviceRow(kind="check-never-needed", text=text, about=[each.id])


def _points(matrix: Matrix, columns: Sequence[CheckColumn]) -> Iterator[AdviceRow]:
    """Yield pairs of checks whose points and whose mistakes' costs go opposite ways."""
    costs = {each.id: found for each in columns if (found := _costs(matrix, each.id))}
    points = {each.id: each.points for each in columns}
    opposite = [
        (costs[low] / costs[high], high, low)
        for high, low in permutations(costs, 2)
        if points[high] >= _FAR * points[low] and costs[low] >= _FAR * costs[high]
    ]
    for _, high, low in sorted(opposite, reverse=True)[:_MOST_PAIRS]:
        text = (
            f"{high} has {count(points[high], 'point')} and {low} {points[low]}, but mistakes that "
            f"fail {low} first cost {costs[low]:g} in the median, and those that fail {high} first "
            f"{costs[high]:g}."
        )
        yield AdviceRow(kind="points", text=text, about=[high, low])


def _costs(matrix: Matrix, check: str) -> float | None:
    """Return what is lost in the median where a check is the first to fail; None of too few."""
    lost_points = [
        each.score.possible - each.score.earned
        for each in matrix.wrong
        # Of one that was not asked all, nobody knows what it costs.
        if _first(each) == check and all(map(each.asked, matrix.checks))
    ]
    return median(lost_points) if len(lost_points) >= _FEWEST else None


def _first(judged: Judged) -> str:
    """Return the check that fails first; the others may follow from it. Empty of none."""
    return next((each.id for each in judged.results if each.status is Status.FAILED), "")
