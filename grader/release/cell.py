"""What students get of a cell: all but what stands between its markers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from grader.notebook import source
from grader.notebook.markers import Marker, markers
from grader.release import expressions
from grader.release.blocks import Blocks
from grader.release.code import CellCode
from grader.release.directives import Directives
from grader.release.faults import CellFault
from grader.release.items import Item, LineKind, tidied
from grader.release.placeholders import used
from grader.release.suites import Suite, suite

_START, _END = "### START CODE HERE", "### END CODE HERE"


@dataclass(frozen=True)
class ReleasedRegion:
    """What students get between two markers.

    Args:
        suite: What stands there in the solution.
        items: What students get.
    """

    suite: Suite
    items: Sequence[Item]

    @property
    def kept_rows(self) -> frozenset[int]:
        """Rows of the solution that students get as they are."""
        return frozenset(item.row for item in self.items if item.kind is LineKind.KEPT)

    @property
    def lines(self) -> list[Item]:
        """What they get, line by line, without what repeats itself."""
        return tidied(self.items, self.suite.first, self.suite.last)


@dataclass(frozen=True)
class ReleasedCell:
    """What students get of a cell.

    Args:
        code: The cell of the solution.
        regions: What they get between its markers.
    """

    code: CellCode
    regions: Sequence[ReleasedRegion]

    def without(self, comments: Collection[int]) -> "ReleasedCell":
        """Leave out the comments that stand in some rows."""
        regions = [
            replace(region, items=[each for each in region.items if not _is_of(each, comments)])
            for region in self.regions
        ]
        return replace(self, regions=regions)

    @property
    def text(self) -> str:
        """Return what students get.

        Raises:
            CellFault: What the author wrote for them makes no Python of it.
        """
        lines, rows = list[str](), list[int]()
        row = 1
        for region in self.regions:
            items = region.lines
            lines += [*self.code.rows(row, region.suite.first - 1), *(each.text for each in items)]
            rows += [*range(row, region.suite.first), *(each.row for each in items)]
            row = region.suite.last + 1
        lines += self.code.lines[row - 1 :]
        text = "\n".join(lines)
        if source.parse(text) is None:
            raise _unreadable(text, rows)
        return text


def released(text: str, graded: Collection[str], elsewhere: Collection[str]) -> ReleasedCell:
    """Release a cell.

    Args:
        text: The cell of the solution.
        graded: Names of functions and classes that are graded.
        elsewhere: Names that other cells use.

    Raises:
        CellFault: It cannot be released; says where and what to do.
    """
    bounds = _bounds(markers(text))
    code = CellCode.of(text)
    suites = [suite(code, first, last) for first, last in bounds]
    directives = Directives.of(code)
    made = ReleasedCell(
        code, [_region(code, directives, each, graded, elsewhere) for each in suites]
    )
    for unused in directives.unused():
        outside = not any(first <= unused.row <= last for first, last in bounds)
        raise _unused(unused.row, outside=outside)
    return made


def _region(
    code: CellCode,
    directives: Directives,
    found: Suite,
    graded: Collection[str],
    elsewhere: Collection[str],
) -> ReleasedRegion:
    if found.within is not None:
        within = expressions.items(code, directives, found.within, found.first, found.last)
        return ReleasedRegion(found, within)
    outside = {name for name, row in used(code.tree) if not found.first <= row <= found.last}
    needed = outside if found.in_function else outside.union(elsewhere)
    blocks = Blocks(code, directives, graded, needed)
    return ReleasedRegion(found, blocks.items(found.statements, found.first, found.last))


def _bounds(found: Sequence[Marker]) -> list[tuple[int, int]]:
    """Return the first and last rows between markers."""
    rows = list[tuple[int, int]]()
    start: Marker | None = None
    for marker in found:
        if marker.starts == (start is not None):
            raise _unpaired(marker, start)
        if start is not None:
            rows.append((start.line + 2, marker.line))
        start = marker if marker.starts else None
    if start is not None:
        raise _unpaired(start, None)
    return rows


def _unpaired(marker: Marker, start: Marker | None) -> CellFault:
    row = marker.line + 1
    if start is not None:
        return CellFault(
            row,
            f"Expected {_END} for the {_START} of line {start.line + 1}; found another start.",
            "Each start has an end of its own before the next one.",
        )
    if marker.starts:
        return CellFault(
            row, f"No {_END} follows this {_START}.", "Write it below what students write."
        )
    return CellFault(
        row, f"No {_START} stands above this {_END}.", "Write it above what students write."
    )


def _unused(row: int, *, outside: bool) -> CellFault:
    if outside:
        return CellFault(
            row,
            "This comment is about what students write, and stands outside of the markers.",
            f"Move it between {_START} and {_END}, or take it out.",
        )
    return CellFault(
        row,
        "This comment is about no line: what it stands in is kept or replaced as a whole, or "
        "nothing follows it.",
        "Write it on a line of its own above a whole statement, behind the last line of one, or "
        "behind the first line of a block; then the blocks around it need one there, too.",
    )


def _unreadable(text: str, rows: Sequence[int]) -> CellFault:
    try:
        source.syntax_tree(source.readable(text))
    except SyntaxError as error:
        line = error.lineno or 1
        row = rows[line - 1] if line <= len(rows) else None
        found = f"What students get here would be no Python: {error.msg}."
        return CellFault(row, found, "Mend what # release as: says, or what is kept.")
    return CellFault(None, "What students get would be no Python.", "Make several cells of it.")


def _is_of(item: Item, rows: Collection[int]) -> bool:
    return item.kind is LineKind.COMMENT and item.row in rows
