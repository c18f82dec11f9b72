"""How a student's notebook is written: as Jupyter writes it, with no more than is needed."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.notebook.keys import text_of

# Every Jupyter has a kernel of this name; the author's own may be called anything.
_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_WITH_IDS = 5
_FLAGS = ("deletable", "editable")
_GRADED = "graded"
_STEERING = re.compile(r"release:(?:keep|drop)")
_SHOWN = re.compile(r"attachment:([^\s)\"'>]+)")


def student_cell(raw: Mapping[str, Any], text: str, graded: Sequence[str]) -> dict[str, Any]:
    """Return a cell as students get it.

    Args:
        raw: As the solution has it.
        text: What they get of its text.
        graded: Graded names that it is marked with.
    """
    cell = {
        "cell_type": raw["cell_type"],
        "metadata": _notes(raw.get("metadata") or {}, graded=bool(graded)),
        "source": text,
    }
    if "id" in raw:
        cell["id"] = raw["id"]
    if raw["cell_type"] == "code":
        cell |= {"execution_count": None, "outputs": []}
    elif kept := shown(raw):
        cell["attachments"] = kept
    return cell


def content(
    cells: Sequence[Mapping[str, Any]],
    solution: Mapping[str, Any],
    assignment: str,
    version: str,
    path: Path,
) -> bytes:
    """Return the file of a notebook: the same bytes for the same cells.

    Args:
        cells: Its cells.
        solution: The notebook that it is made from.
        assignment: Id of its assignment.
        version: Its version.
        path: Where the solution is.

    Raises:
        UsageError: The solution is no notebook that Jupyter opens.
    """
    # It takes a part of a second to import, and commands that write nothing need not wait for it.
    import nbformat

    _refuse_ids([cell.get("id") for cell in cells], solution, path)
    made = {
        "cells": list(cells),
        "metadata": {
            "grader_assignment": assignment,
            "grader_version": version,
            "kernelspec": _KERNEL,
            "language_info": {"name": "python"},
        },
        "nbformat": solution["nbformat"],
        "nbformat_minor": solution.get("nbformat_minor", 0),
    }
    try:
        node = nbformat.from_dict(made)
        nbformat.validate(node)
        text: str = nbformat.writes(node)
        return f"{text}\n".encode()
    except (nbformat.ValidationError, UnicodeEncodeError) as error:
        raise _not_jupyters(path, str(error).partition("\n")[0]) from error


def _refuse_ids(ids: Sequence[object], solution: Mapping[str, Any], path: Path) -> None:
    """Refuse what nbformat would mend with ids that it makes up, which are others each time."""
    if solution.get("nbformat_minor", 0) >= _WITH_IDS and len({*ids} - {None}) < len(ids):
        raise _not_jupyters(path, "its cells do not have ids of their own")


def _not_jupyters(path: Path, told: str) -> UsageError:
    return UsageError(
        f"{path} is no notebook as Jupyter writes it: {told}. Open it in Jupyter, save it, and "
        "release it again."
    )


def _notes(notes: Mapping[str, Any], *, graded: bool) -> dict[str, Any]:
    """Return what the grader knows a cell by, and what keeps students from changing others."""
    own = notes.get("tags") or []
    tags = [tag for tag in own if isinstance(tag, str) and not _STEERING.fullmatch(tag)]
    if graded:
        locked = {"deletable": notes.get("deletable", False)}
        # Who locks a graded cell in the solution keeps nobody from writing in it.
        return {**locked, "tags": [*tags, *([_GRADED] if _GRADED not in tags else [])]}
    locked = {flag: bool(notes.get(flag, False)) for flag in _FLAGS}
    return {**locked, **({"tags": tags} if tags else {})}


def shown(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attachments of a cell that its text shows."""
    named = set(_SHOWN.findall(text_of(raw)))
    attachments: Mapping[str, Any] = raw.get("attachments") or {}
    return {name: value for name, value in attachments.items() if name in named}
