"""Environment variables of kernels and of their template: few, and the same everywhere."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from grader.isolation.confinement import VARIABLE, Confinement
from grader.processes.tree import MARK

_KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "TZ")
# Libraries and the C library read these when they are loaded: a fork has its template's.
_PROCESS = {
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    # With more, the template would have a second thread and could not be forked. TensorFlow
    # computes with threads of its own.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    # TensorFlow leaves it off for processors without AVX-512, where convolutions then take twice
    # as long.
    "TF_ENABLE_ONEDNN_OPTS": "1",
    # A training step allocates and frees hundreds of megabytes. By default each large piece is
    # mapped, zeroed and unmapped again; kept, and in huge pages, a step takes up to 17 % less.
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TOP_PAD_": str(64 * 2**20),
    "MALLOC_TRIM_THRESHOLD_": str(2**33),
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
}


def template_environment(inherited: Mapping[str, str], home: Path) -> dict[str, str]:
    """Environment in which what kernels share is imported: nobody's settings become theirs.

    Args:
        inherited: The grader's environment.
        home: A folder of the template's own.
    """
    folders = ("HOME", "TMPDIR", "KERAS_HOME", "IPYTHONDIR", "MPLCONFIGDIR")
    return _inherited(inherited) | _PROCESS | dict.fromkeys(folders, str(home))


def kernel_environment(
    inherited: Mapping[str, str], root: Path, python: Path, threads: int
) -> dict[str, str]:
    """Environment of a kernel: few variables, the kernel's own interpreter first on PATH.

    A notebook's ``!python`` then finds the interpreter that runs it, not the shell's.

    Args:
        inherited: The grader's environment.
        root: The run's own folder.
        python: The kernel's interpreter.
        threads: Threads that TensorFlow computes with.
    """
    kept = _inherited(inherited)
    path = [str(python.parent), *kept.get("PATH", "/usr/bin:/bin").split(":")]
    return (
        kept
        | _PROCESS
        | {
            "PATH": ":".join(dict.fromkeys(path)),
            "HOME": str(root / "home"),
            "TMPDIR": str(root / "tmp"),
            "IPYTHONDIR": str(root / "home" / ".ipython"),
            "MPLCONFIGDIR": str(root / "home" / ".matplotlib"),
            "TF_NUM_INTRAOP_THREADS": str(threads),
            "TF_NUM_INTEROP_THREADS": str(threads),
        }
    )


def confined_environment(
    root: Path, threads: int, run: str, confinement: Confinement
) -> dict[str, str]:
    """Environment of a kernel or a trainer of this interpreter, which begins by confining itself.

    Args:
        root: The run's own folder.
        threads: Threads that TensorFlow computes with.
        run: Marks all processes of the run.
        confinement: To what.
    """
    variables = kernel_environment(dict(os.environ), root, Path(sys.executable), threads)
    return variables | {MARK: run, VARIABLE: confinement.to_json()}


def _inherited(inherited: Mapping[str, str]) -> dict[str, str]:
    return {name: inherited[name] for name in _KEPT if name in inherited}
