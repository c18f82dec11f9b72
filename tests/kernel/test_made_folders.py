"""Functions that take a path are called in a kernel with that of a folder made for the call."""

from pathlib import Path
from typing import Any

import pytest

from grader.authoring import Function, FunctionView, Link, MadeFolder
from grader.kernel.job import Job
from grader.kernel.kernels import Kernels
from grader.records import PlannedCell, Role

CELLS = {
    "sizes": "from pathlib import Path\n\ndef sizes(folder):\n"
    "    files = [path for path in Path(folder).iterdir() if not path.is_symlink()]\n"
    "    return {path.name: path.stat().st_size for path in files}",
    "removes": "import os\n\ndef removes(folder):\n    found = sizes(folder)\n"
    "    for name in found:\n        os.remove(os.path.join(folder, name))\n    return found",
    "opens": "def opens(path):\n    return open(path + '.bak').read()",
}


def sizes(folder: str) -> dict[str, int]:
    files = [path for path in Path(folder).iterdir() if not path.is_symlink()]
    return {path.name: path.stat().st_size for path in files}


def drawn(generator: Any) -> tuple[MadeFolder]:
    names = [f"{letter}.png" for letter in "abcdef"]
    files = {name: bytes(int(generator.integers(99))) for name in names}
    return (MadeFolder(files | {"link.png": Link("a.png")}),)


PARTS = (
    Function("sizes", draw=drawn, reference=sizes),
    Function("removes", draw=drawn, reference=sizes),
    Function("opens", cases=[(MadeFolder({"a.png": b""}, "a.png"),)], reference=len),
)


@pytest.fixture(scope="module")
def views(kernels: Kernels, images: Path) -> dict[str, FunctionView]:
    cells = [PlannedCell(text, Role.GRADED, name) for name, text in CELLS.items()]
    ran = kernels.run(Job(cells, {part.name: part for part in PARTS}, images, "faces", 7))
    assert not ran.evidence.faults
    return {part.name: part.view(ran.evidence.parts[part.kind, part.name]) for part in PARTS}


def test_what_it_says_of_the_folder_is_compared(views: dict[str, FunctionView]) -> None:
    assert views["sizes"].agrees().met, views["sizes"].agrees()


def test_one_that_leaves_its_folder_as_it_was_is_right(views: dict[str, FunctionView]) -> None:
    found = views["sizes"].leaves_files()
    assert found.met, found


def test_one_that_removes_files_is_told(views: dict[str, FunctionView]) -> None:
    assert views["removes"].agrees().met
    found = views["removes"].leaves_files()
    assert found.actual == "after removes(a folder of 7 files), a.png is gone"


def test_what_is_raised_does_not_say_where_the_folder_was(
    views: dict[str, FunctionView],
) -> None:
    assert views["opens"].agrees().actual == (
        "opens(the path of a.png) raised FileNotFoundError: [Errno 2] No such file or directory: "
        "'folder/a.png.bak'"
    )
