"""JUnit XML for notebooks that were executed from top to bottom: one test case each."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pydantic import TypeAdapter

from grader.records import EndToEnd
from grader.report.document import Text

_WRITABLE = TypeAdapter[str](Text)


def render(results: Sequence[EndToEnd]) -> str:
    """Render the executions of notebooks as one test suite."""
    failures = sum(result.failed is not None for result in results)
    suite = Element(
        "testsuite", name="grader run", tests=str(len(results)), failures=str(failures), errors="0"
    )
    for result in results:
        case = SubElement(
            suite,
            "testcase",
            name=_WRITABLE.validate_python(str(result.path)),
            time=f"{result.wall_s:.3f}",
        )
        if result.failed is not None:
            message = _WRITABLE.validate_python(f"cell {result.failed + 1} failed: {result.error}")
            SubElement(case, "failure", message=message)
    indent(suite)
    return tostring(suite, encoding="unicode", xml_declaration=True) + "\n"
