"""In what a student's notebook differs from what its solution releases to."""

import json
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from grader.notebook.keys import text_of

_LONGEST = 70
_NOTES = ("metadata", "nbformat", "nbformat_minor")


def module_differences(found: bytes, expected: bytes) -> list[str]:
    """Say where two Python files begin to differ; nothing where they are the same.

    Args:
        found: The file that is there.
        expected: What students get.
    """
    if found == expected:
        return []
    there, wanted = (each.decode("utf-8", "replace") for each in (found, expected))
    return [_first_line(there, wanted) if there != wanted else "it is not in UTF-8"]


def differences(found: bytes, expected: bytes) -> list[str]:
    """Say in what two notebooks differ, a line each; nothing where they are the same.

    Args:
        found: The file that is there.
        expected: What the solution releases to.
    """
    if found == expected:
        return []
    wanted = json.loads(expected)
    try:
        there = json.loads(found)
        told = list(_differences(there, wanted))
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return ["it is no notebook"]
    return told or ["it says the same and is written otherwise, in spacing or in the order of keys"]


def _differences(there: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[str]:
    cells, right = there["cells"], wanted["cells"]
    if len(cells) != len(right):
        yield f"it has {len(cells)} cells, expected {len(right)}"
    for number, (cell, expected) in enumerate(zip_longest(cells, right), 1):
        if cell is not None and expected is not None:
            yield from (f"cell {number}: {told}" for told in _of_cell(cell, expected))
    for key in _NOTES:
        if there.get(key) != wanted.get(key):
            yield f"its {key} differ: {_shown(there.get(key))}, expected {_shown(wanted.get(key))}"


def _of_cell(cell: Mapping[str, Any], expected: Mapping[str, Any]) -> Iterator[str]:
    if text_of(cell) != text_of(expected):
        yield _first_line(text_of(cell), text_of(expected))
    for key in sorted((cell.keys() | expected.keys()) - {"source"}):
        if cell.get(key) != expected.get(key):
            yield f"its {key}: {_shown(cell.get(key))}, expected {_shown(expected.get(key))}"


def _first_line(text: str, expected: str) -> str:
    lines = zip_longest(text.split("\n"), expected.split("\n"))
    number, (found, wanted) = next(
        (number, pair) for number, pair in enumerate(lines, 1) if pair[0] != pair[1]
    )
    if found is None or wanted is None:
        return f"line {number} is {'missing' if found is None else 'one too many'}: " + _shown(
            found or wanted
        )
    return f"line {number} is {_shown(found)}, expected {_shown(wanted)}"


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return repr(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}...")
