"""Makes the mutants of a solution: each parses, differs from all others, and is made repeatably."""

import ast
from collections.abc import Iterator, Mapping, Sequence

from grader.audit.cell_text import CellText
from grader.audit.mutant import Mutant, Proposal, changed
from grader.audit.operators.original_cell import OriginalCell
from grader.audit.operators.registry import OPERATORS
from grader.audit.operators.variables import keys
from grader.notebook import source
from grader.notebook.names import bound_in
from grader.records import Cell


def mutants(cells: Sequence[Cell], graded: Mapping[int, str]) -> list[Mutant]:
    """Make the mutants of a notebook.

    Args:
        cells: Its code cells.
        graded: The names that its graded cells define, by the position of the cell.

    Returns:
        Cell by cell, in the order of the operators and of the text. Of two that come to the same,
        spacing and comments apart, the first one is there alone.
    """
    scenes = _scenes(cells, graded)
    found: dict[tuple[str, str], Mutant] = {}
    for cell in scenes:
        original = source.normalize(cell.source.text)
        for mutant in _of(cell):
            said = source.normalize(mutant.text)
            if said != original:
                found.setdefault((mutant.cell, said), mutant)
    return list(found.values())


def _scenes(cells: Sequence[Cell], graded: Mapping[int, str]) -> list[OriginalCell]:
    bound = bound_in(cell.source for cell in cells)
    trees = [tree for cell in cells if (tree := source.parse(cell.source))]
    modules = frozenset(name for tree in trees for name in _imported(tree))
    texts = [CellText(cell.source, graded[cell.index]) for cell in cells if cell.index in graded]
    known = [key for text in texts for key in keys(OriginalCell(text))]
    return [
        OriginalCell(text, bound - modules, modules, tuple(dict.fromkeys(known))) for text in texts
    ]


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for each in node.names:
                yield each.asname or each.name.split(".")[0]


def _of(cell: OriginalCell) -> Iterator[Mutant]:
    for name, operator in OPERATORS.items():
        for proposal in operator(cell):
            mutant = _mutant(cell, name, proposal)
            if mutant is not None:
                yield mutant


def _mutant(cell: OriginalCell, operator: str, proposal: Proposal) -> Mutant | None:
    """Make a mutant; None where what comes of it is no Python, or of another meaning altogether."""
    original = cell.source.text
    text = changed(original, proposal.changes)
    if source.parse(text) is None:
        return None
    first = min(change.span.start for change in proposal.changes)
    line = original.count("\n", 0, first) + 1
    return Mutant(operator, cell.source.name, line, proposal.summary, original, text)
