"""What is said of a description that the trainer does not take."""

import json
from collections.abc import Collection, Mapping

from grader.errors import GraderError
from grader.training.description import Json

_MAX_SHOWN = 60


class Refused(GraderError):  # noqa: N818 - it is an answer, not a mistake of the one who asked
    """A description is not taken; the message is one plain sentence that names the place.

    An example: ``layer 3 (Conv2D): filters must be a whole number from 1 to 4096, found 1e9``.
    """


class OtherImages(Refused):
    """A description is of images that are not those of the dataset."""


def shown(value: Json) -> str:
    """Return a value for a message, in ASCII and not longer than a line."""
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        part = value.get("part")
        return f"the object {shown(part)}" if isinstance(part, str) else "an object"
    text = json.dumps(value)
    return text if len(text) <= _MAX_SHOWN else f"{text[: _MAX_SHOWN - 3]}..."


def members(
    value: Json, where: str, required: Collection[str], optional: Collection[str] = ()
) -> Mapping[str, Json]:
    """Return an object's members.

    Args:
        value: What should be an object.
        where: What it is, for the message.
        required: Names that must be there.
        optional: Names that may be there, too; no others may.

    Raises:
        Refused: It is no object, lacks a name, or has one too many.
    """
    if not isinstance(value, dict):
        raise Refused(f"{where} must be an object, found {shown(value)}")
    for name in required:
        if name not in value:
            raise Refused(f"{where}: {name} is missing")
    for name in value:
        if name not in required and name not in optional:
            raise Refused(f"{where} takes no {shown(name)}")
    return value


def items(value: Json, where: str, most: int, least: int = 0) -> list[Json]:
    """Return a list's items.

    Raises:
        Refused: It is no list, or has fewer than ``least`` or more than ``most`` items.
    """
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise Refused(f"{where} must be a list of {least} to {most}, found {shown(value)}")
    return value


def count(value: Json, where: str, least: int, most: int) -> int:
    """Return a whole number.

    Raises:
        Refused: It is none from ``least`` to ``most``.
    """
    if type(value) is not int or not least <= value <= most:
        expected = f"a whole number from {least} to {most}"
        raise Refused(f"{where} must be {expected}, found {shown(value)}")
    return value
