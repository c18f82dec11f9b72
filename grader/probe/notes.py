"""Notes which lines of cells did nothing, and says so in the output of the cell."""

import sys
from collections.abc import Iterable
from types import FrameType

from grader.inspection.plain import MAX_NAME, text
from grader.probe.channel import Channel
from grader.probe.exceptions import is_cell

MOST = 50
# What IPython calls the lines below %%time.
_TIMED = "<timed exec>"
_WHY = {
    "command": "commands are not run while grading",
    "magic": "there is no magic of that name here",
    "extension": "there is no extension of that name here",
}


class Notes:
    """What did nothing, by file name and line of the cell that it stands in.

    Args:
        channel: Where notes go, after the cell in which they were made.
    """

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._cells: dict[str, tuple[int, int]] = {}
        self._new: list[tuple[str, int, str, str]] = []
        self._known: set[tuple[str, int, str, str]] = set()

    def leave_out(self, words: str, why: str = "command") -> None:
        """Say that something was not run.

        Args:
            words: As it stands in the cell.
            why: What it is.
        """
        said = text(" ".join(text(words).split()), MAX_NAME)
        print(f"[grader] {said!r} was not run: {_WHY[why]}.")  # noqa: T201 - output of the cell
        note = (*_place(), said, why)
        if note not in self._known and len(self._known) < MOST:
            self._known.add(note)
            self._new.append(note)

    def send(self, index: int, files: Iterable[tuple[str, int]]) -> None:
        """Write down what was noted.

        Args:
            index: Place of the cell that ran.
            files: Names under which it was compiled, and how many lines it lacks there.
        """
        self._cells |= {name: (index, lacking) for name, lacking in files}
        for file, line, words, why in self._new:
            cell, lacking = self._cells.get(file, (index, -line))
            where = {"cell": cell, "line": line + lacking or None}
            self._channel.send("not_run", **where, text=words, why=why)
        self._new.clear()


def _place() -> tuple[str, int]:
    """Return file name and line of the innermost cell that is being run; nothing without one."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - as the traceback module does it
    below = 0
    while frame is not None:
        if is_cell(frame.f_code.co_filename):
            return frame.f_code.co_filename, frame.f_lineno + below
        if frame.f_code.co_filename == _TIMED:
            below = frame.f_lineno
        frame = frame.f_back
    return "", 0
