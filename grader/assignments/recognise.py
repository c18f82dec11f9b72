"""Finds out which assignment a submission belongs to, and in which edition."""

from collections.abc import Sequence
from dataclasses import dataclass

from grader.assignments.assignment import Assignment
from grader.assignments.retired import Retired
from grader.errors import RejectedError
from grader.notebook import source
from grader.notebook.editions import choose, weigh
from grader.notebook.live import live_code
from grader.notebook.match import code_cells, graded_cells
from grader.notebook.uncoded import no_code
from grader.records import Cell, Issue, Layout, Plan, Severity, Submission
from grader.records.graded_names import calls_of

NOTE = "grader_assignment"
_SHOWN_NAMES, _LONGEST_NAME = 5, 60
_SEARCHED = 300


class RetiredError(RejectedError):
    """A submission of an edition that is not graded any more.

    Args:
        assignment: Whose edition it is.
        edition: Which.
    """

    def __init__(self, assignment: Assignment, edition: Retired) -> None:
        reason = f"This notebook is {edition.title}, which is not graded any more."
        super().__init__(edition.id, reason, edition.fix)
        self.assignment = assignment


def recognise(
    submission: Submission, assignments: Sequence[Assignment]
) -> tuple[Assignment, Layout]:
    """Return the assignment and the edition of a submission.

    All assignments are compared first; what refuses it is the one that it is most likely of.

    Args:
        submission: What was handed in.
        assignments: Those that it may belong to.

    Raises:
        RetiredError: It is of an edition that is not graded any more.
        RejectedError: It belongs to none of them.
    """
    cells, noted = code_cells(submission.cells), submission.metadata.get(NOTE)
    text = "\n".join(cell.source for cell in cells)
    likely = [_Likely.of(each, cells, text, noted) for each in assignments]
    best = max(likely, key=lambda each: each.rank)
    alike = [each.assignment for each in likely if each.proven and each.rank == best.rank]
    if len(alike) > 1:
        assignment = _by_cells(alike, cells)
        best = next(each for each in likely if each.assignment is assignment)
    if best.retired is not None:
        raise RetiredError(best.assignment, best.retired)
    if not best.proven:
        names = [name for each in assignments for name in each.names]
        raise no_code(submission.cells, names) or _foreign(text, cells, assignments)
    assignment = best.assignment
    return assignment, choose(assignment.layouts(), cells, noted=best.declared)


def _by_cells(alike: Sequence[Assignment], cells: Sequence[Cell]) -> Assignment:
    """Return the assignment of which a notebook has most given cells.

    Raises:
        RejectedError: It has as many of two.
    """
    weights = [max(weigh(each.layouts(), cells)) for each in alike]
    best = [each for each, weight in zip(alike, weights, strict=True) if weight == max(weights)]
    if len(best) > 1:
        ids = " or of ".join(each.id for each in best)
        raise RejectedError("several-assignments", f"It may be a notebook of {ids}.",
                            f"Grade it with --assignment {best[0].id}, or name the folder of one "
                            "assignment alone.")  # fmt: skip
    return best[0]


@dataclass(frozen=True, slots=True)
class _Likely:
    """How likely a submission is of an assignment.

    Args:
        assignment: The assignment.
        proven: How many of its graded cells there are; 0 where they prove too little.
        declared: Whether the notebook's metadata name it.
        retired: Its edition that is not graded any more, if it is of that one.
    """

    assignment: Assignment
    proven: int
    declared: bool
    retired: Retired | None

    @property
    def rank(self) -> tuple[int, bool, bool]:
        return self.proven, self.declared, self.retired is not None

    @classmethod
    def of(
        cls, assignment: Assignment, cells: Sequence[Cell], text: str, noted: object
    ) -> "_Likely":
        found = frozenset(p.name for p in assignment.parts if graded_cells(cells, p.name))
        declared = assignment.id == noted
        proven = _proven(assignment, cells, text, found, declared=declared)
        return cls(assignment, proven, declared, _retired(assignment, cells, text, found))


def edition_issue(assignment: Assignment, plan: Plan) -> Issue | None:
    """Name the edition that a submission was graded as, unless it is the kit's own."""
    layout = plan.layout
    if layout.id == assignment.layouts()[0].id:
        return None
    there, lost = sorted(layout.given - plan.put_back), sorted(plan.put_back)
    told = [f"Graded as {layout.title}."]
    if there:
        told.append(f"{_listed(there)} is given there, so the other parts are worth its points.")
    if lost:
        told.append(f"{_listed(lost)} is given there and not in this notebook: it was put back for "
                    "the run and earns nothing.")  # fmt: skip
    return Issue("another-edition", " ".join(told), severity=Severity.INFO)


def _proven(
    assignment: Assignment,
    cells: Sequence[Cell],
    text: str,
    found: frozenset[str],
    *,
    declared: bool,
) -> int:
    """Count the graded cells of an assignment; 0 where they prove too little."""
    layouts = assignment.layouts()
    # What one edition gives away is no mark of this assignment: other ones of the course have a
    # myCallback too. Nor is a call such as model.fit, which any notebook may make, unless marked.
    common = calls_of(found) - {*source.GRADED_MARKER.findall(text)} | assignment.common_names
    telling = found.intersection(*(layout.graded for layout in layouts)) - common
    if telling or declared:
        return len(found)
    foreign = set(source.GRADED_MARKER.findall(text)) - assignment.by_name.keys()
    own = any(map(any, weigh(layouts, cells)))
    return len(found) if own and not foreign else 0


def _retired(
    assignment: Assignment, cells: Sequence[Cell], text: str, found: frozenset[str]
) -> Retired | None:
    # The text first: what it does not hold is no code either, and most notebooks end here.
    likely = [edition for edition in assignment.retired if edition.recognise(text, found)]
    if not likely or weigh(assignment.layouts()[:1], cells)[0].given:
        return None
    code = "\n".join(live_code(cell.source) for cell in cells)
    return next((edition for edition in likely if edition.recognise(code, found)), None)


def _foreign(text: str, cells: Sequence[Cell], assignments: Sequence[Assignment]) -> RejectedError:
    names = [name for assignment in assignments for name in assignment.names]
    expected = "; ".join(
        f"{', '.join(assignment.names)} ({assignment.title})" for assignment in assignments
    )
    marked = dict.fromkeys(source.GRADED_MARKER.findall(text))
    others = [name for name in marked if name not in names]
    if others:
        return RejectedError(
            "another-assignment",
            f"Expected the graded parts {expected}, found those of another assignment: "
            f"{_listed(others)}.",
            "Hand in the notebook of this assignment.",
        )
    defined = dict.fromkeys(
        name for cell in cells[:_SEARCHED] for name in sorted(source.defined_names(cell.source))
    )
    found = f"cells that define {_listed(list(defined))}" if defined else _counted(cells)
    return RejectedError(
        "no-graded-cell",
        f"No graded cell was found: expected cells that define {expected}; found {found}.",
        "Hand in the notebook in which you wrote your solution. If this is it, give your "
        "functions and classes the names that the assignment asks for.",
    )


def _counted(cells: Sequence[Cell]) -> str:
    return f"{len(cells)} code cells that define no function or class" if cells else "no code cells"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN_NAMES} more" if len(names) > _SHOWN_NAMES else ""
    return ", ".join(name[:_LONGEST_NAME] for name in names[:_SHOWN_NAMES]) + more
