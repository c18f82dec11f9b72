"""Says what is wrong with text that should be the JSON of a notebook."""

import json
import re

from grader.errors import RejectedError
from grader.notebook.filetypes import HAND_IN

_OTHERWISE = f"or {HAND_IN[0].lower()}{HAND_IN[1:]}."
_UNDO = f"Undo there what was changed outside of Jupyter, {_OTHERWISE}"
_WORDS = ("true", "false", "null", "NaN", "Infinity", "-Infinity")
# How an escape, and a number, can look at the end of a file that breaks off.
_HALF_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{0,3})?\Z")
_HALF_NUMBER = re.compile(r"\d(?:\.|\.?\d*[eE][+-]?)\Z")
# What stands where the JSON breaks, and what that is.
_FOUND = (
    (re.compile(r"'"), "it has single quotes where JSON has double ones, as Python prints them"),
    (re.compile("[\u201c\u201d\u201e\u2018\u2019]"), "it has quotes of a word processor"),
    (
        re.compile(r"(?:True|False|None)\b"),
        "it has Python's words for true, false or null",
    ),
    (re.compile(r"#|//|/\*"), "it has a comment, which JSON does not know"),
    (re.compile(r"[\n\r\t]"), "a line ends, or a tab stands, within quotes"),
)


def broken(text: str, error: json.JSONDecodeError) -> RejectedError:
    """Refuse JSON that is broken.

    Args:
        text: All of it, without what is blank at its end.
        error: What was found.
    """
    where = f"line {error.lineno}, column {error.colno}"
    if _breaks_off(text, error):
        return truncated(f"at {where}")
    if error.msg == "Extra data":
        return _more(text[error.pos :], where)
    if _comma_before_end(text, error.pos):
        found = "a comma stands before the closing bracket"
        return RejectedError(
            "not-json",
            f"Its JSON is broken at {where}: {found}.",
            f"Remove that comma in a text editor, {_OTHERWISE}",
        )
    known = (what for mark, what in _FOUND if mark.match(text, error.pos))
    return RejectedError(
        "not-json", f"Its JSON is broken at {where}: {next(known, error.msg)}.", _UNDO
    )


def truncated(where: str) -> RejectedError:
    """Refuse a notebook whose end is missing."""
    return RejectedError(
        "truncated", f"The notebook breaks off {where}: its end is missing.",
        "The upload was cut short or the disk was full: save and hand it in again.",
    )  # fmt: skip


def _breaks_off(text: str, error: json.JSONDecodeError) -> bool:
    rest = text[error.pos :]
    return (
        "Unterminated" in error.msg
        or any(word.startswith(rest) for word in _WORDS)
        or bool("escape" in error.msg and _HALF_ESCAPE.search(text, max(0, len(text) - 6)))
        or bool(len(rest) <= len("e+") and _HALF_NUMBER.search(text, max(0, error.pos - 1)))
    )


def _more(rest: str, where: str) -> RejectedError:
    if rest.startswith("{") and '"cells"' in rest:
        return RejectedError(
            "two-notebooks", f"The file holds two notebooks: the second one begins at {where}.",
            f"{HAND_IN}, with one notebook in it.",
        )  # fmt: skip
    return RejectedError(
        "not-json", f"The notebook ends at {where}, and something else follows.",
        f"Remove what follows in a text editor, {_OTHERWISE}",
    )  # fmt: skip


def _comma_before_end(text: str, place: int) -> bool:
    # Python 3.13 points at the comma, older ones at what follows it.
    start = place if text.startswith(",", place) else len(text[:place].rstrip()) - 1
    return text.startswith(",", start) and text[start + 1 :].lstrip().startswith(("}", "]"))
