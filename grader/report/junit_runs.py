"""JUnit XML for notebooks that were executed from top to bottom: one test case each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement

from pydantic import TypeAdapter

from grader.records import EndToEnd
from grader.report import junit_xml
from grader.report.fields import Text

_WRITABLE = TypeAdapter[str](Text)
_NAME = "grader run"


def render(results: Sequence[EndToEnd], at: datetime) -> str:
    """Render the executions of notebooks as one test suite, written at a given time."""
    cases = [_case(name, result) for name, result in zip(_names(results), results, strict=True)]
    seconds = sum(result.wall_s for result in results)
    return junit_xml.document([junit_xml.suite(_NAME, cases, seconds, at)])


def _names(results: Sequence[EndToEnd]) -> Iterator[str]:
    seen = Counter[str]()
    for result in results:
        path = _WRITABLE.validate_python(str(result.path))
        seen[path] += 1
        yield path if seen[path] == 1 else f"{path} ({seen[path]})"


def _case(name: str, result: EndToEnd) -> Element:
    case = Element("testcase", classname=_NAME, name=name, time=f"{result.wall_s:.3f}")
    if result.failed is not None:
        message = _WRITABLE.validate_python(f"cell {result.failed + 1} failed: {result.error}")
        SubElement(case, "failure", message=message)
    return case
