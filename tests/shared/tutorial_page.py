"""The tutorial for authors, and a reader who does all that it says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat

PAGE = Path(__file__).parents[2] / "docs" / "tutorial.md"
# A block, and the file that is named right above it.
BLOCK = re.compile(r"(?:`([\w/]+\.\w+)`[^`\n]*:\n\n)?```(\w+)\n(.*?)```", re.DOTALL)
BLOCKS: list[tuple[str, str, str]] = BLOCK.findall(PAGE.read_text("utf-8"))
# Blocks of Python that are no file are the cells of this one.
NOTEBOOK = "clothes/clothes.ipynb"
# Where the page's author works, by what is shown there.
SHOWN_FOLDER = "/home/you/course"
# What has been learnt after an epoch is a little different from processor to processor.
LEARNT = re.compile(r"after \d+ epochs?|at best [\d.]+%|accuracy [▁▂▃▄▅▆▇█]+")


def shown() -> list[tuple[str, str]]:
    """Return each command that the page shows the output of, with that."""
    typed = (text.removeprefix("$ ") for _, language, text in BLOCKS if language == "console")
    return [(command, output) for command, output in (text.split("\n", 1) for text in typed)]


def comparable(output: str) -> list[str]:
    """Return the lines of an output, in any order, without what depends on the processor."""
    return sorted(LEARNT.sub("...", line.rstrip()) for line in output.rstrip().splitlines())


class Reader:
    """Writes each file of the page and types each command, from top to bottom.

    Args:
        folder: Where; it is empty.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.outputs: dict[str, str] = {}
        self._cells: list[nbformat.NotebookNode] = []

    def follow(self) -> None:
        """Do all that the page says."""
        for file, language, text in BLOCKS:
            if language == "python" and file:
                (self.folder / file).write_text(text, "utf-8")
            elif language == "python":
                self._add_cell(text.rstrip("\n"))
            elif language == "console":
                command = text.removeprefix("$ ").split("\n", 1)[0]
                self.outputs[command] = self._type(command).stdout
            else:
                ended = self._type(text)
                assert ended.returncode == 0, ended.stderr

    def _add_cell(self, source: str) -> None:
        self._cells.append(nbformat.v4.new_code_cell(source))
        notebook = nbformat.v4.new_notebook(cells=self._cells)
        nbformat.write(notebook, self.folder / NOTEBOOK)

    def _type(self, text: str) -> subprocess.CompletedProcess[str]:
        grader = f'grader() {{ "{sys.executable}" -m grader "$@"; }}'
        return subprocess.run(
            ["/bin/bash", "-c", f"{grader}\n{text}"], cwd=self.folder, check=False,
            capture_output=True, text=True, env={**os.environ, "COLUMNS": "100"},
        )  # fmt: skip
