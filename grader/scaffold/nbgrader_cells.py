"""Cells as nbgrader has them, turned into those of a solution of this kit."""

from collections.abc import Mapping, Sequence
from typing import Any

from grader.notebook.keys import text_of
from grader.release import nbgrader


def converted(content: Mapping[str, Any]) -> tuple[dict[str, Any], Sequence[str]]:
    """Return a notebook without what students must not get, and what was left out of it.

    Hidden tests and what tells how to mark are taken out, and so are answers in words: students
    write these where the answer was, and nothing grades them.

    Args:
        content: Of the author's notebook, which is not changed.
    """
    told: list[str] = []
    cells = [_cell(number, raw, told) for number, raw in enumerate(content["cells"], 1)]
    return {**content, "cells": cells}, told


def _cell(number: int, raw: Mapping[str, Any], told: list[str]) -> Mapping[str, Any]:
    lines = text_of(raw).split("\n")
    if nbgrader.is_solution(raw) and raw["cell_type"] != "code":
        if nbgrader.is_answer(raw):
            told.append(f"  cell {number}: your answer in words is left out; nothing grades it")
        notes = {**raw["metadata"], "editable": True}
        return {**raw, "metadata": notes, "source": [nbgrader.ANSWER]}
    gone = nbgrader.hidden("\n".join(lines))
    if not gone:
        return raw
    told.append(
        f"  cell {number}: lines {gone[0] + 1} to {gone[-1] + 1} are left out, as nbgrader hides "
        "them; write checks of them"
    )
    kept = [line for row, line in enumerate(lines) if row not in set(gone)]
    return {**raw, "source": "\n".join(kept).rstrip("\n").splitlines(keepends=True)}
