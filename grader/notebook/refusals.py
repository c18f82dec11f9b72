"""Says what a file is that should be a notebook and is none."""

import json
import re
import stat
from collections.abc import Mapping

from grader.errors import RejectedError

RESAVE = "Open it in Jupyter, choose File > Save Notebook, and hand in that file."
_HAND_IN = "Hand in the .ipynb file that Jupyter saved"
# How an unfinished word or escape can look at the end of a file that breaks off.
_LAST = 8
_SHOWN_KEYS, _LONGEST_KEY = 5, 40
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_FORMATS = (
    (b"PK\x03\x04", "an archive (zip)"),
    (b"\x1f\x8b", "an archive (gzip)"),
    (b"7z\xbc\xaf", "an archive (7z)"),
    (b"Rar!", "an archive (rar)"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_KINDS = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))


def kind(mode: int) -> str:
    """Name what is there instead of a file."""
    return next((name for test, name in _KINDS if test(mode)), "a device")


def not_text(content: bytes, error: UnicodeDecodeError) -> RejectedError:
    """Refuse bytes that are no text."""
    known = next((name for mark, name in _FORMATS if content.startswith(mark)), None)
    if known:
        return RejectedError(
            "not-a-notebook", f"Expected a notebook, found {known}.",
            f"{_HAND_IN}, as it is: not packed, printed or photographed.",
        )  # fmt: skip
    if error.end >= len(content) and "unexpected end" in error.reason:
        return _truncated("in the middle of a character")
    return RejectedError(
        "not-text",
        f"Expected a notebook in UTF-8, found other bytes at position {error.start}.",
        RESAVE,
    )


def not_json(text: str, error: json.JSONDecodeError) -> RejectedError:
    """Refuse text that is no JSON."""
    start = text.lstrip()[:200].lower()
    where = f"line {error.lineno}, column {error.colno}"
    if start.startswith("<") and not _CONFLICT.match(start):
        return RejectedError(
            "html", "Expected a notebook, found a web page saved as .ipynb.",
            "Download the notebook itself: in Jupyter, File > Download.",
        )  # fmt: skip
    if start.startswith("%pdf"):
        return RejectedError(
            "not-a-notebook", "Expected a notebook, found a PDF.", f"{_HAND_IN}, not a print of it."
        )
    if _CONFLICT.search(text):
        return RejectedError(
            "merge-conflict", f"Git left its conflict marks in the file, near {where}.",
            "Resolve the conflict (git checkout --ours or --theirs) and hand in the result.",
        )  # fmt: skip
    if not start.startswith("{"):
        return RejectedError(
            "not-json", "Expected a notebook, found plain text or a script.",
            f"{_HAND_IN}, not an export of it.",
        )  # fmt: skip
    if error.pos >= len(text.rstrip("\0 \t\r\n")) - _LAST or "Unterminated" in error.msg:
        return _truncated(f"at {where}")
    return RejectedError("not-json", f"Its JSON is broken at {where}: {error.msg}.", RESAVE)


def no_cells(document: Mapping[str, object]) -> RejectedError:
    """Refuse JSON without cells."""
    keys = [repr(key)[:_LONGEST_KEY] for key in sorted(document)[:_SHOWN_KEYS]]
    found = ", ".join(keys) or "nothing"
    return RejectedError(
        "not-a-notebook", f"Expected a notebook with a list of cells, found: {found}.", RESAVE
    )


def _truncated(where: str) -> RejectedError:
    return RejectedError(
        "truncated", f"The notebook breaks off {where}: its end is missing.",
        "The upload was cut short or the disk was full: save and hand it in again.",
    )  # fmt: skip
