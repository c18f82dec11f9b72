"""A line of a cell is told as the notebook shows it."""

import sys
from collections.abc import Iterator
from types import FrameType, SimpleNamespace
from typing import Any

import pytest

from grader.probe import shell
from grader.probe.lines import CellLines

GRADED, OTHER = "/tmp/ipykernel_1/1.py", "/tmp/ipykernel_1/2.py"  # noqa: S108 - as IPython names cells


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> CellLines:
    def files_of(source: str) -> Iterator[tuple[str, int]]:
        yield source, 2 if source == GRADED else 0

    monkeypatch.setattr(shell, "files_of", files_of)
    made = CellLines({GRADED: "train_model"})
    made.note(SimpleNamespace(raw_cell=GRADED))
    return made


def frame(*files: str) -> FrameType:
    """Return the frame of a function in the last of these files, called from those before it."""
    found: list[FrameType] = []
    call: Any = lambda: found.append(sys._getframe(1))  # noqa: E731
    for file in reversed(files):
        names: dict[str, Any] = {"call": call}
        exec(compile("\ndef made():\n    call()\n", file, "exec"), names)  # noqa: S102
        call = names["made"]
    call()
    return found[0]


def test_it_has_the_name_of_its_cell_and_the_lines_that_ipython_left_out(lines: CellLines) -> None:
    assert lines.of(frame(GRADED)) == "line 5 of train_model"


def test_a_cell_without_a_name_is_told_as_one(lines: CellLines) -> None:
    assert lines.of(frame(OTHER)) == "line 3 of a cell"


def test_the_innermost_cell_is_told(lines: CellLines) -> None:
    assert lines.of(frame(OTHER, GRADED, "keras.py")) == "line 5 of train_model"


def test_what_no_cell_calls_has_no_line(lines: CellLines) -> None:
    assert [lines.of(None), lines.of(frame("keras.py"))] == ["", ""]
