"""What an argument may be: a kind reads a value out of parsed JSON, or says what it wants."""

import math
import struct
from collections.abc import Callable
from dataclasses import dataclass

from grader.training.description import Json, Number, Value
from grader.training.refusals import Refused, shown

_WHOLE = {
    "int8": "b", "int16": "h", "int32": "i", "int64": "q",
    "uint8": "B", "uint16": "H", "uint32": "I", "uint64": "Q",
}  # fmt: skip
_REAL = {"float16": "e", "float32": "f", "float64": "d"}
MAX_NAME = 100


class UnfitError(Exception):
    """A value is not of the kind that was wanted."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value.

    Args:
        expected: What it is in words, after "must be".
        read: Takes the JSON and where it stands; returns the value, or raises ``UnfitError`` when
            it is of another kind, or ``Refused`` when something inside it is wrong.
    """

    expected: str
    read: Callable[[Json, str], Value]


def take(kind: Kind, value: Json, where: str) -> Value:
    """Read a value of a kind.

    Args:
        kind: Which.
        value: Parsed JSON.
        where: The place, for the message.

    Raises:
        Refused: It is not of that kind.
    """
    try:
        return kind.read(value, where)
    except UnfitError:
        raise Refused(f"{where} must be {kind.expected}, found {shown(value)}") from None


def whole(least: int, most: int) -> Kind:
    """A whole number within bounds, both included."""

    def read(value: Json, _: str) -> Value:
        number = _tagged(value) if isinstance(value, dict) else value
        held = number.value if isinstance(number, Number) else number
        if type(held) is not int or not least <= held <= most:
            raise UnfitError
        return held

    return Kind(f"a whole number from {least} to {most}", read)


def real(least: float, most: float) -> Kind:
    """A number within bounds, both included; one of NumPy's keeps its type."""

    def read(value: Json, _: str) -> Value:
        number = _tagged(value) if isinstance(value, dict) else value
        held = number.value if isinstance(number, Number) else number
        if type(held) not in {int, float} or not least <= held <= most:  # type: ignore[operator]
            raise UnfitError
        return number  # type: ignore[return-value]

    return Kind(f"a number from {least:g} to {most:g}", read)


def _tagged(value: dict[str, Json]) -> Number:
    if value.keys() != {"number", "value"}:
        raise UnfitError
    dtype, held = value["number"], value["value"]
    if not isinstance(dtype, str) or not isinstance(held, int | float) or isinstance(held, bool):
        raise UnfitError
    if not _exact(dtype, held):
        raise UnfitError
    return Number(dtype, held)


def _exact(dtype: str, held: float) -> bool:
    code = (_REAL if isinstance(held, float) else _WHOLE).get(dtype)
    if code is None or not math.isfinite(held):
        return False
    try:
        return bool(struct.unpack(f"={code}", struct.pack(f"={code}", held))[0] == held)
    except (struct.error, OverflowError):
        return False


def flag() -> Kind:
    """True or false."""

    def read(value: Json, _: str) -> Value:
        if not isinstance(value, bool):
            raise UnfitError
        return value

    return Kind("true or false", read)


def never() -> Kind:
    """False, of what the trainer does not do."""

    def read(value: Json, _: str) -> Value:
        if value is not False:
            raise UnfitError
        return False

    return Kind("false", read)


def one_of(*words: str) -> Kind:
    """One of a few words."""

    def read(value: Json, _: str) -> Value:
        if not isinstance(value, str) or value not in words:
            raise UnfitError
        return value

    return Kind(f"one of {', '.join(words)}" if len(words) > 1 else words[0], read)


def text(most: int = MAX_NAME) -> Kind:
    """A short printable text that is not empty, such as a metric's name."""

    def read(value: Json, _: str) -> Value:
        if not isinstance(value, str) or not 0 < len(value) <= most or not value.isprintable():
            raise UnfitError
        return value

    return Kind(f"a printable text of 1 to {most} characters", read)


def several(kind: Kind, least: int, most: int) -> Kind:
    """A short tuple."""

    def read(value: Json, where: str) -> Value:
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise UnfitError
        return tuple(kind.read(item, where) for item in value)

    count = f"{least}" if least == most else f"{least} to {most}"
    return Kind(f"a list of {count}, each {kind.expected}", read)


def pair(kind: Kind) -> Kind:
    """A tuple of two."""
    return several(kind, 2, 2)


def optional(kind: Kind) -> Kind:
    """A kind, or nothing."""

    def read(value: Json, where: str) -> Value:
        return None if value is None else kind.read(value, where)

    return Kind(f"null or {kind.expected}", read)


def either(one: Kind, other: Kind) -> Kind:
    """One kind or another."""

    def read(value: Json, where: str) -> Value:
        try:
            return one.read(value, where)
        except UnfitError:
            return other.read(value, where)

    return Kind(f"{one.expected}, or {other.expected}", read)


def mirrored(kind: Kind) -> Kind:
    """A number that is told as the range from minus itself to itself, or a kind of its own."""

    def read(value: Json, where: str) -> Value:
        match value:
            case [int() | float() as low, int() | float() as high] if low == -high:
                return kind.read(high, where)
        return kind.read(value, where)

    return Kind(f"{kind.expected}, or a range around 0", read)
