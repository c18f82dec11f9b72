"""What the common errors raised when they were last made for real, and what is told of each."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from happy_or_sad.submission import graded

from common_errors.common_error import CommonError
from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.checks.advice import Scene
from grader.evidence import Raised
from grader.records import Plan, PlannedCell, Role

FILE = Path(__file__).with_name("recorded.json")


@cache
def _recorded() -> dict[str, dict[str, Any]]:
    recorded: dict[str, dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return recorded


def raised(error: CommonError) -> dict[str, Any]:
    """Return what the probe said of an error."""
    said: dict[str, Any] = _recorded()[error.id]["raised"]
    return said


def advice(error: CommonError) -> str:
    """Return what a student must be told; empty where nothing is sure. Written by hand."""
    return str(_recorded()[error.id]["advice"])


def ids() -> set[str]:
    """Return of which errors something is recorded."""
    return set(_recorded())


def save(said: dict[str, dict[str, Any]]) -> None:
    """Keep what was raised, and leave the advice as it is."""
    known = _recorded()
    kept = {
        name: {"advice": known.get(name, {}).get("advice", ""), "raised": each}
        for name, each in said.items()
    }
    text = json.dumps(kept, indent=1, ensure_ascii=False)
    FILE.write_text(f"{text}\n", encoding="utf-8")
    _recorded.cache_clear()


@cache
def scene(error: CommonError) -> Scene:
    """Return an error as the checks see it."""
    notebook, layout = error.variant.notebook(), happy_or_sad.layouts()[0]
    cells = tuple(
        PlannedCell(
            graded(notebook, cell.name).source if cell.name else cell.source,
            cell.role,
            cell.name,
            cell.calls,
            origin,
        )
        for origin, cell in enumerate(layout.cells)
        if cell.role is not Role.OPTIONAL
    )
    return Scene(Raised.model_validate(raised(error)), Plan(layout, cells))
