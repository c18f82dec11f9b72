"""What stands in the place of a statement that students are to write."""

import ast
from collections.abc import Collection, Iterator

NOTHING = "None"
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
# Its name is of a class of its own from Python 3.12 on.
_ALIAS = getattr(ast, "TypeAlias", None)


def placeholders(statement: ast.stmt, needed: Collection[str]) -> list[str]:
    """Return the lines in the place of a statement, without indentation.

    Args:
        statement: Of the solution.
        needed: Names that code outside the markers uses.
    """
    if isinstance(statement, ast.Return):
        return ["return None" if statement.value else "return"]
    targets = _targets(statement)
    if targets and all(map(_is_plain, targets)):
        return [f"{_text(target)} = {_nothing(target)}" for target in targets]
    names_bound = dict.fromkeys(name for name in bound(statement) if name in needed)
    return [f"{name} = {NOTHING}" for name in names_bound] or [NOTHING]


def bound(node: ast.AST) -> Iterator[str]:
    """Yield the names that a statement binds in its own scope."""
    own = _bound_by(node)
    if own:
        yield own
    if isinstance(node, _SCOPES):
        return
    for child in ast.iter_child_nodes(node):
        if isinstance(node, _COMPREHENSIONS) and isinstance(child, ast.comprehension):
            continue
        yield from bound(child)


def _bound_by(node: ast.AST) -> str | None:
    match node:
        case ast.Name(id=name, ctx=ast.Store()):
            return name
        case ast.alias(name=name, asname=other):
            return (other or name).partition(".")[0]
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.MatchAs(name=other) | ast.MatchStar(name=other) | ast.MatchMapping(rest=other):
            return other
    return None


def used(node: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield the names that some code reads, each with its row."""
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and not isinstance(each.ctx, ast.Store):
            yield each.id, each.lineno


def _targets(statement: ast.stmt) -> list[ast.expr]:
    if isinstance(statement, ast.Assign):
        return statement.targets
    if isinstance(statement, ast.AugAssign) or (
        isinstance(statement, ast.AnnAssign) and statement.value
    ):
        return [statement.target]
    if _ALIAS and isinstance(statement, _ALIAS):
        return [statement.name]
    return []


def _is_plain(target: ast.expr) -> bool:
    """Whether a target is made of names and of attributes of ``self``, which tell nothing."""
    if isinstance(target, ast.Tuple | ast.List):
        return bool(target.elts) and all(map(_is_plain, target.elts))
    if isinstance(target, ast.Starred):
        return _is_plain(target.value)
    if isinstance(target, ast.Attribute):
        return isinstance(target.value, ast.Name) and target.value.id == "self"
    return isinstance(target, ast.Name)


def _text(target: ast.expr, *, inner: bool = False) -> str:
    if isinstance(target, ast.Tuple | ast.List):
        return _joined([_text(each, inner=True) for each in target.elts], inner=inner)
    if isinstance(target, ast.Starred):
        return _text(target.value, inner=True)
    return ast.unparse(target)


def _nothing(target: ast.expr, *, inner: bool = False) -> str:
    if isinstance(target, ast.Tuple | ast.List):
        return _joined([_nothing(each, inner=True) for each in target.elts], inner=inner)
    if isinstance(target, ast.Starred):
        return _nothing(target.value, inner=True)
    return NOTHING


def _joined(texts: list[str], *, inner: bool) -> str:
    text = f"{texts[0]}," if len(texts) == 1 else ", ".join(texts)
    return f"({text})" if inner else text
