"""Checks that a notebook bears what the grader knows it by, and adds what is missing.

Students run it from within the notebook. Standard library only, and any Python 3.8 or
newer: the ``python`` that a notebook's ``!`` finds need not be the one of its kernel.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

HOME = Path(__file__).resolve().parent
# The kit's own package is beside this script, or around it when the kit is installed; what is
# handed out to students has a folder with the few modules that are needed here.
_PLACES = (HOME, HOME / ".grader", HOME.parent.parent)
_HAVING = (place for place in _PLACES if (place / "grader" / "errors.py").is_file())
sys.path.insert(0, str(next(_HAVING, HOME)))

from grader.errors import GraderError, RejectedError, UsageError  # noqa: E402
from grader.notebook.files import read_notebook, replace_notebook  # noqa: E402
from grader.notebook.metadata import (  # noqa: E402
    Gap,
    Reference,
    choose,
    read_references,
    reference_from,
    stamp,
)

DETECTED = "Grader metadata detected! You can proceed with the lab!"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the script and return its exit code: 0 when the notebook is fine, or is now."""
    parser = argparse.ArgumentParser(description="Add what the grader knows a notebook by.")
    parser.add_argument("--filename", required=True, type=Path, help="the notebook")
    path = parser.parse_args(arguments).filename
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name may have any letters
    try:
        print(_check(path))  # noqa: T201 - what a script is for
    except GraderError as error:
        print(f"add_metadata: {error}", file=sys.stderr)  # noqa: T201
        return 2
    return 0


def _check(path: Path) -> str:
    notebook = read_notebook(path)
    references = read_references(HOME / "notebooks", path)
    reference = choose(notebook, references)
    if reference is None:
        beside = path.resolve().parent == (HOME / "notebooks").resolve()
        raise _alone(path) if beside and reference_from(notebook) else _unknown(path, references)
    gaps = stamp(notebook, reference)
    if not gaps:
        return _green(DETECTED)
    return _told(path, gaps, replace_notebook(path, notebook))


def _alone(path: Path) -> GraderError:
    return UsageError(
        f"Expected an untouched copy of {path.name} in {HOME / 'notebooks' / '.released'} to"
        " compare yours with, and found none. Ask your instructor for it. You can work on"
        " meanwhile: the grader knows your cells by what they define."
    )


def _unknown(path: Path, references: Iterable[Reference]) -> GraderError:
    expected = [
        f"{', '.join(reference.graded)} ({reference.assignment})" for reference in references
    ]
    if not expected:
        return UsageError(
            f"Expected the assignments' notebooks in {HOME / 'notebooks'} and found none."
            " Download the course's files again."
        )
    return RejectedError(
        "no-graded-cell",
        f"{path} has no graded cell of any assignment."
        f" Expected functions or classes: {'; '.join(expected)}.",
        "Give the name of your assignment's notebook, or start again from a fresh copy of it.",
    )


def _told(path: Path, gaps: Iterable[Gap], backup: Path) -> str:
    return "\n".join(
        [
            f"{path} lacked metadata that the grader needs. It has been added:",
            *_listed(gaps),
            f"The file as it was is kept beside it as {backup.name}",
            "Now reload the notebook WITHOUT saving it: File > Reload Notebook from Disk.",
            "Then run this cell once more.",
        ]
    )


def _listed(gaps: Iterable[Gap]) -> Iterable[str]:
    locked = []
    for gap in gaps:
        if gap.cell is None:
            yield f"  notebook: {', '.join(gap.notes)}"
        elif gap.name:
            yield f"  cell {gap.cell + 1} ({gap.name}): {', '.join(gap.notes)}"
        else:
            locked.append(str(gap.cell + 1))
    if locked:
        yield f"  cells that are not graded, locked again: {', '.join(locked)}"


def _green(text: str) -> str:
    # Jupyter shows colours although the output of `!` need not be a terminal.
    return text if os.environ.get("NO_COLOR") else f"\033[32m{text}\033[0m"


if __name__ == "__main__":
    sys.exit(main())
