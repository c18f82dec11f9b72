"""Values that can be written down: scalars, those of NumPy with their type, and short tuples."""

import math
from typing import Any

MAX_ITEMS = 100
MAX_TEXT = 1_000


class Undescribable(Exception):  # noqa: N818 - it is an answer: this one trains where it is
    """A ``fit`` cannot be put into data; the message is a plain sentence that says what of it."""


def encoded(value: Any, where: str) -> Any:
    """Write a value down as JSON.

    Args:
        value: The value.
        where: What it is, for the message.

    Raises:
        Undescribable: It is an array, an object, a function, an infinite number or too long.
    """
    import numpy as np

    if isinstance(value, np.generic):
        return _scalar(value, where)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return _finite(value, where)
    if isinstance(value, str) and len(value) <= MAX_TEXT:
        return str(value)
    if isinstance(value, list | tuple) and len(value) <= MAX_ITEMS:
        return [encoded(item, where) for item in value]
    raise Undescribable(f"{where} is no plain value but {type(value).__name__}")


def _scalar(value: Any, where: str) -> Any:
    import numpy as np

    if isinstance(value, np.bool_ | np.str_):
        return value.item()
    if not isinstance(value, np.integer | np.floating):
        raise Undescribable(f"{where} is no plain value but {type(value).__name__}")
    held = value.item()
    if not isinstance(held, int | float):
        raise Undescribable(f"{where} is a {value.dtype.name}, which cannot be written down")
    return {"number": value.dtype.name, "value": _finite(held, where)}


def _finite(value: float, where: str) -> float:
    if not math.isfinite(value):
        raise Undescribable(f"{where} is {value}")
    return value
