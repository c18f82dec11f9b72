"""Notebook files as JSON, for ``add_metadata.py``: refused clearly, replaced safely.

Standard library only, and any Python 3.8 or newer: see ``source.py``.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from grader.errors import RejectedError, UsageError
from grader.notebook.keys import text_of
from grader.notebook.volume import refuse_too_much

_NBFORMAT = 4
# The grader accepts no more, and JSON takes several times as much memory.
_MAX_BYTES = 50 * 1024 * 1024
_TOO_LARGE = f"more than {_MAX_BYTES // 1024**2} MB, which is more than the grader accepts."
_CLEAR_OUTPUTS = "Clear its outputs (Kernel > Restart Kernel and Clear Outputs) and save it."
_TRY_AGAIN = "Open it in Jupyter and save it, or download it again, and then retry."
_GET_ANOTHER = "Take a copy that Jupyter opens, or download it again, and then retry."
_SAVE_AS_UTF8 = "Save it as UTF-8 in the editor that changed it, and then retry."
_TAKE_THE_NOTEBOOK = "Give the name of the notebook that you work in; it ends in .ipynb."


def read_notebook(path: Path) -> dict[str, Any]:
    """Read a notebook of format 4.

    Raises:
        RejectedError: The file is not such a notebook.
        UsageError: There is no such file, or it cannot be read.
    """
    data = _read_bytes(path)
    if not data.strip(b"\0 \t\r\n"):
        raise RejectedError("empty", f"{path} should hold a notebook and is empty.", _GET_ANOTHER)
    try:
        # Some editors put a byte order mark in front, some disks zeros behind.
        content = json.loads(data.decode("utf-8-sig").rstrip("\0 \t\r\n"))
    except UnicodeDecodeError as error:
        reason = f"{path} should be text in UTF-8 and has other bytes at {error.start}."
        raise RejectedError("not-utf8", reason, _SAVE_AS_UTF8) from None
    except (ValueError, RecursionError) as error:
        reason = f"{path} should be a notebook in JSON and is not, or not all of it: {error}."
        raise RejectedError("not-json", reason, _GET_ANOTHER) from None
    return _expect_notebook(content, path)


def replace_notebook(path: Path, notebook: dict[str, Any]) -> Path:
    """Replace a notebook file in one step, and return where the file as it was is kept.

    Raises:
        UsageError: The folder or the disk does not allow it; the file is as it was.
    """
    target = path.resolve()  # a link stays a link
    content = _serialized(notebook, path)
    try:
        descriptor, name = tempfile.mkstemp(".tmp", f".{target.stem}-", target.parent)
        fresh = Path(name)
        try:
            _fill(descriptor, content)
            shutil.copymode(target, fresh)
            backup = _back_up(target)
            fresh.replace(target)
        finally:
            _remove(fresh)
    except OSError as error:
        raise UsageError(
            f"{path} could not be replaced in its folder: {error.strerror or error}. The file is"
            " unchanged. Make the folder writable, see that the disk has room, and then retry."
        ) from None
    return backup


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_file() and path.stat().st_size > _MAX_BYTES:
            raise RejectedError("too-large", f"{path} has {_TOO_LARGE}", _CLEAR_OUTPUTS)
        if path.is_file():
            return path.read_bytes()
        found = "is not a file" if path.exists() else "does not exist"
    except OSError as error:
        found = f"cannot be read: {error.strerror}"
    raise UsageError(f"Expected a notebook, but {path} {found}. {_TAKE_THE_NOTEBOOK}")


def _expect_notebook(content: object, path: Path) -> dict[str, Any]:
    version = content.get("nbformat") if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(version, int):
        reason = f"{path} should hold a notebook and holds other JSON."
        raise RejectedError("not-a-notebook", reason, _TAKE_THE_NOTEBOOK)
    if version != _NBFORMAT:
        reason = (
            f"{path} should have notebook format {_NBFORMAT} and has format {str(version)[:9]}."
        )
        fix = "Open it in a current Jupyter, save it again, and then retry."
        raise RejectedError("notebook-format", reason, fix)
    cells = content.get("cells")
    if not _has_metadata(content) or not isinstance(cells, list):
        reason = f"{path} should hold a notebook, but its cells or its metadata are malformed."
        raise RejectedError("malformed", reason, _TRY_AGAIN)
    for number, cell in enumerate(cells, start=1):
        if not _is_cell(cell):
            reason = f"{path} should hold a notebook, but its cell {number} is malformed."
            raise RejectedError("malformed", reason, _TRY_AGAIN)
    code = (text_of(cell) for cell in cells if cell["cell_type"] == "code")
    refuse_too_much(code, f"{path} should hold an assignment. Its")
    return content


def _is_cell(cell: object) -> bool:
    if not isinstance(cell, dict) or not _has_metadata(cell):
        return False
    source = cell.get("source", "")
    lines = source if isinstance(source, list) else [source]
    return isinstance(cell.get("cell_type"), str) and all(isinstance(line, str) for line in lines)


def _has_metadata(place: dict[str, Any]) -> bool:
    notes = place.get("metadata")
    return notes is None or isinstance(notes, dict)


def _serialized(notebook: dict[str, Any], path: Path) -> bytes:
    try:
        return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:
        # Half of a surrogate pair exists in JSON, where it is escaped, but not in UTF-8.
        return (json.dumps(notebook, indent=1) + "\n").encode()
    except RecursionError:
        reason = f"{path} should hold a notebook and is nested too deeply for one."
        raise RejectedError("malformed", reason, _TRY_AGAIN) from None


def _fill(descriptor: int, content: bytes) -> None:
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def _back_up(target: Path) -> Path:
    names = (f"{target.stem}.backup-{number}{target.suffix}" for number in count(1))
    for backup in map(target.with_name, names):
        try:
            with backup.open("xb") as file:
                file.write(target.read_bytes())
            shutil.copystat(target, backup)
        except FileExistsError:
            continue
        except OSError:
            _remove(backup)
            raise
        return backup
    raise AssertionError


def _remove(path: Path) -> None:
    with suppress(FileNotFoundError):
        path.unlink()
