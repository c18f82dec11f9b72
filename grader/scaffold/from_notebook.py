"""The files of an assignment that is made from an author's own notebook."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from grader.assignments.hints import solved
from grader.notebook import source
from grader.notebook.names import names_of
from grader.records.graded_names import is_call
from grader.scaffold.example_files import declared, title_of
from grader.scaffold.folder import tried
from grader.scaffold.graded_cells import AuthorNotebook, author_notebook
from grader.scaffold.guessing import PartKind, loaded_folder
from grader.scaffold.part_code import PartWriter
from grader.scaffold.part_text import PartCode
from grader.scaffold.python_code import imported, quoted, remark

_DATA = (PartKind.LOADER, PartKind.TRAINING)
_WORDS = {PartKind.FIGURE: "FIGURE", PartKind.VALUE: "VALUE"}
_REQUIRED = "# grader-required-cell\n"


def files_of(assignment: str, path: Path) -> tuple[Mapping[str, str], Sequence[str]]:
    """Make the files, and what is said of them.

    Args:
        assignment: Its id.
        path: The author's notebook, which stays as it is.

    Raises:
        RejectedError: It is no notebook.
        UsageError: It cannot be used; says what to do.
    """
    notebook = author_notebook(path)
    writer = PartWriter(notebook, [*solved(path)])
    parts = [writer.write(cell) for cell in notebook.graded]
    files = {
        f"{assignment}.ipynb": _copy(assignment, notebook, parts),
        "assignment.py": _module(assignment, notebook, parts),
        "variants.py": _variants(assignment),
    }
    tried(files, str(path))
    return files, [*_told(notebook, parts), *notebook.told, *_data_told(notebook, parts)]


def _variants(assignment: str) -> str:
    todo = "TODO: Write variants that are right in other ways, and mistakes of students."
    head = f'"""{title_of(assignment)}: the solution in other ways, and with mistakes."""'
    made = "from grader.authoring import Variant"
    return f"{head}\n\n{made}\n\n{remark(todo)}\nVARIANTS: tuple[Variant, ...] = ()\n"


def _told(notebook: AuthorNotebook, parts: Sequence[PartCode]) -> list[str]:
    lines = []
    for cell, part in zip(notebook.graded, parts, strict=True):
        left = f", {part.open} to be filled in" if part.open else ""
        count = len(part.checks)
        checks = "1 check" if count == 1 else f"{count} checks"
        kind = part.kind.value
        what = "class" if part.kind is PartKind.FUNCTION and cell.is_class else kind
        lines.append(f"  cell {cell.number}: {part.name}, a {what}: {checks}{left}")
        if cell.others:
            lines.append(
                f"  cell {cell.number}: nothing grades {', '.join(cell.others)}; give it a cell of "
                "its own, if something is to"
            )
    return lines


def _data_told(notebook: AuthorNotebook, parts: Sequence[PartCode]) -> list[str]:
    if not any(part.kind in _DATA for part in parts):
        return []
    folder = _folder(notebook, parts)
    told = "Data are not copied: put them where DATA in assignment.py says, and name their classes"
    return [f"{told} there. Graded notebooks find them in ../data/{folder}."]


def _folder(notebook: AuthorNotebook, parts: Sequence[PartCode]) -> str:
    for cell, part in zip(notebook.graded, parts, strict=True):
        if part.kind is PartKind.LOADER:
            name = PurePosixPath(loaded_folder(cell, notebook)).name
            if name and name.replace("_", "").replace("-", "").isalnum() and name.isascii():
                return name
    return "images"


def _module(assignment: str, notebook: AuthorNotebook, parts: Sequence[PartCode]) -> str:
    names = {"Assignment", *(name for part in parts for name in part.imports)}
    further = []
    data = ""
    if any(part.kind in _DATA for part in parts):
        further = ["data=DATA"]
        data, needed = _dataset(assignment, notebook, parts)
        names |= needed
    head = [
        f'"""{title_of(assignment)}: what is graded, and the rubric. Look for TODO."""',
        "",
        "from pathlib import Path",
        "",
        imported("grader.authoring", names),
        "",
        "HERE = Path(__file__).parent",
    ]
    body = [data] if data else []
    title = notebook.title or title_of(assignment)
    body += [declared(assignment, title, *further), *(part.lines for part in parts)]
    checks = [check for part in parts for check in part.checks]
    return "\n".join([*head, *body]) + "".join(f"\n\n\n{check}" for check in checks) + "\n"


def _dataset(
    assignment: str, notebook: AuthorNotebook, parts: Sequence[PartCode]
) -> tuple[str, set[str]]:
    folder = _folder(notebook, parts)
    if any(part.kind is PartKind.LOADER for part in parts):
        todo = "TODO: Name the classes, and where the folder is that has a folder for each."
        lines = ['    classes=("first", "second"),', '    place=HERE / "images",']
        names = {"Dataset"}
    else:
        todo = "TODO: Say where the file is, and which of its arrays has the labels."
        lines = ['    splits=(Arrays("train", HERE / "train.npz", labels="y"),),']
        names = {"Arrays", "Dataset"}
    opened = ["DATA = Dataset(", f"    {quoted(assignment)},", f"    folder={quoted(folder)},"]
    return "\n".join([remark(todo), *opened, *lines, ")"]), names


def _copy(assignment: str, notebook: AuthorNotebook, parts: Sequence[PartCode]) -> str:
    content = json.loads(json.dumps(notebook.content))
    # It may have been another assignment's, of the same names.
    content["metadata"] = {**(content.get("metadata") or {}), "grader_assignment": assignment}
    content["metadata"].pop("grader_version", None)
    cells: list[dict[str, Any]] = content["cells"]
    needed = set[str]()
    for cell, part in zip(notebook.graded, parts, strict=True):
        text = cell.text
        if not source.GRADED_MARKER.search(text):
            word = "CELL" if is_call(cell.name) else _WORDS.get(part.kind, "FUNCTION")
            text = f"# GRADED {word}: {cell.name}\n{text}"
        cells[cell.number - 1]["source"] = text.splitlines(keepends=True)
        needed |= names_of(text).used
    returning = {part.name for part in parts if part.kind in _DATA}
    for number, text in reversed([*notebook.given]):
        names = names_of(text)
        plain = source.parse(text) is not None and not source.REQUIRED_MARKER.search(text)
        if plain and (names.bound & needed or names.used & returning):
            needed |= names.used
            cells[number - 1]["source"] = f"{_REQUIRED}{text}".splitlines(keepends=True)
    return f"{json.dumps(content, indent=1, ensure_ascii=False)}\n"
