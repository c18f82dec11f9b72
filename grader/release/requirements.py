"""Which packages a student needs: what the notebook imports, in the versions of the grader."""

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import packages_distributions, version
from pathlib import PurePath

from grader.notebook import source

# To work in a notebook at all. Which JupyterLab it is changes no grade.
_ALWAYS = ("ipykernel",)
_JUPYTER = "jupyterlab"
# What Keras computes with, which it can be installed without, and what loading and augmenting
# images imports.
_BESIDE_KERAS = ("tensorflow", "pillow", "scipy")
# What Keras' callback of that name writes with, which is imported when it is used.
_BOARD = re.compile(r"\bTensorBoard\b")
_KERAS = frozenset({"keras", "tensorflow"})


def requirements(cells: Iterable[str], title: str, wheels: Sequence[PurePath] = ()) -> str:
    """Return a file of requirements, as pip reads it in its own folder.

    Args:
        cells: Code cells of the student's notebook.
        title: The assignment's.
        wheels: Packages that lie beside it.
    """
    texts = list(cells)
    names = {name for cell in texts for name in imported(cell)}
    found = {*_ALWAYS, *(known for name in names if (known := _distributions().get(name)))}
    if names & _KERAS:
        found.update(_BESIDE_KERAS)
        found.update("tensorboard" for _ in filter(_BOARD.search, texts))
    found -= {_normalized(wheel.name.partition("-")[0]) for wheel in wheels}
    lines = [
        f"# What the notebook of {title} needs, in the versions that it is graded with.",
        "# In this folder: pip install -r requirements.txt",
        _JUPYTER,
        *(f"{name}=={version(name)}" for name in sorted(found)),
        *(f"./{wheel.name}" for wheel in wheels),
    ]
    return "".join(f"{line}\n" for line in lines)


def imported(cell: str) -> Iterator[str]:
    """Yield the top-level modules that a cell imports, those of Python itself excepted."""
    tree = source.parse(cell)
    for node in ast.walk(tree) if tree else ():
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        for name in names:
            top = name.partition(".")[0]
            if top not in sys.stdlib_module_names:
                yield top


@cache
def _distributions() -> Mapping[str, str]:
    """Return which package has a module: of several that do, the one that is called so."""
    known = packages_distributions().items()
    found = {name: {_normalized(each) for each in several} for name, several in known}
    own = {name: _normalized(name) for name in found}
    return {
        name: own[name] if own[name] in several else next(iter(several))
        for name, several in found.items()
        if own[name] in several or len(several) == 1
    }


def _normalized(name: str) -> str:
    """Return the name of a package as indexes have it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()
