"""The audit as one self-contained HTML page: no script, nothing to fetch."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from jinja2 import Template

from grader.audit import wording
from grader.audit.document import Audit, CheckColumn, Fate, SpecimenRow
from grader.audit.specimens import SpecimenKind
from grader.records import Status
from grader.report import html

# How a cell is shown: its class, a sign, and what the sign means.
SIGNS: dict[Status | None, tuple[str, str, str]] = {
    Status.PASSED: ("pass", "·", "passes"),
    Status.FAILED: ("fail", "✕", "fails"),
    Status.SKIPPED: ("skip", "○", "is skipped, as something before it failed"),
    Status.ERRORED: ("error", "!", "is not decided: the grader or the assignment's code failed"),
    None: ("open", "…", "is not asked, as another check failed before the training was over"),
}
_TITLES = {
    SpecimenKind.SOLUTION: "What is right, and what is empty",
    SpecimenKind.STARTER: "What is right, and what is empty",
    SpecimenKind.VARIANT: "What is right, and what is empty",
    SpecimenKind.MISTAKE: "Mistakes",
}
# Of a check that so many mutants lose, the shade of its column's number: a fifth each.
_SHADES = 5


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of the matrix that stand together."""

    title: str
    rows: list[SpecimenRow]


def render(audit: Audit) -> str:
    """Render an audit as a complete HTML document."""
    style = html.style() + html.style("grader.audit", "audit.css")
    return _template().render(
        audit=audit,
        bands=list(bands(audit)),
        counts=list(wording.counts(audit)),
        findings=list(wording.findings(audit)),
        style=style,
        style_hash=html.policy_hash(style),
    )


def bands(audit: Audit) -> Iterator[Band]:
    """Yield the rows of the matrix, those that are of a kind or of a cell together."""
    # Variants may be written in any order.
    grouped = defaultdict[str, list[SpecimenRow]](list)
    for row in audit.specimens:
        grouped[_band(row)].append(row)
    for title, rows in grouped.items():
        yield Band(title, sorted(rows, key=lambda row: row.line or 0))


def _band(row: SpecimenRow) -> str:
    return _TITLES.get(row.kind) or f"Mutants of {row.cell}"


def shade(check: CheckColumn, audit: Audit) -> int:
    """Return how dark the number of a check is, from 0 for none to 5 for all mutants."""
    share = check.killed / audit.changed if audit.changed else 0
    return min(_SHADES, int(share * _SHADES) + 1) if check.killed else 0


@cache
def _template() -> Template:
    environment = html.environment_of("grader.audit")
    environment.globals |= {
        "words": wording, "signs": SIGNS, "shade": shade, "fates": Fate,
    }  # fmt: skip
    return environment.get_template("audit.html.j2")
