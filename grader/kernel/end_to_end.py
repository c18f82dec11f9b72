"""Executes a notebook from top to bottom as Jupyter would, in its own folder, for CI."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from grader.errors import UsageError
from grader.kernel.manager import MARK, OwnKernelManager, mark, reap
from grader.records import EndToEnd

Show = Callable[[NotebookNode], None]


def execute(path: Path, folder: Path, cell_s: int, show: Show) -> EndToEnd:
    """Execute every cell up to the first that fails; the file itself is never written.

    A cell tagged ``raises-exception`` may raise, as everywhere in Jupyter.

    Args:
        path: The notebook.
        folder: Working directory of the kernel.
        cell_s: Wall time that a cell may take, in seconds.
        show: Called with each cell once it was executed.

    Raises:
        UsageError: The file is not a notebook.
    """
    notebook = _read(path)
    run = mark()
    start = time.monotonic()
    cells = 0
    failed, error = None, ""
    client = NotebookClient(notebook, km=OwnKernelManager(), timeout=cell_s, coalesce_streams=True)
    try:
        with client.setup_kernel(cwd=str(folder), env=_environment(run)):
            for index, cell in enumerate(notebook.cells):
                failed = index
                try:
                    client.execute_cell(cell, index)
                finally:
                    show(cell)
                cells += cell.cell_type == "code" and bool(cell.source.strip())
            failed = None
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as raised:
        error = _reason(raised, cell_s)
    finally:
        reap(run)
    return EndToEnd(path, cells, failed, error, time.monotonic() - start)


def _reason(raised: Exception, cell_s: int) -> str:
    if isinstance(raised, CellExecutionError):
        return f"{raised.ename}: {raised.evalue}"
    if isinstance(raised, CellTimeoutError):
        return f"it ran longer than {cell_s} s"
    return "the kernel died"


def _read(path: Path) -> NotebookNode:
    try:
        return nbformat.read(path, as_version=4)  # type: ignore[no-any-return]
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}. Is the path right?") from error
    except Exception as error:
        raise UsageError(
            f"{path}: expected a Jupyter notebook, found something that cannot be read as one "
            f"({str(error).splitlines()[0][:200]}). Open it in Jupyter and save it again."
        ) from error


def _environment(run: str) -> dict[str, str]:
    # `!python` in a cell must find the interpreter that runs the notebook.
    interpreters = str(Path(sys.executable).parent)
    path = os.pathsep.join([interpreters, os.environ.get("PATH", os.defpath)])
    return dict(os.environ) | {"PATH": path, MARK: run, "TF_CPP_MIN_LOG_LEVEL": "3"}
