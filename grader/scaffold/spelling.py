"""Markers as other tools and courses spell them, rewritten to those of this kit."""

import re

from grader.release.code import CellCode
from grader.release.faults import CellFault

START, END = "### START CODE HERE", "### END CODE HERE"
_STARTS = re.compile(r"#+\s*(?:START\s+CODE(?:\s+HERE)?\b(.*)|BEGIN\s+SOLUTION\s*)", re.IGNORECASE)
_ENDS = re.compile(r"#+\s*(?:END\s+CODE(?:\s+HERE)?\b(.*)|END\s+SOLUTION\s*)", re.IGNORECASE)
# Hashes at the end, of which there may be as many as at the beginning.
_CLOSED = re.compile(r"[\s#]+$")
# It says where students begin, and not where the solution ends.
_OPEN = re.compile(r"#+\s*(?:YOUR\s+CODE|WRITE\s+YOUR\s+CODE|TODO)\b.*", re.IGNORECASE)


def rewritten(text: str) -> str:
    """Return a cell with all its markers spelled as this kit spells them.

    ``### BEGIN SOLUTION`` and ``### END SOLUTION`` are those of nbgrader. What stands behind the
    words of a marker, such as how many lines are to be written, is kept.

    Args:
        text: A cell of Python.

    Raises:
        CellFault: It is no Python, or one marks a beginning alone.
    """
    code = CellCode.of(text)
    lines = list(code.lines)
    for row, comment in code.comments.items():
        if comment.alone:
            indent = lines[row - 1].partition("#")[0]
            lines[row - 1] = indent + _spelled(comment.text)
    made = "\n".join(lines)
    if START not in made:
        _refuse_open(code)
    return made


def _spelled(comment: str) -> str:
    for pattern, marker in ((_STARTS, START), (_ENDS, END)):
        found = pattern.fullmatch(comment)
        if found:
            return f"{marker}{_CLOSED.sub('', found[1] or '')}"
    return comment


def _refuse_open(code: CellCode) -> None:
    for row, comment in code.comments.items():
        if comment.alone and _OPEN.fullmatch(comment.text) and "YOUR" in comment.text.upper():
            raise CellFault(
                row,
                f"Expected {START} above what students write and {END} below it; found "
                f"{comment.text!r}, which does not say where it ends.",
                "Write both of them.",
            )
