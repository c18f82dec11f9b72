"""What of a solution is in a text: runs of its tokens, whatever their spacing is."""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.notebook import source
from grader.release.cell import ReleasedCell, ReleasedRegion
from grader.release.code import SPACING
from grader.release.items import Item, LineKind

Run = tuple[str, ...]
# Of a comment, which is written for students, and of anything else. What a text has in common with
# a solution by chance is shorter: no given cell and no file of the kit has ten tokens of one.
SHORT, LONG = 4, 10
# Tokens as Python has them, in any text; hashes are no part of the code that is commented out.
_REST = (
    r"[^\W\d]\w*|\d[\w.]*(?:(?<=[eE])[-+]\d+)?|\.\d+|\.\.\.|"
    r"\*\*=?|//=?|->|:=|<<=?|>>=?|[-+*/%@&|^=<>!]=|[^\s\w#]"
)
_STRING = r"(?<!\w)[rbfuRBFU]{0,2}(?:\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*')"
_TOKEN, _UNQUOTED = re.compile(f"{_STRING}|{_REST}"), re.compile(_REST)


@dataclass(frozen=True)
class Solution:
    """The runs of tokens that students are not to get.

    Args:
        short: Of four tokens of one statement, which the rest of the notebook does not have.
        long: Of ten tokens, of which a dotted name is one.
    """

    short: frozenset[Run]
    long: frozenset[Run]

    @classmethod
    def of(cls, cells: Iterable[ReleasedCell]) -> "Solution":
        """Collect those of a notebook's code cells."""
        short, long, given = set[Run](), set[Run](), set[Run]()
        for cell in cells:
            for region in cell.regions:
                for tokens in _statements(cell, region):
                    short.update(runs(tokens, SHORT))
                everything = [t for each in _statements(cell, region) for t in each]
                long.update(runs(joined(everything), LONG))
            given.update(runs(_given(cell), SHORT))
        return cls(frozenset(short - given), frozenset(long))

    def comments(self, region: ReleasedRegion) -> dict[int, Run]:
        """Return the rows of comments that have something of the solution, each with what."""
        found: dict[int, Run] = {}
        for paragraph in _paragraphs(region.items):
            for quoted in (False, True):
                tokens = [(t, each.row) for each in paragraph for t in words(each.text, quoted)]
                for part in (tokens[at : at + SHORT] for at in range(len(tokens) - SHORT + 1)):
                    run = tuple(token for token, _ in part)
                    found |= {row: run for _, row in part if run in self.short}
        return found

    def given_away(self, text: str, *, code: bool = False) -> Run | None:
        """Return what a text has of the solution; None where it has nothing.

        Args:
            text: The text.
            code: Whether it is Python, of which the strings are looked into, too.
        """
        texts = [text, *(_strings(text) if code else ())]
        read = (words(each, quoted) for each in texts for quoted in (False, True))
        hits = self.long.intersection(run for each in read for run in runs(joined(each), LONG))
        return min(hits, default=None)


def runs(tokens: Sequence[str], length: int) -> Iterator[Run]:
    """Yield all runs of so many tokens."""
    return (tuple(tokens[at : at + length]) for at in range(len(tokens) - length + 1))


def words(text: str, quoted: bool = False) -> list[str]:  # noqa: FBT001, FBT002 - one of two ways
    """Return the tokens of a text that may be code, prose, or both.

    Args:
        text: The text.
        quoted: Whether what is in quotes is read, too, instead of being one token.
    """
    return (_UNQUOTED if quoted else _TOKEN).findall(text)


def joined(tokens: Iterable[str]) -> list[str]:
    """Return tokens with dotted names as one, as many a given cell has the same in a row."""
    found: list[str] = []
    for each in tokens:
        last = found[-1] if found else ""
        goes_on = each.isidentifier() if last.endswith(".") else each == "."
        if last.replace(".", "_").isidentifier() and goes_on:
            found[-1] += each
        else:
            found.append(each)
    return found


def _statements(cell: ReleasedCell, region: ReleasedRegion) -> Iterator[list[str]]:
    """Yield the tokens that students write, those of each logical line together."""
    kept, logical = region.kept_rows, list[str]()
    ends = frozenset(cell.code.logical.values())
    for token in cell.code.tokens:
        row = token.start[0]
        if not region.suite.first <= row <= region.suite.last:
            continue
        if token.type not in SPACING and row not in kept:
            logical.append(token.string)
        elif logical and row in ends and token.type in SPACING:
            yield logical
            logical = []
    yield logical


def _given(cell: ReleasedCell) -> list[str]:
    """Return the tokens that students get: around the markers, kept, or written for them."""
    between = [(each.suite.first, each.suite.last) for each in cell.regions]
    kept = frozenset[int]().union(*(region.kept_rows for region in cell.regions))
    tokens = [
        token.string
        for token in cell.code.tokens
        if token.type not in SPACING
        and (
            token.start[0] in kept
            or not any(first <= token.start[0] <= last for first, last in between)
        )
    ]
    items = [item for region in cell.regions for item in region.items]
    return tokens + [
        token for item in items if item.kind is LineKind.WRITTEN for token in words(item.text)
    ]


def _paragraphs(items: Sequence[Item]) -> Iterator[list[Item]]:
    paragraph: list[Item] = []
    for item in items:
        if item.kind is LineKind.COMMENT:
            paragraph.append(item)
        elif paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _strings(text: str) -> Iterator[str]:
    tree = source.parse(text)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
