"""Reads what was handed in: bytes become a Submission, or a rejection that says what to do.

Only what grading needs is read (kind, source and tags of each cell), so that a notebook whose
outputs or metadata break the format is graded all the same. Formats 3 and 4 are understood.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from grader.errors import RejectedError
from grader.notebook import refusals
from grader.notebook.filetypes import refuse_known
from grader.notebook.opening import MAX_BYTES, HandedIn, take
from grader.notebook.refusals import RESAVE
from grader.notebook.volume import refuse_too_much
from grader.records import Cell, CellKind, Issue, Severity, Submission

MAX_CELLS = 2_000
# Each bracket and each string becomes an object; so many fit into some hundred megabytes.
MAX_PARTS = 4_000_000
_FORMAT = 4
# The last one ended texts under DOS.
_BLANK = "\0 \t\r\n\x1a"


def read(path: Path, root: Path | None = None) -> Submission:
    """Read a notebook file.

    Args:
        path: The file.
        root: The folder that was named, below which no link is followed; None where the file was.

    Raises:
        RejectedError: It is missing, too large, or no notebook; the message says what it is.
    """
    return parse(take(path, root))


def parse(handed_in: HandedIn) -> Submission:
    """Read what was handed in.

    Raises:
        RejectedError: It is too large, or no notebook; the message says what it is.
    """
    content = _content(handed_in)
    document = _document(_text(content))
    return Submission(
        sha256=hashlib.sha256(content).hexdigest(),
        cells=_cells(document),
        metadata=_mapping(document.get("metadata")),
        issues=_issues(document),
    )


def sha256_of(path: Path, root: Path | None = None) -> str | None:
    """Return the digest of a file, or None when it cannot be read or is absurdly large.

    Args:
        path: The file.
        root: As for ``read``.
    """
    try:
        return take(path, root).sha256
    except RejectedError:
        return None


def _content(handed_in: HandedIn) -> bytes:
    if handed_in.content is None:
        raise RejectedError(
            "too-large",
            f"The file has {handed_in.size / 1024**2:.0f} MB, at most {MAX_BYTES / 1024**2:.0f} MB "
            "are accepted.",
            "Clear its outputs (Kernel > Restart Kernel and Clear Outputs) and save it again.",
        )
    return handed_in.content


def _text(content: bytes) -> str:
    if not content.strip(_BLANK.encode()):
        raise RejectedError("empty", "The file is empty, a notebook was expected.", RESAVE)
    refuse_known(content)
    try:
        # Whoever copies disks, or cuts a download short, leaves zeros behind a file.
        return content.decode(json.detect_encoding(content)).rstrip(_BLANK)
    except UnicodeDecodeError as error:
        raise refusals.not_text(content, error) from error


def _document(text: str) -> Mapping[str, object]:
    if sum(map(text.count, '[{"')) > MAX_PARTS:
        raise RejectedError(
            "too-many-parts",
            f"Its JSON has more than {MAX_PARTS:,} parts.",
            "Clear its outputs (Kernel > Restart Kernel and Clear Outputs) and save it again.",
        )
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise refusals.not_json(text, error) from error
    except (RecursionError, ValueError) as error:
        raise RejectedError(
            "too-deep", "Its JSON is nested too deeply or holds absurd numbers.", RESAVE
        ) from error
    if not isinstance(document, dict):
        raise refusals.no_object(document)
    return document


def _issues(document: Mapping[str, object]) -> tuple[Issue, ...]:
    if isinstance(document.get("cells"), list):
        return ()
    return (
        Issue(
            "old-format",
            f"The notebook is in a format from before 2015, expected format {_FORMAT}. It was read "
            "all the same.",
            "Open it in a current Jupyter and save it.",
            severity=Severity.INFO,
        ),
    )


def _cells(document: Mapping[str, object]) -> tuple[Cell, ...]:
    raw = _raw_cells(document)
    if len(raw) > MAX_CELLS:
        raise RejectedError(
            "too-many-cells",
            f"The notebook has {len(raw)} cells, at most {MAX_CELLS} are accepted.",
            "Remove the cells that you do not need.",
        )
    cells = tuple(_cell(index, cell) for index, cell in enumerate(raw))
    refuse_too_much(cell.source for cell in cells if cell.kind is CellKind.CODE)
    return cells


def _raw_cells(document: Mapping[str, object]) -> list[object]:
    cells = document.get("cells")
    if isinstance(cells, list):
        return cells
    worksheets = document.get("worksheets")
    if isinstance(worksheets, list):
        sheets = [_mapping(sheet).get("cells") for sheet in worksheets]
        return [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    raise refusals.no_cells(document)


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
    return _encodable(text.replace("\r\n", "\n").replace("\r", "\n"))


def _encodable(text: str) -> str:
    # JSON can hold half of a surrogate pair; neither a kernel nor a report can.
    return text.encode("utf-8", "replace").decode("utf-8")


def _tags(metadata: Mapping[str, object]) -> frozenset[str]:
    tags = metadata.get("tags")
    found = tags if isinstance(tags, list) else []
    return frozenset(_encodable(tag) for tag in found if isinstance(tag, str))


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
