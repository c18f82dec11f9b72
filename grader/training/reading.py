"""Bytes that anybody may have written, read as JSON within bounds."""

import json
import math
import re
from typing import NoReturn

from grader.training.description import Json
from grader.training.refusals import Refused, shown

MAX_BYTES = 1 << 20
MAX_DEPTH = 24
_MAX_DIGITS = 20
# A text that does not end reaches to the end, so that no byte is looked at twice.
_TEXT = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")


def read(raw: bytes) -> Json:
    """Read one JSON document.

    Args:
        raw: The bytes.

    Raises:
        Refused: They are too many, nested too deep or no JSON in UTF-8; or a number is infinite, a
            name stands twice in an object, or a text holds half a character.
    """
    if len(raw) > MAX_BYTES:
        raise Refused(f"the description may have at most {MAX_BYTES} bytes, it has {len(raw)}")
    _refuse_depth(raw)
    try:
        found: Json = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_int=_whole,
            parse_float=_real,
        )
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    except UnicodeError:
        raise Refused("the description is not UTF-8 throughout") from None
    except ValueError as error:
        raise Refused(f"the description is not JSON: {error}") from None
    return found


def _refuse_depth(raw: bytes) -> None:
    """Count brackets before anything is parsed: the parser would follow them down its own stack."""
    depth = 0
    for bracket in _BRACKET.findall(_TEXT.sub(b"", raw)):
        depth += 1 if bracket in b"[{" else -1
        if depth > MAX_DEPTH:
            raise Refused(f"the description may be nested at most {MAX_DEPTH} deep")


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for name, value in pairs:
        if name in found:
            raise Refused(f"the name {shown(name)} stands twice in one object")
        found[name] = value
    return found


def _constant(name: str) -> NoReturn:
    raise Refused(f"a number must be finite, found {name}")


def _whole(text: str) -> int:
    if len(text) > _MAX_DIGITS:
        raise Refused(f"a number may have at most {_MAX_DIGITS} digits, found {len(text)}")
    return int(text)


def _real(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise Refused(f"a number must be finite, found {shown(text)}")
    return number
