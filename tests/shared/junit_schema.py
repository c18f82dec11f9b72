"""What Jenkins takes as JUnit XML: its xUnit plugin's junit-10.xsd, as a table.

Source: github.com/jenkinsci/xunit-plugin,
src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

# SUREFIRE_TIME; attributes that are not named here may have any text.
TIME = re.compile(r"(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?")


@dataclass(frozen=True)
class Rule:
    """What an element may have; names are separated by blanks."""

    required: str = ""
    optional: str = ""
    children: str = ""
    text: bool = False
    timed: bool = False


_OUTCOME = Rule(optional="type message", text=True)
_RERUN = Rule("type", "message", "stackTrace system-out system-err", text=True)
_OUTPUT = Rule(text=True)
RULES = {
    "testsuites": Rule(
        optional="name time tests failures errors", children="testsuite", timed=True
    ),
    "testsuite": Rule(
        "name tests failures errors",
        "group time skipped timestamp hostname id package file log url",
        "testsuite properties testcase system-out system-err",
        timed=True,
    ),
    "testcase": Rule(
        "name",
        "time classname group",
        "skipped error failure rerunFailure rerunError flakyFailure flakyError "
        "system-out system-err",
    ),
    "properties": Rule(children="property"),
    "property": Rule("name value"),
    **dict.fromkeys(("failure", "error", "skipped"), _OUTCOME),
    **dict.fromkeys(("rerunFailure", "rerunError", "flakyFailure", "flakyError"), _RERUN),
    **dict.fromkeys(("system-out", "system-err", "stackTrace"), _OUTPUT),
}  # fmt: skip


def faults(root: Element) -> list[str]:
    """Return what a validator would say against a document."""
    if root.tag not in {"testsuites", "testsuite"}:
        return [f"a document of {root.tag}"]
    return [fault for element in root.iter() for fault in _faults(element)]


def _faults(element: Element) -> Iterator[str]:
    rule = RULES[element.tag]
    names, required = set(element.keys()), set(rule.required.split())
    yield from (f"{element.tag} lacks {name}" for name in required - names)
    allowed = required | set(rule.optional.split())
    yield from (f"{element.tag} has {name}" for name in names - allowed)
    tags = {child.tag for child in element}
    yield from (f"{element.tag} holds {tag}" for tag in tags - set(rule.children.split()))
    texts = [element.text, *(child.tail for child in element)]
    if not rule.text and any(text and text.strip() for text in texts):
        yield f"{element.tag} holds text"
    if rule.timed and not TIME.fullmatch(element.get("time", "")):
        yield f"{element.tag} took {element.get('time')}"
