"""A mutant: the solution with one small change, as a student might have written it."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from grader.audit.cell_text import Span

_CONTEXT = 1


@dataclass(frozen=True, slots=True)
class Replacement:
    """A text that takes the place of another one.

    Args:
        span: Where that stands.
        text: What stands there instead.
    """

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an operator would change.

    Args:
        changes: In the cell, none of them within another one.
        summary: What it does, in a phrase, such as ``loss: "mse" for "binary_crossentropy"``.
    """

    changes: tuple[Replacement, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """A cell of the solution with one change.

    Args:
        operator: Name of what has changed it.
        cell: The graded name that the cell defines.
        line: The first line that differs, from 1.
        summary: What was changed, in a phrase.
        original: The cell as the solution has it.
        text: The cell as it is now.
    """

    operator: str
    cell: str
    line: int
    summary: str
    original: str
    text: str

    @property
    def id(self) -> str:
        """Names it: the same for the same change of the same cell."""
        digest = sha256(f"{self.cell}\0{self.original}\0{self.text}".encode()).hexdigest()
        return f"{self.operator}-{digest[:8]}"

    @property
    def diff(self) -> str:
        """The lines that differ, each with what it was, and one line around them."""
        lines = difflib.unified_diff(
            self.original.split("\n"), self.text.split("\n"), n=_CONTEXT, lineterm=""
        )
        return "\n".join(list(lines)[2:])


def changed(text: str, changes: Sequence[Replacement]) -> str:
    """Return a text with changes made.

    Raises:
        ValueError: One of them is within another one.
    """
    ordered = sorted(changes, key=lambda each: each.span)
    _refuse_overlap([each.span for each in ordered])
    for change in reversed(ordered):
        text = text[: change.span.start] + change.text + text[change.span.end :]
    return text


def _refuse_overlap(spans: Iterable[Span]) -> None:
    end = 0
    for span in spans:
        if span.start < end:
            raise ValueError("a change is within another one")
        end = span.end
