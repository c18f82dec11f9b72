"""The comments with which an author says what students get in the place of a line."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from grader.release.code import CellCode, Comment
from grader.release.faults import CellFault
from grader.release.items import depth

_KNOWN = re.compile(r"#+[ \t]*release:[ \t]*(keep|drop)[ \t]*", re.IGNORECASE)
_AS = re.compile(r"#+[ \t]*release[ \t]+as:(?: |$)(.*)", re.IGNORECASE)
# What is so nearly one of them that it is no remark for students.
_MEANT = re.compile(
    r"#+[ \t]*release(?:[ \t]*:|[ \t]+as[ \t]*:|[ \t_-]*(?:keep|drop)[ \t]*$)", re.IGNORECASE
)
_FORMS = "# release: keep, # release: drop or # release as: CODE"


class Verb(StrEnum):
    """What students get: the same, nothing, or something else."""

    KEEP = "keep"
    DROP = "drop"
    AS = "as"


@dataclass(frozen=True, slots=True)
class Directive:
    """What an author's comments say of one thing.

    Args:
        verb: What students get.
        row: Where the first of them stands.
        depth: How far that one is indented.
        text: Lines of code that stand in its place.
        rows: Where they all stand.
    """

    verb: Verb
    row: int
    depth: int
    text: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()


@dataclass(slots=True)
class Directives:
    """All of a cell; each is about one thing, and has to be used.

    Args:
        by_row: By the row in which each stands.
        alone: The rows of those that have a line of their own.
    """

    by_row: Mapping[int, Directive]
    alone: frozenset[int]
    _used: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, code: CellCode) -> "Directives":
        """Read a cell's.

        Raises:
            CellFault: One is misspelled.
        """
        found = {
            row: _read(comment, depth(code.line(row))) for row, comment in code.comments.items()
        }
        by_row = {row: directive for row, directive in found.items() if directive}
        return cls(by_row, frozenset(row for row in by_row if code.comments[row].alone))

    def above(self, row: int, line: str) -> Directive | None:
        """Take what stands on lines of its own directly above a row, and is indented as it is.

        Raises:
            CellFault: These lines contradict each other.
        """
        first = row
        while first - 1 in self.alone and self.by_row[first - 1].depth == depth(line):
            first -= 1
        return self._take(range(first, row))

    def behind(self, first: int, last: int) -> Directive | None:
        """Take what stands behind the code of some rows."""
        rows = (row for row in range(first, last + 1) if row in self.by_row)
        return self._take([row for row in rows if row not in self.alone])

    def speaks(self, first: int, last: int) -> bool:
        """Whether one stands behind the code of some rows; it is not taken."""
        return any(row in self.by_row and row not in self.alone for row in range(first, last + 1))

    def unused(self) -> Iterator[Directive]:
        """Yield those that were not taken, in order."""
        return (each for row, each in sorted(self.by_row.items()) if row not in self._used)

    def _take(self, rows: Iterable[int]) -> Directive | None:
        found = [self.by_row[row] for row in rows]
        if not found:
            return None
        self._used.update(each.row for each in found)
        if len(found) > 1 and any(each.verb is not Verb.AS for each in found):
            raise CellFault(
                found[1].row,
                f"There are {len(found)} comments about the same lines.",
                "Leave one of them; only # release as: may have several lines.",
            )
        texts = tuple(line for each in found for line in each.text)
        rows = tuple(each.row for each in found)
        return Directive(found[0].verb, rows[0], found[0].depth, texts, rows)


def stripped(line: str, comment: Comment) -> str:
    """Return a line without the comment that is behind its code."""
    return line[: line.rindex(comment.text)].rstrip()


def _read(comment: Comment, indented: int) -> Directive | None:
    if (known := _KNOWN.fullmatch(comment.text)) is not None:
        return Directive(Verb(known[1].lower()), comment.row, indented)
    if (other := _AS.fullmatch(comment.text)) is not None and other[1].strip():
        return Directive(Verb.AS, comment.row, indented, (other[1].rstrip(),))
    if _MEANT.match(comment.text):
        raise CellFault(
            comment.row,
            f"Expected {_FORMS}; found {comment.text.strip()!r}.",
            "Write one of these, or word the comment otherwise if students are to read it.",
        )
    return None
