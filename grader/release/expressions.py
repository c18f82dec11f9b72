"""What students get in the place of arguments and items, where markers stand within brackets."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.release.code import CellCode
from grader.release.directives import Directives, Verb, stripped
from grader.release.faults import CellFault
from grader.release.items import Item, LineKind, indentation
from grader.release.placeholders import NOTHING


@dataclass(frozen=True, slots=True)
class Piece:
    """An expression, or a named argument, of the syntax tree.

    Args:
        start: Its row and column.
        end: Where it ends.
        text: What stands in its place; nothing where nothing may.
    """

    start: tuple[int, int]
    end: tuple[int, int]
    text: str


@dataclass(frozen=True, slots=True)
class Argument:
    """An expression, or a named argument, that students write.

    Args:
        first: Its first row.
        last: Its last row, with the comma behind it.
        text: What stands in its place.
        comma: Whether a comma is behind it.
    """

    first: int
    last: int
    text: str
    comma: bool


def items(
    code: CellCode, directives: Directives, within: ast.stmt, first: int, last: int
) -> list[Item]:
    """Return what students get in the place of some rows within brackets.

    Args:
        code: The cell.
        directives: What its author says of its lines.
        within: The statement.
        first: The first row.
        last: The last row.

    Raises:
        CellFault: There is more than whole arguments or items.
    """
    found: list[Item] = []
    parts = list(_parts(code, within, first, last))
    row = first
    while row <= last:
        part = next((each for each in parts if each.first <= row <= each.last), None)
        if part is None:
            found += _between(code, directives, row)
            row += 1
        else:
            sharing = _sharing(parts, part)
            found += _replaced(code, directives, sharing)
            row = max(each.last for each in sharing) + 1
    return found


def _between(code: CellCode, directives: Directives, row: int) -> Iterator[Item]:
    comment, line = code.comments.get(row), code.line(row)
    if not line.strip():
        yield Item(LineKind.BLANK, line.rstrip(" \t"), row)
    elif comment and comment.alone and row not in directives.alone:
        directive = directives.above(row, line)
        if directive is None or directive.verb is Verb.KEEP:
            yield Item(LineKind.COMMENT if directive is None else LineKind.KEPT, line, row)


def _replaced(code: CellCode, directives: Directives, parts: Sequence[Argument]) -> Iterator[Item]:
    first, last = parts[0].first, max(part.last for part in parts)
    indent = indentation(code.line(first))
    behind = directives.behind(last, last)
    directive = directives.above(first, code.line(first)) or behind
    if directive is None:
        for part in parts:
            text = f"{indent}{part.text}{',' if part.comma else ''}"
            yield Item(LineKind.PLACEHOLDER, text, first)
        return
    for text in directive.text:
        yield Item(LineKind.WRITTEN, indent + text, directive.row)
    if directive.verb is Verb.KEEP:
        for row in range(first, last + 1):
            line, ends = code.line(row), behind is not None and row == last
            yield Item(LineKind.KEPT, stripped(line, code.comments[row]) if ends else line, row)


def _sharing(parts: Sequence[Argument], part: Argument) -> list[Argument]:
    """Return the parts that share lines with one, in order."""
    found, last = [part], part.last
    for other in parts[parts.index(part) + 1 :]:
        if other.first <= last:
            found.append(other)
            last = max(last, other.last)
    return found


def _parts(code: CellCode, within: ast.stmt, first: int, last: int) -> Iterator[Argument]:
    rest = code.code_tokens(first, last)
    for piece in sorted(_pieces(within, first, last), key=lambda each: each.start):
        before = [each for each in rest if code.place(each) < piece.start]
        behind = [each for each in rest if code.place(each) >= piece.end]
        if before and before[-1].string == "**":
            before = before[:-1]
        while before and behind and (before[-1].string, behind[0].string) == ("(", ")"):
            before, behind = before[:-1], behind[1:]
        covered = [each for each in rest if each not in before and each not in behind]
        comma = bool(behind) and behind[0].string == ","
        covered += behind[:1] if comma else []
        rest = [*before, *behind[comma:]]
        if piece.text:
            rows = [each.start[0] for each in covered] + [piece.end[0]]
            yield Argument(min(rows), max(rows), piece.text, comma)
    if rest:
        raise CellFault(
            rest[0].start[0],
            "Between these markers there are parts of a statement that are no whole arguments or "
            "items.",
            "Put the markers around whole ones, or around the whole statement.",
        )


def _pieces(node: ast.AST, first: int, last: int) -> Iterator[Piece]:
    """Yield what is whole within some rows, and of something that is not."""
    if isinstance(node, ast.Dict):
        yield from _pairs(node, first, last)
        return
    named = False
    # As they are written: a starred argument may stand behind a named one.
    for child in sorted(ast.iter_child_nodes(node), key=_start):
        named = named or isinstance(child, ast.keyword)
        if isinstance(child, ast.keyword | ast.expr) and _is_within(child, first, last):
            yield from _piece(child, named=named)
        else:
            yield from _pieces(child, first, last)


def _piece(child: ast.keyword | ast.expr, *, named: bool) -> Iterator[Piece]:
    """Yield what stands for an expression or an argument: nothing where Python allows nothing."""
    if isinstance(child, ast.keyword):
        yield _between_nodes(child, child, f"{child.arg}={NOTHING}" if child.arg else "")
    elif not isinstance(getattr(child, "ctx", None), ast.Store | ast.Del):
        yield _between_nodes(child, child, "" if named else NOTHING)


def _pairs(node: ast.Dict, first: int, last: int) -> Iterator[Piece]:
    for key, value in zip(node.keys, node.values, strict=True):
        whole = _is_within(value, first, last) and (key is None or _is_within(key, first, last))
        if whole:
            yield _between_nodes(key or value, value, f"{NOTHING}: {NOTHING}" if key else "")
        else:
            yield from _pieces(key or value, first, last)
            yield from _pieces(value, first, last)


def _start(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def _is_within(node: ast.keyword | ast.expr, first: int, last: int) -> bool:
    return first <= node.lineno and (node.end_lineno or node.lineno) <= last


def _between_nodes(one: ast.keyword | ast.expr, other: ast.keyword | ast.expr, text: str) -> Piece:
    end = (other.end_lineno or other.lineno, other.end_col_offset or 0)
    return Piece((one.lineno, one.col_offset), end, text)
