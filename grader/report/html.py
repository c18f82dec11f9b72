"""The report as one self-contained HTML page: no script, nothing to fetch."""

import hashlib
from base64 import b64encode
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from grader.records import CellStatus, Severity
from grader.report import charts, profiles, tables, wording
from grader.report.columns import columns
from grader.report.diagnoses import beside_curves
from grader.report.document import Report
from grader.shares import percent

_MINUTE_S = 60

_CELL = {
    CellStatus.DONE: ("Ran", "passed"),
    CellStatus.RAISED: ("Error", "failed"),
    CellStatus.TIMED_OUT: ("Out of time", "failed"),
    CellStatus.FLOODED: ("Too much output", "failed"),
    CellStatus.DIED: ("Process ended", "failed"),
    CellStatus.NOT_RUN: ("Not run", "skipped"),
}
_SEVERITY = {
    Severity.ERROR: ("Problem", "failed"),
    Severity.WARNING: ("Noticed", "skipped"),
    Severity.INFO: ("Note", "note"),
}


def render(report: Report) -> str:
    """Render a report as a complete HTML document."""
    return _template().render(
        report=report,
        tone=wording.tone(report).value,
        groups=wording.groups(report.checks),
        issues=wording.notices(report),
        style=style(),
        style_hash=policy_hash(style()),
    )


def environment_of(package: str) -> Environment:
    """Return what renders the templates of a package: all that is put into them is escaped."""
    environment = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": percent}
    return environment


@cache
def _template() -> Template:
    environment = environment_of("grader.report")
    environment.filters |= {"count": wording.count, "seconds": _seconds}
    environment.globals |= {
        "words": wording,
        "charts": charts,
        "columns": columns,
        "tables": tables,
        "profiles": profiles,
        "beside_curves": beside_curves,
        "cell_status": _CELL,
        "severity": _SEVERITY,
    }
    return environment.get_template("report.html.j2")


@cache
def style(package: str = "grader.report", name: str = "report.css") -> Markup:
    """Return a style sheet: that of reports, or one beside the templates of another package."""
    # Ours alone; nothing of a report is ever put into it.
    sheet = files(package) / "templates" / name
    return Markup(sheet.read_text(encoding="utf-8"))  # noqa: S704


def policy_hash(style: str) -> str:
    """Name the one style sheet that the page's content security policy lets in."""
    return "sha256-" + b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _seconds(value: float) -> str:
    if value < _MINUTE_S:
        return f"{value:.1f} s"
    minutes, seconds = divmod(round(value), _MINUTE_S)
    return f"{minutes} min {seconds:02} s"
