"""Reports as JUnit XML: a test suite for each submission, a test case for each check."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from grader.records import Status, Verdict
from grader.report import wording
from grader.report.document import CheckRow, Report

_TAG = {Status.FAILED: "failure", Status.SKIPPED: "skipped", Status.ERRORED: "error"}


def render(reports: Sequence[Report]) -> str:
    """Render reports as one JUnit XML document."""
    root = Element("testsuites", name="grader")
    for report in reports:
        root.append(_suite(report))
    for total in ("tests", "failures", "errors", "skipped"):
        root.set(total, str(sum(int(suite.get(total, "0")) for suite in root)))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(report: Report) -> Element:
    wall = report.execution.wall_s if report.execution else 0.0
    suite = Element("testsuite", name=report.submission.id, time=f"{wall:.3f}")
    suite.append(_properties(report))
    cases = [_case(report, check) for check in report.checks]
    if not any(case.find("error") is not None for case in cases):
        cases += _whole(report)
    suite.extend(cases)
    suite.set("tests", str(len(cases)))
    for total, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(total, str(len(suite.findall(f"testcase/{tag}"))))
    return suite


def _properties(report: Report) -> Element:
    score = report.score
    values = {
        "verdict": report.verdict.value,
        "score": f"{score.earned}/{score.possible}",
        "passed": str(score.passed).lower(),
        "pending": str(score.pending),
        "path": report.submission.path,
        "kit": report.provenance.kit,
        "issues": " ".join(dict.fromkeys(issue.code for issue in report.issues)),
    }
    properties = Element("properties")
    for name, value in values.items():
        SubElement(properties, "property", name=name, value=value)
    return properties


def _case(report: Report, check: CheckRow) -> Element:
    case = Element(
        "testcase", classname=f"{report.assignment.id}.{check.group}", name=check.id, time="0"
    )
    if check.status in _TAG:
        outcome = SubElement(case, _TAG[check.status], message=_message(check))
        if check.status is not Status.SKIPPED:
            outcome.set("type", check.status.value)
            outcome.text = _details(check)
    return case


def _message(check: CheckRow) -> str:
    if check.status is Status.FAILED:
        return check.title
    return check.actual or check.title


def _details(check: CheckRow) -> str:
    told = {"check": check.title, "expected": check.expected, "found": check.actual}
    told["hint"] = check.hint
    return "\n".join(f"{name}: {value}" for name, value in told.items() if value)


def _whole(report: Report) -> list[Element]:
    """Tell of a submission that ended without its checks, as one case of its own."""
    tags = {Verdict.REJECTED: "failure", Verdict.NEEDS_REVIEW: "error"}
    if report.verdict not in tags:
        return []
    case = Element("testcase", classname=report.assignment.id, name="submission", time="0")
    outcome = SubElement(case, tags[report.verdict], type=report.verdict.value)
    outcome.set("message", wording.reasons(report)[0])
    outcome.text = wording.first_step(report)
    return [case]
