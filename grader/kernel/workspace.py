"""The folder that a submission runs in: its own, fresh, with its own copy of the images."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Workspace:
    """A fresh folder laid out like the kit.

    Args:
        root: The folder, removed afterwards.
        notebooks: Working directory of the kernel.
        evidence: File that the probe writes to.
    """

    root: Path
    notebooks: Path
    evidence: Path


@contextmanager
def workspace(dataset: Path, folder: str) -> Iterator[Workspace]:
    """Make a work folder; the dataset is at ``../data/FOLDER`` and at ``./data``.

    Args:
        dataset: The dataset, copied so that no submission can change what another one sees.
        folder: Name of the dataset's folder in the kit.
    """
    with tempfile.TemporaryDirectory(prefix="grader-", ignore_cleanup_errors=True) as name:
        root = Path(name).resolve()
        notebooks, data = root / "notebooks", root / "data" / folder
        for private in ("notebooks", "home", "tmp", "probe"):
            (root / private).mkdir()
        shutil.copytree(dataset, data)
        (notebooks / "data").symlink_to(data, target_is_directory=True)
        yield Workspace(root, notebooks, root / "probe" / "evidence.jsonl")


def environment(
    inherited: Mapping[str, str], root: Path, python: Path, threads: int
) -> dict[str, str]:
    """Environment of a kernel: few variables, the kernel's own interpreter first on PATH.

    A notebook's ``!python`` then finds the interpreter that runs it, not the shell's.
    """
    kept = {name: inherited[name] for name in _KEPT if name in inherited}
    path = [str(python.parent), *kept.get("PATH", "/usr/bin:/bin").split(":")]
    count = str(threads)
    return kept | {
        "PATH": ":".join(dict.fromkeys(path)),
        "HOME": str(root / "home"),
        "TMPDIR": str(root / "tmp"),
        "IPYTHONDIR": str(root / "home" / ".ipython"),
        "MPLCONFIGDIR": str(root / "home" / ".matplotlib"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "TF_NUM_INTRAOP_THREADS": count,
        "TF_NUM_INTEROP_THREADS": count,
        "OMP_NUM_THREADS": count,
        "OPENBLAS_NUM_THREADS": count,
    }


_KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "TZ")
