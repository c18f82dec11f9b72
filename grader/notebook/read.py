"""Reads what was handed in: bytes become a Submission, or a rejection that says what to do.

Only what grading needs is read (kind, source and tags of each cell), so that a notebook whose
outputs or metadata break the format is graded all the same. Formats 3 and 4 are understood.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from grader.errors import RejectedError
from grader.records import Cell, CellKind, Submission

MAX_BYTES = 50 * 1024 * 1024
MAX_CELLS = 2_000
RESAVE = "Open it in Jupyter, choose File > Save Notebook, and hand in that file."
_ENCODINGS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig"))


def read(path: Path) -> Submission:
    """Read a notebook file.

    Raises:
        RejectedError: It is missing, too large, or no notebook; the message says what it is.
    """
    content = _bytes(path)
    document = _document(_text(content))
    return Submission(
        path=path,
        sha256=hashlib.sha256(content).hexdigest(),
        cells=_cells(document),
        metadata=_mapping(document.get("metadata")),
    )


def sha256_of(path: Path) -> str | None:
    """Return the digest of a file, however large it is, or None when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise RejectedError(
                "too-large",
                f"{path.name} has {size / 1024**2:.0f} MB, at most {MAX_BYTES / 1024**2:.0f} MB "
                "are accepted.",
                "Clear its outputs (Kernel > Restart Kernel and Clear Outputs) and save it again.",
            )
        return path.read_bytes()
    except OSError as error:
        raise RejectedError(
            "unreadable",
            f"{path.name} cannot be read: {error.strerror or error}.",
            "Check that it is a file that you may read.",
        ) from error


def _text(content: bytes) -> str:
    if not content.strip():
        raise RejectedError("empty", "The file is empty, a notebook was expected.", RESAVE)
    encoding = next(name for mark, name in _ENCODINGS if content.startswith(mark))
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise RejectedError(
            "not-text",
            f"Expected a notebook in UTF-8, found other bytes at position {error.start}.",
            RESAVE,
        ) from error


def _document(text: str) -> Mapping[str, object]:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise _not_json(text, error) from error
    except (RecursionError, ValueError) as error:
        raise RejectedError(
            "too-deep", "Its JSON is nested too deeply or holds absurd numbers.", RESAVE
        ) from error
    if not isinstance(document, dict):
        kind = type(document).__name__
        raise RejectedError("not-a-notebook", f"Expected a notebook, found a JSON {kind}.", RESAVE)
    return document


def _not_json(text: str, error: json.JSONDecodeError) -> RejectedError:
    start = text.lstrip()[:200].lower()
    where = f"line {error.lineno}, column {error.colno}"
    if start.startswith("<"):
        return RejectedError(
            "html", "Expected a notebook, found a web page saved as .ipynb.",
            "Download the notebook itself: in Jupyter, File > Download.",
        )  # fmt: skip
    if not start.startswith("{"):
        return RejectedError(
            "not-json", "Expected a notebook, found plain text or a script.",
            "Hand in the .ipynb file that Jupyter saved, not an export of it.",
        )  # fmt: skip
    if error.pos >= len(text.rstrip()) - 1 or "Unterminated" in error.msg:
        return RejectedError(
            "truncated", f"The notebook breaks off at {where}: its end is missing.",
            "The upload was cut short or the disk was full: save and hand it in again.",
        )  # fmt: skip
    return RejectedError("not-json", f"Its JSON is broken at {where}: {error.msg}.", RESAVE)


def _cells(document: Mapping[str, object]) -> tuple[Cell, ...]:
    raw = _raw_cells(document)
    if len(raw) > MAX_CELLS:
        raise RejectedError(
            "too-many-cells",
            f"The notebook has {len(raw)} cells, at most {MAX_CELLS} are accepted.",
            "Remove the cells that you do not need.",
        )
    return tuple(_cell(index, cell) for index, cell in enumerate(raw))


def _raw_cells(document: Mapping[str, object]) -> list[object]:
    cells = document.get("cells")
    if isinstance(cells, list):
        return cells
    worksheets = document.get("worksheets")
    if isinstance(worksheets, list):
        sheets = [_mapping(sheet).get("cells") for sheet in worksheets]
        return [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    found = ", ".join(sorted(map(str, document))[:5]) or "nothing"
    raise RejectedError(
        "not-a-notebook", f"Expected a notebook with a list of cells, found: {found[:200]}.", RESAVE
    )


def _cell(index: int, raw: object) -> Cell:
    cell = _mapping(raw)
    kind = cell.get("cell_type")
    # Format 3 keeps a code cell's text under another name and has headings of their own.
    source = _joined(cell.get("source", cell.get("input", "")))
    known = kind if kind in ("code", "raw") else "markdown"
    return Cell(index, CellKind(known), source, _tags(_mapping(cell.get("metadata"))))


def _joined(source: object) -> str:
    parts = source if isinstance(source, list) else [source]
    text = "".join(part for part in parts if isinstance(part, str))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _tags(metadata: Mapping[str, object]) -> frozenset[str]:
    tags = metadata.get("tags")
    found = tags if isinstance(tags, list) else []
    return frozenset(tag for tag in found if isinstance(tag, str))


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
