"""Through which functions the arguments of a call went, as the cells up to it say."""

import ast
from collections.abc import Container, Iterator, Sequence

from grader.notebook import source


def makers(cells: Sequence[str], function: str, known: Container[str]) -> frozenset[str]:
    """Return which of the known functions have made the arguments of a call, or were given them.

    ``model = build()``, ``compile_model(model)`` and then ``history = train(model)``: the argument
    of ``train`` was made by ``build``, and given to ``compile_model``. What is bound in another
    way, or by what is not known, was made by none.

    Args:
        cells: Sources of cells, in the order in which they run; the last one has the call.
        function: Name of the function that is called.
        known: Names of functions.
    """
    *before, last = map(_statements, cells)
    made_by: dict[str, frozenset[str]] = {}
    for statement in (each for cell in before for each in cell):
        _note(statement, made_by, known)
    for statement in last:
        for call in ast.walk(statement):
            if isinstance(call, ast.Call) and _name(call.func) == function:
                return frozenset[str]().union(*(made_by.get(each, ()) for each in _given(call)))
        _note(statement, made_by, known)
    return frozenset()


def _statements(cell: str) -> list[ast.stmt]:
    tree = source.parse(cell)
    return tree.body if tree else []


def _note(statement: ast.stmt, made_by: dict[str, frozenset[str]], known: Container[str]) -> None:
    for bound in _bound(statement):
        made_by.pop(bound, None)
    if not isinstance(statement, ast.Assign | ast.Expr):
        return
    call = statement.value
    if not isinstance(call, ast.Call) or (called := _name(call.func)) not in known:
        return
    for each in made_by.keys() & {*_given(call)}:
        made_by[each] |= {called}
    if isinstance(statement, ast.Assign):
        targets = filter(None, map(_name, statement.targets))
        made_by |= dict.fromkeys(targets, frozenset({called}))


def _given(call: ast.Call) -> Iterator[str]:
    for each in (*call.args, *(keyword.value for keyword in call.keywords)):
        if name := _name(each):
            yield name


def _name(expression: ast.expr) -> str:
    return expression.id if isinstance(expression, ast.Name) else ""


def _bound(statement: ast.stmt) -> Iterator[str]:
    for each in ast.walk(statement):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            yield each.id
