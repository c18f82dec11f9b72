"""``add_metadata.py``, which a notebook calls, and the modules of the kit that it needs."""

import ast
from collections.abc import Iterator
from pathlib import Path

from grader import resources

# Hidden, so that nobody's ``import grader`` finds a package that is not whole.
MODULES = ".grader"
_PACKAGE = "grader"


def files() -> Iterator[tuple[str, Path]]:
    """Yield the script and its modules, with their names in the bundle.

    Raises:
        GraderError: The installation is incomplete.
    """
    script = resources.script()
    yield script.name, script
    for path in sorted(_needed(script)):
        yield f"{MODULES}/{_PACKAGE}/{path.relative_to(resources.PACKAGE).as_posix()}", path


def _needed(script: Path) -> set[Path]:
    """Return the modules of the kit that a script imports, and those that they import."""
    found, due = set[Path](), [script]
    while due:
        for name in _imported(due.pop()):
            fresh = set(_modules(name)) - found
            found |= fresh
            due += fresh
    return found


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _modules(name: str) -> Iterator[Path]:
    """Yield the files that importing a name reads: packages, and the module itself."""
    top, *parts = name.split(".")
    place = resources.PACKAGE
    if top != _PACKAGE:
        return
    yield place / "__init__.py"
    for part in parts:
        place /= part
        for path in (place / "__init__.py", place.with_suffix(".py")):
            if path.is_file():
                yield path
