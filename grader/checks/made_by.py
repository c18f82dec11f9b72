"""By which functions the arguments of a call were made, as the cells up to it say."""

import ast
from collections.abc import Container, Iterator, Sequence

from grader.notebook import source


def makers(cells: Sequence[str], function: str, known: Container[str]) -> frozenset[str]:
    """Return by which of the known functions the arguments of a call were made.

    ``model = build()`` and then ``history = train(model)``: the argument of ``train`` was made by
    ``build``. What is bound in another way, or by what is not known, was made by none.

    Args:
        cells: Sources of cells, in the order in which they run; the last one has the call.
        function: Name of the function that is called.
        known: Names of functions.
    """
    *before, last = map(_statements, cells)
    made_by: dict[str, str] = {}
    for statement in (each for cell in before for each in cell):
        _note(statement, made_by, known)
    for statement in last:
        for call in ast.walk(statement):
            if isinstance(call, ast.Call) and _name(call.func) == function:
                given = [*call.args, *(keyword.value for keyword in call.keywords)]
                return frozenset(made_by[each] for each in map(_name, given) if each in made_by)
        _note(statement, made_by, known)
    return frozenset()


def _statements(cell: str) -> list[ast.stmt]:
    tree = source.parse(cell)
    return tree.body if tree else []


def _note(statement: ast.stmt, made_by: dict[str, str], known: Container[str]) -> None:
    for bound in _bound(statement):
        made_by.pop(bound, None)
    if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
        maker = _name(statement.value.func)
        if maker in known:
            made_by |= dict.fromkeys(filter(None, map(_name, statement.targets)), maker)


def _name(expression: ast.expr) -> str:
    return expression.id if isinstance(expression, ast.Name) else ""


def _bound(statement: ast.stmt) -> Iterator[str]:
    for each in ast.walk(statement):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            yield each.id
