"""Writes down a value that a student's code made; it runs inside the kernel."""

from typing import Any

from grader.inspection.plain import Whole
from grader.values.encode import MAX_CHARS, TooLargeError, encode


def answer(value: object, limit: int = MAX_CHARS) -> dict[str, Any]:
    """Return a value as evidence has it.

    Args:
        value: Anything.
        limit: How many characters it may take.

    Returns:
        The ``outcome``, ``value``, ``large`` or ``unreadable``, and the ``value`` as text.
    """
    try:
        return {"outcome": "value", "value": Whole(encode(value, limit))}
    except TooLargeError:
        return {"outcome": "large", "value": Whole("")}
    except Exception:  # noqa: BLE001 - of a student's class, of which nothing can be said
        return {"outcome": "unreadable", "value": Whole("")}
