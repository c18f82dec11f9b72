"""What trainings over many seeds have in common: when they are in time, and where results go."""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from grader.accuracies import borne_out

MOST_EPOCHS, BEFORE, TARGET = 20, 15, 0.999
BORNE_OUT = borne_out(TARGET, images=80, classes=2)
NEVER = MOST_EPOCHS + 1
_BEGIN, _END = "<!-- table -->\n", "<!-- end -->\n"


def reached(accuracy: Iterable[float]) -> int:
    """Return after how many epochs the target was reached; one more than allowed if never."""
    return next((n for n, a in enumerate(accuracy, start=1) if a > TARGET), NEVER)


def named(sets: Iterable[str]) -> dict[str, Path]:
    """Read sets of images, each as ``NAME=FOLDER``."""
    return {name: Path(folder) for name, _, folder in (each.partition("=") for each in sets)}


class Kept:
    """Results in a file, written as they come, so that an interrupted run goes on.

    Args:
        path: JSON, made when there is something to keep.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.known: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}

    def add(self, results: Mapping[str, Any]) -> None:
        """Keep results."""
        self.known |= results
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part = self._path.with_suffix(".part")
        part.write_text(json.dumps(self.known, indent=1))
        part.replace(self._path)


def replace_table(page: Path, table: str) -> None:
    """Replace what stands between the two marks of a page."""
    before, _, rest = page.read_text(encoding="utf-8").partition(_BEGIN)
    _, _, after = rest.partition(_END)
    page.write_text(f"{before}{_BEGIN}{table}{_END}{after}", encoding="utf-8")


def publish(table: str, page: Path | None) -> None:
    """Print a table; if there is a page, put it between the two marks of that as well."""
    sys.stdout.write(table)
    if page:
        replace_table(page, table)
