"""Which line of which cell code stands in, as its author sees it in the notebook."""

from collections.abc import Mapping
from traceback import walk_stack
from types import FrameType
from typing import Any

from grader.probe import shell
from grader.probe.exceptions import is_cell


class CellLines:
    """The cells that were run so far.

    Args:
        names: Names of graded cells by the file name under which their code was compiled.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._lacking: dict[str, int] = {}

    def note(self, cell: Any) -> None:
        """Note the lines that are left out of a cell before it is compiled.

        Args:
            cell: What IPython tells of a cell that is about to run.
        """
        self._lacking.update(shell.files_of(cell.raw_cell))

    def of(self, frame: FrameType | None) -> str:
        """Return the innermost line of a cell, in words; empty where there is none.

        Args:
            frame: A frame, or None.
        """
        for each, line in walk_stack(frame) if frame else ():
            file = each.f_code.co_filename
            if file in self._lacking:
                name = self._names.get(file, "a cell")
                return f"line {line + self._lacking[file]} of {name}"
            if is_cell(file):
                return f"line {line} of a cell"
        return ""
