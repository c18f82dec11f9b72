"""The report for a terminal: about one screen, the first thing to do near the top.

Whatever a student wrote is put into ``Text`` objects, which Rich never reads as markup.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.records import Severity, Status, Verdict
from grader.report import profiles, wording
from grader.report.diagnoses import beside_curves
from grader.report.document import CheckRow, IssueRow, Report, TrainingRow
from grader.report.terminal import Encodable, short, sparkline

_WIDEST = 100
_LONGEST_IN_ROW = 80
_LONGEST_GROUP = 40
_LONGEST_PROFILE = 1_000
_DETAILED = 5
_LISTED = 12
_ISSUES = 5
_MARKS = {
    Status.PASSED: ("✓", "green"),
    Status.FAILED: ("✗", "red"),
    Status.SKIPPED: ("○", "yellow"),
    Status.ERRORED: ("!", "magenta"),
}


def render(report: Report, console: Console, *, full_report: Path | None = None) -> None:
    """Print a report for the person who handed the notebook in.

    Args:
        report: What to print.
        console: Where to; its width, colours and encoding are respected.
        full_report: Where the complete report is, if it was written.
    """
    parts = [_head(report), *_sections(report)]
    if full_report is not None:
        parts.append(Text.assemble(("Full report: ", "bold"), str(full_report)))
    for number, part in enumerate(parts):
        if number:
            console.print()
        console.print(Encodable(part), width=min(console.width, _WIDEST))


def row(report: Report) -> tuple[Text, Text, Text, Text, Text]:
    """Make one line of a class: submission, verdict, points, passed or not, what failed."""
    mark, style = _MARKS[wording.tone(report)]
    score = report.score
    first, *others = _failures(report) or [""]
    passed = "passed" if score.passed else "pending" if score.pending else "not passed"
    return (
        Text(short(report.submission.id, _LONGEST_IN_ROW)),
        Text(report.verdict.value.replace("_", " "), style),
        Text(f"{score.earned}/{score.possible}", justify="right"),
        Text(f"{mark} {passed}", style),
        Text(short(first, _LONGEST_IN_ROW) + (f" and {len(others)} more" if others else "")),
    )


def _failures(report: Report) -> list[str]:
    failed = wording.with_status(report, Status.FAILED, Status.ERRORED)
    titles = [check.title for check in failed]
    return titles or ([] if report.score.passed else list(wording.reasons(report)[:1]))


def _head(report: Report) -> RenderableType:
    mark, style = _MARKS[wording.tone(report)]
    score = report.score
    title = Text.assemble(
        (short(wording.assignment(report)), "bold"), " · ", short(report.submission.path)
    )
    verdict = Text(f"{mark} {wording.headline(report)}", f"bold {style}")
    if report.verdict is not Verdict.REJECTED:
        verdict.append(f" · {score.earned} of {wording.count(score.possible, 'point')}")
    return Group(title, verdict, *(_indented(reason) for reason in wording.reasons(report)))


def _sections(report: Report) -> Iterator[RenderableType]:
    first = wording.first_step(report)
    if first:
        yield _section("What to do first", _indented(first))
    unfinished = list(_unfinished(report))
    if unfinished:
        yield _section("Checks that did not pass", *unfinished)
    if report.checks or report.trainings:
        yield _summary(report)
    issues = list(_issues(report))
    if issues:
        yield _section("Good to know", *issues)


def _section(title: str, *body: RenderableType) -> RenderableType:
    return Group(Text(title, "bold underline"), *body)


def _indented(text: str) -> RenderableType:
    return Padding(Text(short(text)), (0, 0, 0, 2))


def _unfinished(report: Report) -> Iterator[RenderableType]:
    first = wording.costliest(report)
    checks = wording.with_status(report, Status.FAILED, Status.ERRORED)
    for number, check in enumerate(checks[:_LISTED]):
        facts = _facts(check) if number < _DETAILED else {}
        if check is first:
            # What was just said above as the first thing to do need not be said again.
            facts.pop("hint" if check.hint else "found", None)
        yield _check(check, facts)
    if len(checks) > _LISTED:
        yield _indented(f"and {len(checks) - _LISTED} more")
    for reason, skipped in wording.skipped(report):
        points = wording.count(sum(check.possible for check in skipped), "point")
        what = f"{wording.count(len(skipped), 'check')} skipped ({points}): {short(reason)}"
        yield _marked(Status.SKIPPED, Text(what))


def _facts(check: CheckRow) -> dict[str, str]:
    if check.status is Status.ERRORED:
        return {"error": check.actual}
    return {"expected": check.expected, "found": check.actual, "hint": check.hint}


def _check(check: CheckRow, facts: dict[str, str]) -> RenderableType:
    title = Text.assemble(short(check.title), (f"  {check.earned}/{check.possible}", "dim"))
    lines = Table.grid(padding=(0, 2))
    for name, value in facts.items():
        if value:
            lines.add_row(Text(name, "dim"), Text(short(value)))
    return _marked(check.status, Group(title, lines) if lines.row_count else title)


def _marked(status: Status, body: RenderableType) -> Padding:
    mark, style = _MARKS[status]
    grid = Table.grid(padding=(0, 1))
    grid.add_row(Text(mark, style), body)
    return Padding(grid, (0, 0, 0, 2))


def _summary(report: Report) -> RenderableType:
    lines = Table.grid(padding=(0, 2))
    if report.checks:
        lines.add_row(Text("Points", "bold"), _points(report))
    profile = profiles.said(report)
    if profile:
        lines.add_row(Text("Profile", "bold"), Text(short(profile, _LONGEST_PROFILE)))
    graded = [each for each in report.trainings if each.graded]
    for training in graded:
        whose = f" of {short(training.name, _LONGEST_GROUP)}" if len(graded) > 1 else ""
        told = _training(training, beside_curves(report, training))
        lines.add_row(Text(f"Training{whose}", "bold"), told)
    return lines


def _points(report: Report) -> RenderableType:
    parts = []
    for group in wording.groups(report.checks):
        style = "green" if group.earned == group.possible else ""
        name = short(group.name, _LONGEST_GROUP)
        parts.append(Text(f"{name} {group.earned}/{group.possible}", style))
    return Columns(parts, padding=(0, 3))


def _training(training: TrainingRow, diagnosis: str) -> Text:
    bars = sparkline(training.accuracy)
    line = Text("\n".join(wording.outcomes(training)))
    if len(training.seeds) > 1:
        line.append(f" {wording.seeds(training)}.")
    if diagnosis:
        line.append(f"\n{diagnosis}")
    if bars:
        line.append("\n" if line else "").append(f"accuracy {bars}", "dim")
    return line


def _issues(report: Report) -> Iterable[RenderableType]:
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
    issues = sorted(wording.notices(report), key=lambda issue: order[issue.severity])
    yield from (_issue(issue) for issue in issues[:_ISSUES])
    if len(issues) > _ISSUES:
        yield _indented(f"and {len(issues) - _ISSUES} more")


def _issue(issue: IssueRow) -> RenderableType:
    where = wording.place(issue.cell)
    text = f"{where}: {issue.message}" if where else issue.message
    return _indented(f"{text} {issue.fix}")
