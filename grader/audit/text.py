"""The audit for a terminal: about one screen, what is to be done first near the top."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.audit import wording
from grader.audit.document import Audit, Fate, SpecimenRow
from grader.report.terminal import Encodable, short

_WIDEST = 100
_MOST = 10
_SIGNS = {"+": "green", "-": "red", "@": "cyan"}


def render(audit: Audit, console: Console, *, page: Path | None = None) -> None:
    """Print an audit for the author of the rubric.

    Args:
        audit: What to print.
        console: Where to; its width, colours and encoding are respected.
        page: Where the complete page is, if it was written.
    """
    parts = [_head(audit), _counts(audit), *_sections(audit)]
    if page is not None:
        parts.append(Text.assemble(("Matrix and all else: ", "bold"), str(page)))
    for number, part in enumerate(parts):
        if number:
            console.print()
        console.print(Encodable(part), width=min(console.width, _WIDEST))


def _head(audit: Audit) -> RenderableType:
    style = "green" if audit.passed else "red"
    return Group(
        Text.assemble((audit.assignment.title, "bold"), f" · version {audit.assignment.version}"),
        Text(wording.verdict(audit), f"bold {style}"),
        *([Text(wording.QUICK)] if audit.quick else []),
        *([Text(wording.EARLY)] if audit.early else []),
        *([Text(wording.sample(audit.sample))] if audit.sample else []),
    )


def _counts(audit: Audit) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    for name, said, right in wording.counts(audit):
        table.add_row(Text(name), Text(said, "" if right else "red"))
    return table


def _sections(audit: Audit) -> Iterator[RenderableType]:
    yield from _specimens("Not as foretold", audit.with_fate(Fate.WRONG), audit)
    yield from _specimens("Mutants that live", audit.with_fate(Fate.ALIVE), audit)
    for title, lines in wording.findings(audit):
        yield _section(title, [Text(f"- {line}") for line in lines])


def _specimens(title: str, rows: Sequence[SpecimenRow], audit: Audit) -> Iterator[RenderableType]:
    if rows:
        shown = [Padding(_specimen(row, audit), (0, 0, 1, 0)) for row in rows[:_MOST]]
        more = [Text(f"and {len(rows) - _MOST} more")] if rows[_MOST:] else []
        yield _section(title, [*shown, *more])


def _specimen(row: SpecimenRow, audit: Audit) -> RenderableType:
    head = Text.assemble((row.id, "bold"), f"  {wording.place(row)}{short(row.about)}")
    said = wording.came_to(row, audit)
    diff = [Text(line, _SIGNS.get(line[:1], "dim")) for line in row.diff.split("\n") if line]
    return Group(
        head, *([Text(said)] if said else []), *(Padding(each, (0, 0, 0, 4)) for each in diff)
    )


def _section(title: str, lines: Sequence[RenderableType]) -> RenderableType:
    return Group(Text(title, "bold"), *(Padding(line, (0, 0, 0, 2)) for line in lines))
