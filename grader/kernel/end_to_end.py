"""Executes a notebook from top to bottom as Jupyter would, in its own folder, for CI."""

import asyncio
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from grader.errors import KernelFault, UsageError
from grader.kernel.manager import end, own_kernel
from grader.kernel.streams import tidy
from grader.processes.backend import Backend
from grader.processes.folders import own_folder
from grader.processes.limits import MIB
from grader.processes.tree import MARK, ProcessTree, mark
from grader.records import EndToEnd

MESSAGE_BYTES = 256 * MIB
# Of Python, IPython, and either with a number.
_PYTHON = ("python", "ipython")
Show = Callable[[NotebookNode], None]


def execute(
    path: Path,
    folder: Path,
    cell_s: int,
    show: Show,
    sources: Mapping[int, str] = MappingProxyType({}),
) -> EndToEnd:
    """Execute every cell up to the first that fails; the file itself is never written.

    A cell tagged ``raises-exception`` may raise, as everywhere in Jupyter.

    Args:
        path: The notebook.
        folder: Working directory of the kernel.
        cell_s: Wall time that a cell may take, in seconds.
        show: Called with each cell once it was executed.
        sources: What is executed instead of cells, by their position in the notebook.

    Raises:
        UsageError: The file is not a notebook, or one for a kernel of another language.
        KernelFault: The kernel could not be started.
    """
    notebook = _read(path)
    for index, source in sources.items():
        notebook.cells[index].source = source
    start = time.monotonic()
    with own_folder() as own:
        execution = _Execution(notebook, folder, own, cell_s, show)
        asyncio.run(execution.run())
    wall_s = time.monotonic() - start
    return EndToEnd(path, execution.cells, execution.failed, execution.error, wall_s)


def refuse_unrunnable(path: Path) -> None:
    """Refuse what cannot be executed, before anything is.

    Raises:
        UsageError: The file is not a notebook, or one for a kernel of another language.
    """
    _read(path)


class _Execution:
    def __init__(
        self, notebook: NotebookNode, folder: Path, own: Path, cell_s: int, show: Show
    ) -> None:
        self._notebook = notebook
        self._folder = folder
        self._kernel = own_kernel(own, MESSAGE_BYTES, Backend.FRESH)
        self._client = NotebookClient(notebook, km=self._kernel, timeout=cell_s)
        self._show = show
        self.cells = 0
        self.failed: int | None = None
        self.error = ""

    async def run(self) -> None:
        run = mark()
        try:
            await self._start(run)
            for index, cell in enumerate(self._notebook.cells):
                if not await self._fine(index, cell):
                    break
        finally:
            await end(self._kernel, self._client)
            ProcessTree(run).kill_all()

    async def _start(self, run: str) -> None:
        try:
            await self._client.async_start_new_kernel(cwd=str(self._folder), env=_environment(run))
            await self._client.async_start_new_kernel_client()
        except Exception as error:
            raise KernelFault(f"The kernel could not be started: {error}") from error

    async def _fine(self, index: int, cell: NotebookNode) -> bool:
        try:
            await self._client.async_execute_cell(cell, index)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as raised:
            self.failed, self.error = index, _reason(raised, self._client.timeout)
            return False
        finally:
            if cell.cell_type == "code":
                cell.outputs = tidy(cell.outputs)
            self._show(cell)
        self.cells += cell.cell_type == "code" and bool(cell.source.strip())
        return True


def _reason(raised: Exception, cell_s: int | None) -> str:
    if isinstance(raised, CellExecutionError):
        return f"{raised.ename}: {raised.evalue}"
    if isinstance(raised, CellTimeoutError):
        return f"it ran longer than {cell_s} s"
    return "the kernel died"


def _read(path: Path) -> NotebookNode:
    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}. Is the path right?") from error
    except Exception as error:
        raise UsageError(
            f"{path}: expected a Jupyter notebook, found something that cannot be read as one "
            f"({str(error).splitlines()[0][:200]}). Open it in Jupyter and save it again."
        ) from error
    _refuse_unless_python(path, notebook.metadata)
    return notebook


def _refuse_unless_python(path: Path, metadata: NotebookNode) -> None:
    # A kernel of Python is the grader's own, whatever it is called where the notebook was written.
    kernel, info = (_member(metadata, name) for name in ("kernelspec", "language_info"))
    said = (kernel.get("language"), info.get("name"))
    language = next((each for each in said if each and isinstance(each, str)), "python")
    if not language.casefold().startswith(_PYTHON):
        name = f"the kernel {kernel['name']} ({language})" if "name" in kernel else language
        raise UsageError(
            f"{path}: the notebook is for {name}, which is not here. Run it where that is "
            "installed, or leave it out."
        )


def _member(metadata: NotebookNode, name: str) -> dict[str, object]:
    found = metadata.get(name)
    return found if isinstance(found, dict) else {}


def _environment(run: str) -> dict[str, str]:
    # `!python` in a cell must find the interpreter that runs the notebook.
    interpreters = str(Path(sys.executable).parent)
    path = os.pathsep.join([interpreters, os.environ.get("PATH", os.defpath)])
    return dict(os.environ) | {"PATH": path, MARK: run, "TF_CPP_MIN_LOG_LEVEL": "3"}
