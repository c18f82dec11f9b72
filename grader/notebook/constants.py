"""Constants of given cells: names that a line of their own sets to a plain value, and no other."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from grader.notebook import source
from grader.records import Plan, PlannedCell, Role

Plain = bool | int | float | str | tuple["Plain", ...] | list["Plain"]
_PLAIN = (bool, int, float, str)
_NESTED = (tuple, list)


@dataclass(frozen=True, slots=True)
class Constant:
    """A constant of a cell.

    Args:
        value: What it is set to.
        line: The line of that value, from 0; it stands in one.
        start: Its first byte in that line, as UTF-8.
        end: The byte after its last one.
    """

    value: Plain
    line: int
    start: int
    end: int


def is_plain(value: object) -> bool:
    """Whether a value is made of numbers, texts, truth values, tuples and lists alone."""
    if type(value) in _NESTED and isinstance(value, tuple | list):
        return all(map(is_plain, value))
    return type(value) in _PLAIN


def times_set(cells: Iterable[str], name: str) -> int:
    """Return how often a name is set in cells, wherever in them.

    Args:
        cells: Their sources.
        name: The name.
    """
    return sum(_stores(cell)[name] for cell in cells)


def constants(cells: Iterable[str]) -> dict[str, Plain]:
    """Return what names are set to which are constants of cells.

    Args:
        cells: The sources of all given cells that are run.
    """
    every = [*cells]
    stores = sum(map(_stores, every), Counter[str]())
    found = {name: known.value for cell in every for name, known in _constants(cell).items()}
    return {name: value for name, value in found.items() if stores[name] == 1}


def given_constants(plan: Plan) -> dict[str, Plain]:
    """Return the constants of the given cells that are run."""
    return constants(cell.source for cell in plan.cells if cell.role is Role.REQUIRED)


def with_constants(plan: Plan, values: Mapping[str, Plain]) -> Plan:
    """Return a plan whose given cells set constants to other values; no other cell is changed.

    Args:
        plan: What is to be run.
        values: By name; those that are no constants of given cells are left out.
    """
    known = given_constants(plan)
    wanted = {name: value for name, value in values.items() if name in known}
    return replace(plan, cells=tuple(_given(cell, wanted) for cell in plan.cells))


def _given(cell: PlannedCell, values: Mapping[str, Plain]) -> PlannedCell:
    if cell.role is not Role.REQUIRED:
        return cell
    return replace(cell, source=with_values(cell.source, values))


def with_values(cell: str, values: Mapping[str, Plain]) -> str:
    """Return the source of a cell which sets constants of its own to other values.

    Args:
        cell: Its source.
        values: By name; those that it does not set are left out.
    """
    lines = [line.encode() for line in cell.split("\n")]
    found = [(each, values[name]) for name, each in _constants(cell).items() if name in values]
    # From the end of a line on, so that what stands before keeps its place.
    for each, value in sorted(found, key=lambda pair: pair[0].start, reverse=True):
        line = lines[each.line]
        lines[each.line] = line[: each.start] + repr(value).encode() + line[each.end :]
    return b"\n".join(lines).decode()


def _constants(cell: str) -> dict[str, Constant]:
    text, tree = source.taken_apart(cell)
    lines = [line.encode() for line in cell.split("\n")]
    found = {}
    for name, value in _assignments(tree.body if tree else ()):
        constant = _constant(value)
        # Lines of IPython's own are not read as they stand.
        same = constant and lines[constant.line] == text.split("\n")[constant.line].encode()
        if constant and same:
            found[name] = constant
    return found


def _assignments(body: Iterable[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    for node in body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, value = node.targets[0], node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            target, value = node.target, node.value
        else:
            continue
        if isinstance(target, ast.Name):
            yield target.id, value


def _constant(node: ast.expr) -> Constant | None:
    try:
        value = ast.literal_eval(node)
    except source.UNREADABLE:
        return None
    if not is_plain(value) or node.lineno != node.end_lineno or node.end_col_offset is None:
        return None
    return Constant(value, node.lineno - 1, node.col_offset, node.end_col_offset)


def _stores(cell: str) -> Counter[str]:
    tree = source.parse(cell)
    nodes = ast.walk(tree) if tree else ()
    return Counter(
        node.id
        for node in nodes
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
    )
