"""The notebook's shell, as the probe needs it."""

import ctypes
import sys
from typing import Any

_PR_SET_CHILD_SUBREAPER = 36


def _shell() -> Any:
    from IPython import get_ipython

    return get_ipython()


def namespace() -> dict[str, Any]:
    """Return the names that the notebook's cells have defined."""
    names: dict[str, Any] = _shell().user_ns
    return names


def last_error() -> BaseException | None:
    """Return the exception that the last cell ended with."""
    result = _shell().last_execution_result
    return getattr(result, "error_before_exec", None) or getattr(result, "error_in_exec", None)


def last_file() -> str | None:
    """Return the file name under which the last cell was compiled."""
    shell = _shell()
    source = getattr(getattr(shell.last_execution_result, "info", None), "raw_cell", None)
    return str(shell.compile.get_code_name(source, source, 0)) if source else None


def stay() -> None:
    """Let ``exit()`` in a cell end nothing: when it takes effect is a matter of luck."""
    _shell().unobserve_all("exit_now")


def adopt_orphans() -> None:
    """Make the kernel the parent of what its children leave behind, so that it can be found."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
