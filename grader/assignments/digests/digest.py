"""What a grade depends on of its assignment, as three digests."""

import json
from dataclasses import dataclass
from hashlib import sha256

from grader.assignments.assignment import Assignment
from grader.assignments.digests.settings import Settings
from grader.assignments.digests.sources import Sources
from grader.datasets.split import Split
from grader.notebook import source
from grader.records import Layout

# Changes whenever digests are made otherwise.
_FORM = 1


@dataclass(frozen=True, slots=True)
class Digests:
    """Digests of an assignment, each 64 hexadecimal digits.

    They are the same on all machines, in whichever folder the assignment lies. The images have a
    digest of their own, and what is the kit's comes with the kit's version.

    Args:
        observation: What is run and observed, and how it is trained: the parts and what they ask
            for, goals, limits, seeds, and the cells that the notebook gives.
        rubric: What judges that: the checks with their points and their code, all other code of
            the assignment, the data that it names, and the pass mark.
        wording: What students read: titles and hints.
    """

    observation: str
    rubric: str
    wording: str


def digests(assignment: Assignment) -> Digests:
    """Return the digests of an assignment.

    Args:
        assignment: As it was loaded; its modules are read again.
    """
    sources, layouts = Sources.of(assignment), assignment.layouts()
    checks = assignment.checks
    judging = [
        [check.id, check.group, check.part, check.points, check.required, check.claimed,
         [[need.name, need.part] for need in check.needs]]
        for check in checks
    ]  # fmt: skip
    words = [
        assignment.title,
        [[check.title, check.hint] for check in checks],
        [layout.title for layout in layouts],
        sources.words,
    ]
    return Digests(
        observation=_digest(_observation(assignment, layouts, Settings(sources))),
        rubric=_digest([judging, assignment.pass_mark, sources.judging]),
        wording=_digest(words),
    )


def _observation(
    assignment: Assignment, layouts: tuple[Layout, ...], settings: Settings
) -> list[object]:
    data = assignment.data
    splits = [_split(each) for each in data.splits] if data else []
    profile = assignment.graded_by
    return [
        *([settings.of(profile.settings)] if profile else ()),
        *([settings.of(assignment.modules)] if assignment.modules else ()),
        settings.of(assignment.parts),
        settings.of(assignment.limits),
        settings.of(assignment.seeds),
        [data.folder, settings.of(data.classes), *splits] if data else None,
        [_layout(layout) for layout in layouts],
    ]


def _split(split: Split) -> list[object]:
    return [split.name, type(split).__name__, split.in_run, *(["hidden"] if split.hidden else ())]


def _layout(layout: Layout) -> list[object]:
    cells = [
        [source.normalize(cell.source), cell.role, cell.name, sorted(cell.calls),
         sorted(cell.digests), cell.reworded]
        for cell in layout.cells
    ]  # fmt: skip
    return [layout.id, cells, layout.signs, sorted(layout.given), layout.marks]


def _digest(tree: object) -> str:
    return sha256(json.dumps([_FORM, tree], sort_keys=True).encode()).hexdigest()
