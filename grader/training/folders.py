"""Reads what is said of the class folders that images come from."""

import re

from grader.training.description import Json
from grader.training.refusals import Refused, items, shown
from grader.training.tables.kinds import take, text

_MAX_PATH = 4_096
_DIGEST = re.compile(r"[0-9a-f]{64}")


def read_files(value: Json, where: str) -> str:
    """Read the digest of the files that were found.

    Args:
        value: Parsed JSON.
        where: Whose they are, for messages.

    Raises:
        Refused: It is none.
    """
    if not isinstance(value, str) or not _DIGEST.fullmatch(value):
        raise Refused(f"{where}: files must be 64 hexadecimal digits, found {shown(value)}")
    return value


def read_folder(value: Json, where: str) -> str:
    """Read where images were found; errors and arguments are those of ``read_files``."""
    return "" if value == "" else str(take(text(_MAX_PATH), value, f"{where}: folder"))


def read_classes(value: Json, of: str = "", least: int = 0) -> tuple[str, ...]:
    """Read names of classes, each once.

    Args:
        value: Parsed JSON.
        of: Whose they are, for messages.
        least: How many there are at least.

    Raises:
        Refused: They are no such names.
    """
    names = items(value, f"{of}classes", 1000, least=least)
    classes = tuple(str(take(text(), name, f"{of}a class")) for name in names)
    if len(set(classes)) < len(classes):
        raise Refused(f"{of}a class stands twice in classes")
    return classes
