"""Notebooks as students hand them in: the solution and the course's editions, edited at will."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import editions
from at_hand import ASSIGNMENTS

from grader.assignments.assignment import Assignment
from grader.assignments.recognise import recognise
from grader.notebook.read import read
from grader.notebook.restore import restore
from grader.records import Issue, Layout, Plan

ROOT = Path(__file__).parents[2]
NAME = "C1W4_Assignment.ipynb"
SOLUTION = (ROOT / "notebooks" / "solutions" / NAME).read_bytes()
RELEASED = (ROOT / "notebooks" / NAME).read_bytes()
CALLBACK, LOADER, TRAINER = "myCallback", "image_generator", "train_happy_sad_model"

Notebook = dict[str, Any]
Edit = Callable[[Notebook], object]


@dataclass(frozen=True)
class HandedIn:
    """A notebook file in a folder of its own, and what becomes of it."""

    folder: Path
    content: Notebook = field(default_factory=lambda: json.loads(SOLUTION))

    def edited(self, *edits: Edit) -> "HandedIn":
        """Apply edits to the notebook."""
        for edit in edits:
            edit(self.content)
        return self

    @property
    def path(self) -> Path:
        """The file, written as it is now."""
        path = self.folder / NAME
        path.write_text(json.dumps(self.content), "utf-8")
        return path

    def recognised(self) -> tuple[Assignment, Layout]:
        """Find out which assignment and edition it is."""
        return recognise(read(self.path), ASSIGNMENTS)

    def plan(self) -> Plan:
        """Read, recognise and restore it."""
        submission = read(self.path)
        _, layout = recognise(submission, ASSIGNMENTS)
        return restore(submission, layout)


def course(*, marked: bool = True) -> Notebook:
    """Build a solved notebook of the course's edition of 2022."""
    content: Notebook = json.loads(json.dumps(editions.course_2022(marked=marked)))
    return content


def cell(source: str, **more: Any) -> Notebook:
    """Build a code cell."""
    return {"cell_type": "code", "metadata": {}, "outputs": [], "source": source, **more}


def text_of(one: Notebook) -> str:
    """Return a cell's source."""
    return "".join(one["source"])


def place(content: Notebook, containing: str) -> int:
    """Find the first code cell that contains a text."""
    return next(
        index
        for index, one in enumerate(content["cells"])
        if one["cell_type"] == "code" and containing in text_of(one)
    )


def insert(source: str, before: str) -> Edit:
    """Insert a code cell before the one that contains a text."""
    return lambda content: content["cells"].insert(place(content, before), cell(source))


def append(source: str) -> Edit:
    """Add a code cell at the end."""
    return lambda content: content["cells"].append(cell(source))


def replace(old: str, new: str, within: str = "") -> Edit:
    """Replace a text in all code cells that contain another one."""

    def edit(content: Notebook) -> None:
        for one in content["cells"]:
            source = text_of(one)
            if one["cell_type"] == "code" and within in source:
                one["source"] = source.replace(old, new)

    return edit


def rewrite(containing: str, source: str) -> Edit:
    """Give the code cell that contains a text another source."""
    return lambda content: content["cells"][place(content, containing)].update(source=source)


def delete(containing: str) -> Edit:
    """Delete the first code cell that contains a text."""
    return lambda content: content["cells"].pop(place(content, containing))


def strip_metadata(content: Notebook) -> None:
    """Lose all metadata and tags."""
    content["metadata"] = {}
    for one in content["cells"]:
        one["metadata"] = {}


def strip_comments(content: Notebook) -> None:
    """Lose all lines that are comments, markers among them."""
    for one in content["cells"]:
        if one["cell_type"] == "code":
            lines = text_of(one).split("\n")
            one["source"] = "\n".join(x for x in lines if not x.lstrip().startswith("#"))


def only(*names: str) -> Edit:
    """Delete all cells but those that define one of the names."""

    def edit(content: Notebook) -> None:
        wanted = tuple(f"{kind} {name}(" for name in names for kind in ("def", "class"))
        content["cells"] = [
            one for one in content["cells"] if any(text in text_of(one) for text in wanted)
        ]

    return edit


def codes(plan: Plan) -> set[str]:
    """Return the codes of a plan's issues."""
    return {issue.code for issue in plan.issues}


def issue(plan: Plan, code: str) -> Issue:
    """Return the only issue of a code."""
    found = [issue for issue in plan.issues if issue.code == code]
    assert len(found) == 1, found
    return found[0]


def sources(plan: Plan) -> list[str]:
    """Return what is run."""
    return [planned.source for planned in plan.cells]


def graded(plan: Plan, name: str) -> str:
    """Return the graded cell of a name."""
    return next(planned.source for planned in plan.cells if planned.name == name)


def position(plan: Plan, containing: str) -> int:
    """Return where in a plan the first cell with a text is."""
    return next(i for i, source in enumerate(sources(plan)) if containing in source)
