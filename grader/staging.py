"""What ``grader run`` executes of a notebook by its assignment's grading profile, and where."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from grader.assignments.assignment import Assignment
from grader.assignments.recognise import recognise
from grader.errors import RejectedError, UsageError
from grader.images import Prepared
from grader.kernel.workspace import workspace
from grader.notebook.constants import Plain, with_values
from grader.notebook.match import match
from grader.notebook.read import read
from grader.records import Layout, Role, Submission


@dataclass(frozen=True, slots=True)
class Stage:
    """What is executed instead of a notebook as it is.

    Args:
        folder: Working directory: its data is what the profile takes.
        sources: Of the cells that are changed, by their position in the notebook.
        profile: The profile's name.
    """

    folder: Path
    sources: Mapping[int, str] = field(default_factory=dict)
    profile: str = ""


@contextmanager
def staged(path: Path, assignments: Sequence[Assignment]) -> Iterator[Stage]:
    """Lay out what a notebook finds by the profile of its assignment; removed afterwards.

    Args:
        path: The notebook.
        assignments: Those that it may be of, as their profiles grade them.

    Raises:
        UsageError: It is of none of them, or of one that has no profile.
        DatasetError: Its data is missing or not usable.
    """
    try:
        submission = read(path)
        assignment, layout = recognise(submission, assignments)
    except RejectedError as error:
        raise UsageError(f"{path}: {error.reason} {error.fix}") from error
    profile = assignment.graded_by
    if profile is None:
        raise UsageError(f"{path}: {assignment.id} has no grading profile. Leave out --profile.")
    images = Prepared({}, lambda _: None).of(assignment)
    modules = assignment.modules
    with workspace(images.folder, images.kit_folder, None, images.splits, modules) as place:
        changed = _changed(submission, layout, profile.constants)
        yield Stage(place.notebooks, changed, profile.name)


def _changed(
    submission: Submission, layout: Layout, constants: Mapping[str, Plain]
) -> dict[int, str]:
    """Return the given cells that set constants otherwise, by their positions."""
    given = match(layout, submission.cells).given.items()
    cells = [cell for place, cell in given if layout.cells[place].role is Role.REQUIRED]
    sources = {cell.index: with_values(cell.source, constants) for cell in cells}
    return {cell.index: sources[cell.index] for cell in cells if sources[cell.index] != cell.source}
