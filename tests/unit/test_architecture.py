"""Imports point one way, and what is heavy or dangerous stays in its room."""

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rooms import PACKAGE, ROOMS

KINDS = {path.parent.name for path in (PACKAGE / "kinds").glob("*/part.py")}
IN_THE_KERNEL_ONLY = frozenset({"tensorflow", "keras", "IPython"})
MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def room_of(name: str) -> str:
    """Return the room of a module: each assignment has one, and what checks get of a part."""
    parts = name.split(".")
    if parts[0] == "kinds" and parts[2:3] == ["view"]:
        return "kinds.view"
    above = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return next((each for each in above if each in ROOMS), parts[0])


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"))))


@cache
def imports(path: Path) -> tuple[str, ...]:
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_imported(path: Path) -> Iterator[str]:
    own = room_of(name_of(path))
    for name in imports(path):
        top, _, below = name.partition(".")
        within = own in {"kinds", "kinds.view"} and below.startswith("kinds.")
        if top == "grader" and room_of(below) != own and not within:
            yield below


def allows(allowed: str, imported: str) -> bool:
    return any(f"{imported}.".startswith(f"{room}.") for room in allowed.split())


def fresh(code: str) -> set[str]:
    """Run code in an interpreter of its own; return the top-level modules that it imported."""
    report = "import sys; print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    command = [sys.executable, "-c", f"import atexit\natexit.register(exec, {report!r})\n{code}"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(ended.stderr.split())


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    room = room_of(name_of(path))
    allowed = ROOMS.get(room, "") if path != PACKAGE / "__init__.py" else ""
    assert [name for name in rooms_imported(path) if not allows(allowed, name)] == []


def test_no_module_is_longer_than_250_lines() -> None:
    assert [
        name_of(path) for path in MODULES if len(path.read_text("utf-8").splitlines()) > 250
    ] == []


def test_every_room_is_in_the_table() -> None:
    found = {room_of(name_of(path)) for path in MODULES} - {"__init__"}
    assert found == set(ROOMS)


def test_no_line_of_the_table_names_a_room_further_down() -> None:
    seen = {"__version__"}
    for room, allowed in ROOMS.items():
        assert {name.split(".")[0] for name in allowed.split()} <= seen
        seen.add(room.split(".")[0])


def test_every_permission_is_used() -> None:
    used = defaultdict[str, list[str]](list)
    for path in MODULES:
        used[room_of(name_of(path))] += rooms_imported(path)
    unused = [
        (room, name)
        for room, allowed in ROOMS.items()
        for name in allowed.split()
        if not any(allows(name, imported) for imported in used[room])
    ]
    assert unused == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_probe_and_the_trainer_touch_keras_and_ipython(path: Path) -> None:
    heavy = IN_THE_KERNEL_ONLY & {name.split(".")[0] for name in imports(path)}
    name = name_of(path)
    inside = name.startswith("kinds.") and name.split(".")[2:3] == ["inside"]
    assert not heavy or inside or name.startswith(("inspection.", "probe.", "training."))


@pytest.mark.parametrize("module", ["driver", "cells", "client", "manager"])
def test_what_runs_a_notebook_knows_nothing_of_fits(module: str) -> None:
    found = list(rooms_imported(PACKAGE / "kernel" / f"{module}.py"))
    assert not [name for name in found if name.split(".")[0] in {"fits", "trainers", "training"}]


def kinds_imported(path: Path) -> set[str]:
    """Return the kinds of graded parts of whose folders a module imports something."""
    names = [name.split(".") for name in imports(path) if name.startswith("grader.kinds.")]
    return KINDS & {parts[2] for parts in names}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_kind_of_part_is_known_outside_of_its_folder_to_authors_alone(path: Path) -> None:
    _, *parts = name_of(path).split(".")
    own = {*parts[:1]} if PACKAGE / "kinds" in path.parents else set()
    assert kinds_imported(path) <= (KINDS if path == PACKAGE / "authoring.py" else own)


@pytest.mark.parametrize("module", ["grader.cli", "grader.pipeline", "grader.batch.local"])
def test_no_process_that_judges_imports_tensorflow(module: str) -> None:
    assert not IN_THE_KERNEL_ONLY & fresh(f"import {module}")


def classes(path: Path) -> Iterator[str]:
    """Return the names of a module's public classes."""
    names = (node.name for node in nodes_of(path) if isinstance(node, ast.ClassDef))
    return (name for name in names if not name.startswith("_"))


def test_no_two_classes_share_a_name() -> None:
    places = defaultdict[str, list[str]](list)
    for path in MODULES:
        for name in classes(path):
            places[name].append(name_of(path))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_help_answers_without_importing_what_grading_needs() -> None:
    code = "import sys; sys.argv[1:] = ['--help']; from grader.cli import main; main()"
    needed = {"email", "nbclient", "nbformat", "numpy", "psutil", "pydantic", "rich"}
    assert not needed & fresh(code)
