"""Python files that lie beside a notebook, which imports them: which ones may be given."""

import ast
import keyword
import sys
import sysconfig
from collections import Counter
from collections.abc import Collection
from importlib.machinery import PathFinder
from pathlib import Path

from grader.assignments.declaring import require

_MODULES = "modules=(Path(__file__).parent / 'helpers.py',)"
_INSTALLED = frozenset({"site-packages", "dist-packages"})
_MOST_BYTES = 1_000_000


def require_modules(modules: object, rubric: Collection[Path]) -> None:
    """Make sure that files can be given as modules beside a notebook.

    Args:
        modules: What the author gives.
        rubric: The assignment's own files, which nobody is to get.

    Raises:
        DeclarationError: They cannot; names the file and the line.
    """
    paths = modules if isinstance(modules, tuple) else ()
    require(isinstance(modules, tuple) and all(isinstance(each, Path) for each in paths),
            f"modules are a tuple of Paths; found {modules!r:.80}.",
            f"Write {_MODULES}.")  # fmt: skip
    for path in paths:
        _require_name(path)
        _require_content(path)
        require(not any(each.exists() and path.samefile(each) for each in rubric),
                f"{path.name} is of the rubric, and students get the modules.",
                "Put what they import into a file of its own.")  # fmt: skip
    # Where capitals make no difference, two of them would be one file.
    name, times = next(iter(Counter(path.name.lower() for path in paths).most_common(1)), ("", 0))
    require(times < 2, f"There are two modules called {name}.",  # noqa: PLR2004
            "Rename one: all lie in the notebook's folder.")  # fmt: skip


def _require_name(path: Path) -> None:
    stem = path.stem
    importable = path.suffix == ".py" and stem.isidentifier() and not keyword.iskeyword(stem)
    require(importable, f"A module is a file that can be imported; found {path.name!r}.",
            "Call it like a variable, and let it end in .py, such as helpers.py.")  # fmt: skip
    require(not _is_known(stem), f"{path.name} would stand for the module {stem} of Python, or of "
            "an installed package.",
            "Give it a name that no package has, such as helpers.py.")  # fmt: skip


def _is_known(name: str) -> bool:
    """Whether Python, or a package that is installed, has a module of that name."""
    if name in sys.stdlib_module_names or name == __name__.partition(".")[0]:
        return True
    places = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    places += [place for place in sys.path if _INSTALLED & {*Path(place).parts}]
    return PathFinder.find_spec(name, places) is not None


def _require_content(path: Path) -> None:
    require(path.is_file(), f"The module {path} is not there.",
            f"Name a file that is, such as {_MODULES}.")  # fmt: skip
    size = path.stat().st_size
    require(0 < size <= _MOST_BYTES,
            f"A module has up to {_MOST_BYTES:,} bytes, and {path.name} has {size:,}.",
            "Write something into it." if not size else
            "Put data into the assignment's dataset, or into a package.")  # fmt: skip
    try:
        ast.parse(path.read_bytes())
    except (SyntaxError, ValueError) as error:
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        require(False, f"{path.name}{line}: {error.args[0]}.",  # noqa: FBT003
                "A module is Python; mend that line.")  # fmt: skip
