"""Releases cells and notebooks that tests write down."""

import json
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import indent
from typing import Any

from grader.release.student import Known, Student, made_of

KNOWN = Known("areas", "1", ("area",))
SOLUTION = Path("areas.ipynb")
START, END = "### START CODE HERE", "### END CODE HERE"
HEAD = "# GRADED FUNCTION: area\ndef area(width, height):\n"
Json = dict[str, Any]


def code(source: str, **notes: object) -> Json:
    """Return a code cell as Jupyter saves it after it was run."""
    output = {"output_type": "stream", "name": "stdout", "text": source}
    return {
        "cell_type": "code", "execution_count": 7, "id": f"c{zlib.crc32(source.encode())}",
        "metadata": notes, "outputs": [output], "source": source,
    }  # fmt: skip


def text(source: str, **more: object) -> Json:
    """Return a Markdown cell."""
    return {"cell_type": "markdown", "id": "text", "metadata": {}, "source": source, **more}


def notebook(*cells: Mapping[str, Any]) -> Json:
    """Return a notebook."""
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def released(*cells: Mapping[str, Any]) -> Student:
    """Release a notebook of these cells."""
    return made_of(notebook(*cells), KNOWN, SOLUTION)


def cells_of(student: Student) -> Sequence[Json]:
    """Return the cells of a student's notebook, with their texts as one."""
    cells = json.loads(student.content)["cells"]
    return [cell | {"source": "".join(cell["source"])} for cell in cells]


def got(source: str, *others: Mapping[str, Any]) -> str:
    """Return what students get of a cell."""
    source_got: str = cells_of(released(code(source), *others))[0]["source"]
    return source_got


def framed(region: str, after: str = "") -> str:
    """Write a graded function with something between its markers."""
    return HEAD + indent(f"{START}\n{region}\n{END}\n{after}", "    ").rstrip()


def between(region: str, after: str = "") -> str:
    """Return what students get between the markers of a function, without its indentation."""
    lines = got(framed(region, after)).split("\n")
    rows = [number for number, line in enumerate(lines) if line.strip() in {START, END}]
    return "\n".join(line.removeprefix("    ") for line in lines[rows[0] + 1 : rows[1]])
