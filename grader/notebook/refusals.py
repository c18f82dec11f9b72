"""Says what a file is that should be a notebook and is none."""

import json
import re
from collections.abc import Mapping

from grader.errors import RejectedError
from grader.notebook import json_faults
from grader.notebook.filetypes import HAND_IN

RESAVE = (
    "Find the notebook that you worked in. Open it in Jupyter, choose File > Save Notebook, and "
    "hand in that file."
)
_DOWNLOAD = "Download the notebook itself: in Jupyter, File > Download."
_SHOWN_KEYS, _LONGEST_KEY = 5, 40
_ADDRESS = re.compile(r"\s*https?://\S+\s*", re.IGNORECASE)
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_WRONG_CELLS = {dict: "an object", str: "a text", type(None): "null"}
_JSON = {bool: "true or false", int: "number", float: "number", str: "text", list: "list"}


def not_text(content: bytes, error: UnicodeDecodeError) -> RejectedError:
    """Refuse bytes that are no text in UTF-8."""
    if error.reason == "truncated data" or _ends_within_a_character(content):
        return json_faults.truncated("in the middle of a character")
    if not content.lstrip().startswith(b"{"):
        return RejectedError(
            "not-text", "Expected a notebook, found a file that is no text.", f"{HAND_IN}."
        )
    line = content.count(b"\n", 0, error.start) + 1
    return RejectedError(
        "not-text",
        f"Expected a notebook in UTF-8, found another encoding: byte {content[error.start]:#04x} "
        f"in line {line}.",
        "Save it as UTF-8 in the editor that changed it, or hand in the .ipynb file that Jupyter "
        "saved.",
    )


def _ends_within_a_character(content: bytes) -> bool:
    whole = content.rstrip(b"\0")
    try:
        whole.decode()
    except UnicodeDecodeError as error:
        return error.end >= len(whole) and "unexpected end" in error.reason
    return False


def not_json(text: str, error: json.JSONDecodeError) -> RejectedError:
    """Refuse text that is no JSON.

    Args:
        text: All of it, without what is blank at its end.
        error: What was found.
    """
    start = text.lstrip()[:200].lower()
    if _CONFLICT.search(text):
        return RejectedError(
            "merge-conflict",
            f"Git left its conflict marks in the file, near line {error.lineno}.",
            "Keep one side of each conflict and remove the marks, as git checkout --ours or "
            "--theirs does while the merge is open; then hand in the result.",
        )
    if start.startswith("version https://git-lfs"):
        return RejectedError(
            "link", "Expected a notebook, found a pointer of Git LFS to one.",
            "Fetch the notebook itself (git lfs pull) and hand in that.",
        )  # fmt: skip
    if start.startswith("[internetshortcut]") or _ADDRESS.fullmatch(text):
        return RejectedError("link", "Expected a notebook, found a link.", _DOWNLOAD)
    if start.startswith("<"):
        return _marked_up(start)
    if not start.startswith(("{", "[")):
        return _plain(text)
    return json_faults.broken(text, error)


def _marked_up(start: str) -> RejectedError:
    if start.startswith("<?xml") and "<html" not in start:
        return RejectedError("not-a-notebook", "Expected a notebook, found XML.", f"{HAND_IN}.")
    return RejectedError("html", "Expected a notebook, found a web page.", _DOWNLOAD)


def _plain(text: str) -> RejectedError:
    found = "a script that was exported from one" if "# In[" in text else "plain text or a script"
    return RejectedError(
        "not-json", f"Expected a notebook, found {found}.", f"{HAND_IN}, not an export of it."
    )


def no_object(document: object) -> RejectedError:
    """Refuse JSON that is a list, a text or a number."""
    found = f"a JSON {_JSON[type(document)]}" if document is not None else "JSON's null"
    return RejectedError("not-a-notebook", f"Expected a notebook, found {found}.", f"{HAND_IN}.")


def no_cells(document: Mapping[str, object]) -> RejectedError:
    """Refuse JSON without cells."""
    if "doc_id" in document or "google.com/" in str(document.get("url"))[:200]:
        return RejectedError(
            "link", "Expected a notebook, found a link to a file in Google Drive.",
            "In Colab, choose File > Download > Download .ipynb, and hand in that file.",
        )  # fmt: skip
    for key, value in document.items():
        if isinstance(value, dict) and isinstance(value.get("cells"), list):
            return RejectedError(
                "wrapped",
                f"Expected a notebook, found one within another document, as {_key(key)}.",
                _DOWNLOAD,
            )
    found = ", ".join(map(_key, sorted(document)[:_SHOWN_KEYS])) or "nothing"
    if "cells" in document:
        cells = document["cells"]
        found = f"cells that are {_WRONG_CELLS.get(type(cells), 'no list')}"
    return RejectedError(
        "not-a-notebook", f"Expected a notebook with a list of cells, found: {found}.",
        f"{HAND_IN}.",
    )  # fmt: skip


def _key(key: str) -> str:
    return repr(key)[:_LONGEST_KEY]
