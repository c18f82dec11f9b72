"""The lines that students get between two markers, each with where it comes from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto


class LineKind(Enum):
    """What a line is."""

    KEPT = auto()
    PLACEHOLDER = auto()
    WRITTEN = auto()
    COMMENT = auto()
    BLANK = auto()


_CODE = frozenset({LineKind.KEPT, LineKind.PLACEHOLDER, LineKind.WRITTEN})


@dataclass(frozen=True, slots=True)
class Item:
    """A line that students get.

    Args:
        kind: Whether the author wrote it so, and for whom.
        text: The line, with its indentation.
        row: The row of the solution that it stands for.
    """

    kind: LineKind
    text: str
    row: int

    @property
    def is_code(self) -> bool:
        """Whether Python sees it."""
        return self.kind in _CODE


def indentation(line: str) -> str:
    """Return the blanks and tabs that a line begins with."""
    return line[: len(line) - len(line.lstrip(" \t"))]


def depth(line: str) -> int:
    """Return how far a line is indented, in columns, as Python counts tabs."""
    return len(indentation(line).expandtabs())


def tidied(items: Sequence[Item], first: int, last: int) -> list[Item]:
    """Leave out placeholders that repeat the one before, and blank lines that have lost their line.

    Args:
        items: Lines in order.
        first: The first row that they stand for.
        last: The last one.
    """
    kept = list(_spaced(_without_repeats(items)))
    while kept and kept[0].kind is LineKind.BLANK and kept[0].row != first:
        kept.pop(0)
    while kept and kept[-1].kind is LineKind.BLANK and kept[-1].row != last:
        kept.pop()
    return kept


def _without_repeats(items: Iterable[Item]) -> Iterator[Item]:
    before = None
    for item in items:
        # Of several arguments, the last one need not have a comma.
        text = item.text.rstrip(",") if item.kind is LineKind.PLACEHOLDER else None
        if text is not None and text == before:
            continue
        if item.kind is not LineKind.BLANK:
            before = text
        yield item


def _spaced(items: Iterable[Item]) -> Iterator[Item]:
    """Leave out blank lines that follow another one and did not before."""
    before = None
    for item in items:
        both = item.kind is LineKind.BLANK and before is not None and before.kind is LineKind.BLANK
        if not both or (before is not None and item.row == before.row + 1):
            yield item
            before = item
