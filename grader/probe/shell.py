"""The notebook's shell, as the probe needs it."""

import ctypes
import sys
from collections.abc import Callable, Iterator
from typing import Any

_PR_SET_CHILD_SUBREAPER = 36


def shell() -> Any:
    """Return IPython's shell."""
    from IPython import get_ipython

    return get_ipython()


def namespace() -> dict[str, Any]:
    """Return the names that the notebook's cells have defined."""
    names: dict[str, Any] = shell().user_ns
    return names


def last_error() -> BaseException | None:
    """Return the exception that the last cell ended with."""
    result = shell().last_execution_result
    return getattr(result, "error_before_exec", None) or getattr(result, "error_in_exec", None)


def last_source() -> str | None:
    """Return the source of the last cell."""
    return getattr(getattr(shell().last_execution_result, "info", None), "raw_cell", None)


def last_file() -> str | None:
    """Return the file name under which the last cell was compiled."""
    source = last_source()
    return _file(source) if source else None


def last_files() -> Iterator[tuple[str, int]]:
    """Yield file names under which the last cell was compiled, and lines that it lacks there."""
    yield from files_of(last_source() or "")


def files_of(source: str) -> Iterator[tuple[str, int]]:
    """Yield file names under which a cell is compiled, and lines that it lacks there.

    IPython leaves out empty lines at the beginning, and hands what follows a line such as
    ``%%capture`` to that as a cell of its own.

    Args:
        source: Of the cell, as it is in the notebook.
    """
    text = source.lstrip()
    empty = source.count("\n") - text.count("\n")
    yield _file(source), empty
    if text.startswith("%%"):
        body = text.partition("\n")[2]
        yield _file(body if body.endswith("\n") else f"{body}\n"), empty + 1


def _file(source: str) -> str:
    return str(shell().compile.get_code_name(source, source, 0))


def before_cells(function: Callable[[Any], None]) -> None:
    """Have a function called before each cell of the notebook; the grader's own code is none."""
    shell().events.register("pre_run_cell", function)


def stay() -> None:
    """Let ``exit()`` in a cell end nothing: when it takes effect is a matter of luck."""
    shell().unobserve_all("exit_now")


def adopt_orphans() -> None:
    """Make the kernel the parent of what its children leave behind, so that it can be found."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
