"""Reports as JUnit XML: a test suite for each submission, a test case for each check."""

from collections.abc import Sequence
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement

from grader.records import Status, Verdict
from grader.report import junit_xml, profiles, wording
from grader.report.document import CheckRow, Report

_TAG = {Status.FAILED: "failure", Status.SKIPPED: "skipped", Status.ERRORED: "error"}


def render(reports: Sequence[Report], at: datetime) -> str:
    """Render reports as one JUnit XML document, written at a given time."""
    return junit_xml.document([_suite(report, at) for report in reports])


def _suite(report: Report, at: datetime) -> Element:
    cases = [_case(report, check) for check in report.checks]
    if not any(case.find("error") is not None for case in cases):
        cases += _whole(report)
    seconds = report.execution.wall_s if report.execution else 0.0
    return junit_xml.suite(report.submission.id, [_properties(report), *cases], seconds, at)


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
    if profile := profiles.said(report):
        values["profile"] = profile
    properties = Element("properties")
    for name, value in values.items():
        SubElement(properties, "property", name=name, value=value)
    return properties


def _case(report: Report, check: CheckRow) -> Element:
    case = Element("testcase", classname=_class(report), name=check.title, time="0")
    case.set("group", check.group)
    if check.status in _TAG:
        outcome = SubElement(case, _TAG[check.status], message=_message(check))
        if check.status is not Status.SKIPPED:
            outcome.set("type", check.status.value)
            outcome.text = _details(check)
    return case


def _class(report: Report) -> str:
    # Readers take cases with the same class and name for one, whatever suites they are in.
    assignment = report.assignment.id if report.assignment else "no-assignment"
    return f"{assignment}.{report.submission.id}"


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
    case = Element("testcase", classname=_class(report), name="submission", time="0")
    outcome = SubElement(case, tags[report.verdict], type=report.verdict.value)
    outcome.set("message", wording.reasons(report)[0])
    outcome.text = wording.first_step(report)
    return [case]
