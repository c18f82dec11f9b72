"""Takes out of texts where the grader's machine keeps things: a student has them elsewhere."""

import os
import re
import site
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from pathlib import Path

# Folders that every machine has tell nothing of this one.
_EVERYWHERE = frozenset({"/", "/usr", "/usr/local"})
_LIBRARIES = ("stdlib", "platstdlib", "purelib", "platlib")
_PYTHON = "python"
_CELL = re.compile(r"(?<![\w./~-])[\w./~-]*?(ipykernel_\d+/\d+\.py)")
_END = r"(?=[/\\'\"\s),:;\]}>]|$)"

_MORE = r"(?:/(?=[\w.~-]))?"


class MachinePaths:
    """Shortens paths of the machine to what a student knows of them.

    A path in the run's own folder becomes relative to the notebook, one of a library begins with
    the library's name, and the file of a cell is called as the cell is.

    Args:
        root: The run's own folder, laid out as a ``Workspace`` is; None if there is none.
    """

    def __init__(self, root: Path | None = None) -> None:
        known = {folder: "" for found in _machine() for folder in (found, os.path.realpath(found))}
        if root is not None:
            known |= {f"{root}/notebooks": ".", f"{root}/home": "~", str(root): ".."}
        self._shown = {path: shown for path, shown in known.items() if path not in _EVERYWHERE}
        longest_first = sorted(self._shown, key=len, reverse=True)
        any_of_them = "|".join(map(re.escape, longest_first))
        self._paths = re.compile(f"(?<![\\w.])({any_of_them}){_END}{_MORE}")

    def shorten(self, text: str, cells: Mapping[str, str] | None = None) -> str:
        """Return a text without the machine's paths.

        Args:
            text: What to shorten.
            cells: Names of cells by the file names under which they were compiled.
        """
        names = {"/".join(file.split("/")[-2:]): name for file, name in (cells or {}).items()}
        shortened = self._paths.sub(self._replaced, text)
        return _CELL.sub(lambda found: names.get(found[1], "notebook"), shortened)

    def _replaced(self, found: re.Match[str]) -> str:
        shown, more = self._shown[found[1]], found[0].endswith("/")
        if more:
            return "" if shown in ("", ".") else f"{shown}/"
        return shown or _PYTHON


def _machine() -> Iterator[str]:
    paths = sysconfig.get_paths()
    yield from (sys.prefix, sys.base_prefix)
    yield from (paths[name] for name in _LIBRARIES)
    yield from site.getsitepackages()
    yield str(Path(__file__).parents[2])
