"""What was handed in, cell by cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class CellKind(StrEnum):
    """Kinds of cell in the Jupyter notebook format."""

    CODE = "code"
    MARKDOWN = "markdown"
    RAW = "raw"


class Severity(StrEnum):
    """How much an issue in a submission matters to the student."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a submission, as the student left it.

    Args:
        index: Position in the student's file, from 0.
        kind: Code, markdown or raw.
        source: Text with line feeds as line ends.
        tags: Cell tags.
    """

    index: int
    kind: CellKind
    source: str
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Issue:
    """Something about a submission that the student should know; costs no points by itself.

    Args:
        code: Stable, machine-readable name, such as ``given-cell-restored``.
        message: What was expected and what was found.
        fix: What to do about it; empty when nothing needs doing.
        cell: Position of the cell in the student's file, from 0.
    """

    code: str
    message: str
    fix: str = ""
    cell: int | None = None
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Submission:
    """A notebook that was handed in, read but not yet understood."""

    sha256: str
    cells: tuple[Cell, ...]
    metadata: Mapping[str, object]
    issues: tuple[Issue, ...] = ()
