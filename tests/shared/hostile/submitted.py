"""Hostile notebooks as they are handed in: within an honest submission."""

from collections.abc import Iterable
from typing import Any

import nbformat

from grader.records import Role
from hostile.attack import Attack
from hostile.surroundings import Surroundings


def plain(attacks: Iterable[Attack]) -> list[Attack]:
    """Return those that need no special system and no probe of their own."""
    return [
        each
        for each in attacks
        if not each.needs
        and all(cell.role is Role.REQUIRED and not cell.calls for cell in each.cells)
    ]


def whole(attack: Attack, around: Surroundings, honest: Any) -> Any:
    """Put the cells of an attack before those of an honest submission.

    Args:
        attack: What is tried.
        around: What it is tried on.
        honest: The notebook of the submission; changed.
    """
    cells = [nbformat.v4.new_code_cell(around.filled(cell.source)) for cell in attack.cells]
    honest.cells[:0] = cells
    return honest
