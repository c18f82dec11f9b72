"""The files of an assignment that an author begins with and has no notebook for."""

import json
from collections.abc import Mapping
from pathlib import Path

from grader.scaffold.example.cells import CODE, TEXTS
from grader.scaffold.python_code import call, quoted

_EXAMPLE = Path(__file__).parent / "example"
_NAME, _TITLE = "example", "Example"
_DECLARED = f'assignment = Assignment("{_NAME}", "{_TITLE}", HERE / "{_NAME}.ipynb")'


def title_of(assignment: str) -> str:
    """Return the title that an assignment has at first, such as "Happy Or Sad"."""
    return " ".join(word.capitalize() for word in assignment.split("-"))


def declared(assignment: str, title: str, *further: str) -> str:
    """Write the line that makes the assignment.

    Args:
        assignment: Its id.
        title: What it is called.
        further: Arguments besides id, title and notebook.
    """
    notebook = f"HERE / {quoted(f'{assignment}.ipynb')}"
    named = (quoted(assignment), quoted(title), notebook)
    return call("assignment = Assignment", [*named, *further])


def example_files(assignment: str) -> Mapping[str, str]:
    """Return the texts of all files by their names, for an assignment of that id."""
    title = title_of(assignment)
    texts = {
        name: (_EXAMPLE / name).read_text("utf-8") for name in ("assignment.py", "variants.py")
    }
    module = texts["assignment.py"].replace(_DECLARED, declared(assignment, title))
    return {
        f"{assignment}.ipynb": _notebook(title),
        "assignment.py": module.replace(f'"""{_TITLE}:', f'"""{title}:', 1),
        "variants.py": texts["variants.py"].replace(f'"""{_TITLE}:', f'"""{title}:', 1),
    }


def _notebook(title: str) -> str:
    """Return the solution, as Jupyter writes a notebook."""
    made = {
        "cells": [_cell(name, text, title) for name, text in TEXTS.items()],
        "metadata": {
            "kernelspec": {
                "display_name": "Python 3 (ipykernel)",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return f"{json.dumps(made, indent=1, ensure_ascii=False)}\n"


def _cell(name: str, text: str, title: str) -> dict[str, object]:
    if name == "title":
        text = text.replace(f"# {_TITLE}", f"# {title}", 1)
    source = text.strip("\n").splitlines(keepends=True)
    if name in CODE:
        run: dict[str, object] = {"execution_count": None, "metadata": {}, "outputs": []}
        return {"cell_type": "code", "id": name, **run, "source": source}
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}
