"""Which names a cell binds and which it needs, as Python's own compiler sees it."""

import re
import symtable
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from grader.notebook.source import MAX_PARSED, UNREADABLE, defined_names, is_short, plain_python

# Of a thousand names and a thousand functions in one cell; nobody writes that.
_MAX_LOOKUPS = 1_000_000
STAR = re.compile(r"\bimport[ \t]*\*")


@dataclass(frozen=True)
class Names:
    """Names of a cell.

    Args:
        bound: Those that it binds at its top level; ``*`` for an import of everything.
        used: Those that it needs from elsewhere, also within its functions.
        variables: Those of the bound ones that are no function, class or import.
    """

    bound: frozenset[str]
    used: frozenset[str]
    variables: frozenset[str] = frozenset()


def names_of(source: str) -> Names:
    """Names that a cell binds at its top level, and names that it needs."""
    return _remembered_names(source) if is_short(source) else _names(source)


def bound_in(sources: Iterable[str]) -> frozenset[str]:
    """Names that any of several cells binds at its top level."""
    return frozenset().union(*(names_of(each).bound for each in sources))


def _names(source: str) -> Names:
    table = scopes(source)
    if table is None:
        return Names(defined_names(source), frozenset())
    top = table.get_symbols()
    bound = {symbol.get_name() for symbol in top if symbol.is_assigned() or symbol.is_imported()}
    plain = {s.get_name() for s in top if s.is_assigned() and not s.is_imported()}
    used = {symbol.get_name() for symbol in top if symbol.is_referenced()} | globals_of(table)
    star = {"*"} if STAR.search(source) else set()
    variables = plain - defined_names(source)
    return Names(frozenset(bound | star), frozenset(used - bound), frozenset(variables))


def scopes(source: str) -> symtable.SymbolTable | None:
    """Return what Python's compiler knows of a cell's names, or None.

    It is None where a cell does not compile, is too long, or defines absurdly much.
    """
    return _scopes(source) or _scopes(plain_python(source))


def _scopes(source: str) -> symtable.SymbolTable | None:
    if len(source) > MAX_PARSED:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            table = symtable.symtable(source, "cell", "exec")
    except UNREADABLE:
        return None
    return table if _lookups(table) <= _MAX_LOOKUPS else None


def _lookups(table: symtable.SymbolTable) -> int:
    """Count what Python's module does for a table: for each name it looks through all children."""
    waiting, count = [table], 0
    while waiting:
        scope = waiting.pop()
        children = scope.get_children()
        count += len(children) * len(scope.get_identifiers())
        waiting += children
    return count


def globals_of(table: symtable.SymbolTable) -> set[str]:
    """Names that the functions and classes within a scope read from the top level."""
    found = set()
    waiting = [*table.get_children()]
    while waiting:
        scope = waiting.pop()
        waiting += scope.get_children()
        found |= {s.get_name() for s in scope.get_symbols() if s.is_global() and s.is_referenced()}
    return found


_remembered_names = lru_cache(maxsize=4096)(_names)
