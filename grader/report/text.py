"""The report for a terminal: about one screen, the first thing to do near the top."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.records import Severity, Status, Verdict
from grader.report import wording
from grader.report.document import CheckRow, IssueRow, Report, TrainingRow

_WIDEST = 100
_DETAILED = 5
_LISTED = 12
_ISSUES = 5
_LONGEST = 240
_LONGEST_IN_ROW = 80
_BARS = "▁▂▃▄▅▆▇█"
_LONGEST_BARS = 24
_MARKS = {
    Status.PASSED: ("✓", "green"),
    Status.FAILED: ("✗", "red"),
    Status.SKIPPED: ("○", "yellow"),
    Status.ERRORED: ("!", "magenta"),
}
# One for one, so that what fitted a line still does.
_ASCII = str.maketrans("✓✗○·…\xa0\u201c\u201d\u2019" + _BARS, '+xo-~ ""\'' + "_.-:=+*#")


class Encodable:
    """Keeps a terminal or a log file that is not UTF-8 from ending in an encoding error.

    Args:
        body: What to print; characters that the console cannot encode are replaced.
    """

    def __init__(self, body: RenderableType) -> None:
        self._body = body

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self._body, options):
            yield segment._replace(text=_encodable(segment.text, options.encoding))


def render(report: Report, console: Console, *, full_report: Path | None = None) -> None:
    """Print a report for the person who handed the notebook in.

    Args:
        report: What to print.
        console: Where to; its width, colours and encoding are respected.
        full_report: Where the complete report is, if it was written.
    """
    parts = [_head(report), *_sections(report, full_report)]
    for number, part in enumerate(parts):
        if number:
            console.print()
        console.print(Encodable(part), width=min(console.width, _WIDEST))


def row(report: Report) -> tuple[Text, Text, Text, Text, Text]:
    """Make one line of a class: submission, outcome, points, passed or not, what failed."""
    mark, style = _mark(report)
    score = report.score
    first, *others = [*_failures(report), ""]
    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
    passed = "passed" if score.passed else "pending" if score.pending else "not passed"
    return (
        Text(_short(report.submission.id)),
        Text(report.verdict.value.replace("_", " "), style),
        Text(f"{score.earned}/{score.possible}", justify="right"),
        Text(f"{mark} {passed}", style),
        Text(_short(first, _LONGEST_IN_ROW) + more),
    )


def _failures(report: Report) -> list[str]:
    failed = wording.with_status(report, Status.FAILED, Status.ERRORED)
    told = [check.title for check in failed]
    return told or ([] if report.score.passed else list(wording.reasons(report)))


def _sections(report: Report, full_report: Path | None) -> Iterator[RenderableType]:
    first = wording.first_step(report)
    if first:
        yield _section("What to do first", Text(_short(first)))
    unfinished = list(_unfinished(report))
    if unfinished:
        yield _section("Checks that did not pass", *unfinished)
    if report.checks or report.trainings:
        yield _summary(report)
    issues = list(_issues(report))
    if issues:
        yield _section("Good to know", *issues)
    if full_report is not None:
        yield Text.assemble(("Full report: ", "bold"), str(full_report))


def _head(report: Report) -> RenderableType:
    mark, style = _mark(report)
    score = report.score
    title = Text.assemble((report.assignment.title, "bold"), " · ", report.submission.path)
    verdict = Text(f"{mark} {wording.headline(report)}", f"bold {style}")
    if report.verdict is not Verdict.REJECTED:
        verdict.append(f" · {score.earned} of {wording.count(score.possible, 'point')}")
    why = [Text(_short(reason)) for reason in wording.reasons(report)]
    return Group(title, verdict, *(Padding(line, (0, 0, 0, 2)) for line in why))


def _mark(report: Report) -> tuple[str, str]:
    if report.verdict is Verdict.NEEDS_REVIEW:
        return _MARKS[Status.ERRORED]
    passed = report.verdict is Verdict.GRADED and report.score.passed
    return _MARKS[Status.PASSED if passed else Status.FAILED]


def _section(title: str, *body: RenderableType) -> RenderableType:
    return Group(Text(title, "bold underline"), *(Padding(part, (0, 0, 0, 2)) for part in body))


def _unfinished(report: Report) -> Iterator[RenderableType]:
    checks = wording.with_status(report, Status.FAILED, Status.ERRORED)
    told = wording.first_step(report)
    for number, check in enumerate(checks[:_LISTED]):
        yield _check(check, detailed=number < _DETAILED, told=told)
    if len(checks) > _LISTED:
        yield Text(f"  and {len(checks) - _LISTED} more")
    for reason, skipped in wording.skipped(report):
        points = wording.count(sum(check.possible for check in skipped), "point")
        what = f"{wording.count(len(skipped), 'check')} skipped ({points}): {_short(reason)}"
        yield _marked(Status.SKIPPED, Text(what))


def _check(check: CheckRow, *, detailed: bool, told: str) -> RenderableType:
    title = Text.assemble(_short(check.title), (f"  {check.earned}/{check.possible}", "dim"))
    facts_told = [("expected", check.expected), ("found", check.actual), ("hint", check.hint)]
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    for name, value in told if detailed else []:
        if value:
            facts.add_row(name, Text(_short(value)))
    return _marked(check.status, Group(title, facts) if facts.row_count else title)


def _marked(status: Status, body: RenderableType) -> Table:
    mark, style = _MARKS[status]
    grid = Table.grid(padding=(0, 1))
    grid.add_row(Text(mark, style), body)
    return grid


def _summary(report: Report) -> RenderableType:
    lines = Table.grid(padding=(0, 2))
    if report.checks:
        lines.add_row(Text("Points", "bold"), _points(report))
    for training in report.trainings:
        lines.add_row(Text("Training", "bold"), _training(training))
    return lines


def _points(report: Report) -> Text:
    parts = []
    for group in wording.groups(report.checks):
        style = "green" if group.earned == group.possible else ""
        # A no-break space keeps a group and its points on one line.
        label = f"{group.name}\xa0{group.earned}/{group.possible}".replace(" ", "\xa0")
        parts.append(Text(label, style))
    return Text(" · ").join(parts)


def _training(training: TrainingRow) -> Text:
    bars = _sparkline(training.accuracy)
    line = Text(wording.outcome(training))
    if len(training.seeds) > 1:
        line.append(f" {wording.seeds(training)}.")
    return line.append(f"\naccuracy {bars}", "dim") if bars else line


def _sparkline(values: Sequence[float | None]) -> str:
    step = -(-len(values) // _LONGEST_BARS) or 1
    # The last value is the one that counts, so it is always among those drawn.
    drawn = list(values[::-1][::step][::-1])
    shares = (None if value is None else min(max(value, 0.0), 1.0) for value in drawn)
    return "".join(" " if s is None else _BARS[int(s * (len(_BARS) - 1))] for s in shares)


def _issues(report: Report) -> Iterable[RenderableType]:
    told = wording.rejection(report) if report.verdict is Verdict.REJECTED else None
    issues = [issue for issue in report.issues if issue is not told]
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
    issues.sort(key=lambda issue: order[issue.severity])
    yield from (_issue(issue) for issue in issues[:_ISSUES])
    if len(issues) > _ISSUES:
        yield Text(f"and {len(issues) - _ISSUES} more")


def _issue(issue: IssueRow) -> Text:
    where = wording.place(issue.cell)
    text = f"{where}: {issue.message}" if where else issue.message
    return Text(_short(f"{text} {issue.fix}".rstrip()))


def _short(text: str, longest: int = _LONGEST) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _encodable(text: str, encoding: str) -> str:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_ASCII).encode(encoding, "replace").decode(encoding)
    return text
