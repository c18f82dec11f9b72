"""What is left of an assignment without its trainings: for an answer in seconds, not minutes."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from grader.assignments.assignment import Assignment
from grader.assignments.variants import Variant
from grader.audit.specimens import Specimen
from grader.errors import UsageError
from grader.notebook.names import names_of
from grader.records import Layout, LayoutCell


def without_training(assignment: Assignment) -> Assignment:
    """Return an assignment without the parts that train, and without what needs them.

    Raises:
        UsageError: Nothing is left.
    """
    trainers = {part.name for part in assignment.trainers}
    if not trainers:
        return assignment
    layouts = tuple(_cut(layout, trainers) for layout in assignment.layouts())
    # A value that is read from a training is gone with it, and what is checked of it.
    parts = [part for part in assignment.parts if part.name in layouts[0].graded]
    gone = {*assignment.names} - {part.name for part in parts}
    checks = [
        check
        for check in assignment.checks
        if not gone & {check.part, *(need.part for need in check.needs)}
    ]
    if not checks:
        raise UsageError(
            f"Every check of {assignment.id} needs a training, so that nothing is left of it. "
            "Leave out --quick."
        )
    return replace(assignment, parts=parts, checks=checks, editions=lambda: layouts)


def _cut(layout: Layout, trainers: Collection[str]) -> Layout:
    """Return an edition without the cells that train, and without those that need them."""
    return replace(layout, cells=tuple(_left(layout.cells, trainers)))


def _left(cells: Sequence[LayoutCell], trainers: Collection[str]) -> Iterator[LayoutCell]:
    gone = {*trainers}
    for cell in cells:
        names = names_of(cell.source)
        if cell.name in trainers or gone & names.used:
            gone |= names.bound
        else:
            yield cell


def left_of(variants: Sequence[Variant], assignment: Assignment) -> tuple[Variant, ...]:
    """Return the variants that write nothing but parts that are left, and mistakes of these.

    What is right may be so by several parts together, such as images that the model scales instead
    of the dataset: it is left only where something is still checked of each.

    Args:
        variants: All of them.
        assignment: What is left.
    """
    known = {check.id for check in assignment.checks}
    checked = {check.part for check in assignment.checks}
    return tuple(
        replace(each, loses=each.loses & known)
        for each in variants
        if each.names <= {*assignment.names}
        and (each.loses & known if each.loses else each.names <= checked)
    )


def few(specimens: Sequence[Specimen]) -> list[Specimen]:
    """Return the specimens without all but the first mutant of each operator."""
    found, operators = [], set[str]()
    for each in specimens:
        operator = each.mutant.operator if each.mutant else ""
        if operator not in operators:
            found.append(each)
        operators |= {operator} - {""}
    return found
