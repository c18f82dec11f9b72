"""Reports without what differs each time."""

from collections.abc import Collection
from typing import Any

from grader.report.document import VARYING


def steady(part: Any, dropped: Collection[str] = VARYING) -> Any:
    """Return a report, or a part of one, without some of its fields.

    Args:
        part: As JSON has it.
        dropped: Names of the fields, at any depth; by default of those that are measured.
    """
    if isinstance(part, dict):
        return {name: steady(each, dropped) for name, each in part.items() if name not in dropped}
    return [steady(each, dropped) for each in part] if isinstance(part, list) else part
