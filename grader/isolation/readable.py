"""What a submission may read: the list of what an interpreter and its libraries look up."""

import site
import sys
import sysconfig
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from grader.isolation.installed import assignment_places

PACKAGE = Path(__file__).resolve().parents[1]
PACKAGES = ("site-packages", "dist-packages")
PYTHON = f"python{sys.version_info.major}.{sys.version_info.minor}"
# Below share/ of the system, and of an interpreter that has libraries of its own.
SHARES = (
    "ca-certificates", "fontconfig", "fonts", "git-core", "i18n", "icu", "locale", "mime", "misc",
    "perl", "perl5", "tcltk", "terminfo", "zoneinfo",
)  # fmt: skip
# Where an interpreter is installed: its programs and libraries, but not the folder as a whole,
# beside which people keep their work, as in the prefix of a Conda environment.
PREFIX = (
    "bin", "pyvenv.cfg", f"include/{PYTHON}*",
    *(f"{lib}/{name}" for lib in ("lib", "lib64") for name in (
        PYTHON, f"{PYTHON}t", "python3", "*.so", "*.so.*", "*-linux-gnu", "engines-*",
        "ossl-modules", "tcl[0-9]*", "tk[0-9]*", "itcl[0-9]*",
    )),
    "etc/fonts", "etc/ipython", "etc/jupyter", "fonts", "ssl", "share/jupyter",
    *(f"share/{name}" for name in SHARES),
)  # fmt: skip
LOCAL = "/usr/local"
# Of our own package, what kernels and trainers import.
OWN_PART = (
    "__init__.py", "hooks", "inspection", "isolation", "kinds", "preparation", "probe", "values",
    "wire",
)  # fmt: skip
# What programs and libraries look up. Nothing of it is secret, nor belongs to anybody.
SYSTEM = (
    "/usr/bin", "/usr/sbin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libexec", "/usr/include",
    "/bin", "/sbin", "/lib", "/lib32", "/lib64",
    *(f"/usr/share/{name}" for name in SHARES),
    "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/timezone",
    "/etc/fonts", f"/etc/{PYTHON}", "/etc/mime.types", "/etc/ssl/certs",
    "/dev/urandom", "/dev/random",
    "/sys/devices/system/cpu", "/sys/devices/system/node", "/sys/kernel/mm/hugepages",
    "/sys/kernel/mm/transparent_hugepage",
)  # fmt: skip
# Of other processes nothing, and of its own what tells nothing of others: net has everybody's
# sockets, mountinfo everybody's folders, and a thread's folder has them all again.
OWN = (
    "auxv", "cgroup", "cmdline", "comm", "environ", "fd", "fdinfo", "io", "limits", "maps", "smaps",
    "smaps_rollup", "stat", "statm", "status", "oom_score", "oom_score_adj",
)  # fmt: skip
PROC = tuple(
    f"/proc/{name}"
    for name in (
        "cpuinfo", "filesystems", "loadavg", "meminfo", "stat", "uptime", "version",
        "sys/kernel/cap_last_cap", "sys/kernel/osrelease", "sys/kernel/ostype",
        "sys/kernel/pid_max", "sys/kernel/random", "sys/kernel/threads-max", "sys/kernel/version",
        "sys/vm/max_map_count", "sys/vm/overcommit_memory",
        *(f"self/{name}" for name in OWN),
    )
)  # fmt: skip
# To be listed alone: below each thread's number is all that is below the process's, and more.
THREADS = "/proc/self/task"


def readable() -> Iterator[Path]:
    """What may be read: the system's libraries, the interpreter, its packages, and our own part."""
    yield from map(Path, (*SYSTEM, *PROC))
    for folder in _interpreter():
        yield from _around(folder, _held_back())
    yield from (PACKAGE / name for name in OWN_PART)


def listable() -> Iterator[Path]:
    """What may be listed without being read: Python lists the folders that it imports from.

    It does so anew whenever a file there has come or gone since, as when the grader is updated
    while it runs: what it may not list then is to it a folder without modules.
    """
    yield PACKAGE
    folders = set(_interpreter())
    above = dict.fromkeys(parent for place in _held_back() for parent in place.parents)
    yield from (folder for folder in above if any(map(folder.is_relative_to, folders)))
    yield Path(THREADS)


def reader_of(path: Path) -> Path | None:
    """Return the folder that may be read in which a path lies, by whatever links; None for none."""
    real = path.resolve()
    return next((each for each in readable() if real.is_relative_to(each.resolve())), None)


def _interpreter() -> Iterator[Path]:
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix, LOCAL}
    parts = {path for prefix in prefixes for path in _parts(Path(prefix))}
    named = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    own = [site.getusersitepackages()] if site.ENABLE_USER_SITE else []
    # An environment may borrow another one's packages; any other folder may hold anything.
    borrowed = [path for path in sys.path if Path(path).name in PACKAGES]
    packages = map(Path, (*named, *site.getsitepackages(), *own, *borrowed))
    yield from sorted({path.resolve() for path in (*parts, *packages)})


def _parts(prefix: Path) -> Iterator[Path]:
    # Where this user cannot look there is nothing that a submission could read.
    with suppress(PermissionError):
        for name in PREFIX:
            yield from prefix.glob(name)


def _held_back() -> tuple[Path, ...]:
    """Rubrics and solutions: our own package, and assignments that are installed beside it."""
    return (PACKAGE, *assignment_places())


def _around(folder: Path, holes: Collection[Path]) -> Iterator[Path]:
    """All that is in a folder but for holes in it."""
    if folder in holes:
        return
    if not any(hole.is_relative_to(folder) for hole in holes):
        yield folder
        return
    for entry in folder.iterdir():
        # What a link leads to is listed where it is, or lies elsewhere and is nobody's business.
        if not entry.is_symlink():
            yield from _around(entry, holes)
