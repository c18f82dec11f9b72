"""What nbgrader takes out of a notebook, which stands outside the markers of this kit."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from grader.notebook.keys import text_of

# What it puts in the place of an answer in words.
ANSWER = "YOUR ANSWER HERE"
_LINE = re.compile(
    r"^\s*(?:#+|=+)\s*(BEGIN|END)\s+(SOLUTION|HIDDEN\s+TESTS|MARK\s+SCHEME)\b", re.MULTILINE
)
_SOLUTION = "SOLUTION"


def is_solution(raw: Mapping[str, Any]) -> bool:
    """Whether nbgrader would take out all that a cell has, or what is marked in it."""
    notes = (raw.get("metadata") or {}).get("nbgrader")
    return isinstance(notes, dict) and notes.get("solution") is True


def is_answer(raw: Mapping[str, Any]) -> bool:
    """Whether a cell has the author's answer in words."""
    return is_solution(raw) and raw["cell_type"] != "code" and text_of(raw).strip() != ANSWER


def marked(raw: Mapping[str, Any]) -> tuple[int, str] | None:
    """Return the first line, counted from 1, that marks what nbgrader takes out, and its words."""
    text = text_of(raw)
    found = _LINE.search(text)
    if found is None:
        return None
    return text.count("\n", 0, found.start(1)) + 1, f"{found[1]} {' '.join(found[2].split())}"


def hidden(text: str) -> Sequence[int]:
    """Return the lines, from 0, of hidden tests and of what tells how to mark, markers included.

    Without an end marker, they go on to the end of the cell.
    """
    lines: list[int] = []
    within = False
    for number, line in enumerate(text.split("\n")):
        found = _LINE.match(line)
        mark = found[1] if found and found[2] != _SOLUTION else ""
        within = within or mark == "BEGIN"
        if within or mark:
            lines.append(number)
        within = within and mark != "END"
    return lines
