"""The modules that students get beside their notebook: they hold nothing of the solution."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from grader.errors import UsageError
from grader.release.compare import differences, module_differences
from grader.release.leaks import Solution
from grader.release.places import read


def given(modules: Sequence[Path], secret: Solution) -> Mapping[str, bytes]:
    """Return the contents of modules, by their names.

    Args:
        modules: Their files.
        secret: What of the solution nobody is to get.

    Raises:
        UsageError: One has something of the solution in it, or cannot be read.
    """
    contents = {path.name: _read(path) for path in modules}
    for path in modules:
        run = secret.given_away(contents[path.name].decode("utf-8", "replace"), code=True)
        if run is not None:
            raise UsageError(
                f"{path} has {len(run)} tokens in a row of the solution: `{' '.join(run)}`. "
                "Students get it as it is: take that out of it."
            )
    return contents


def beside(notebook: Path, modules: Sequence[Path], secret: Solution) -> dict[Path, bytes]:
    """Return what is written beside a student's notebook, by where it goes.

    Args:
        notebook: Where the notebook goes.
        modules: Their files; those that lie there already are none.
        secret: What of the solution nobody is to get.

    Raises:
        UsageError: One has something of the solution in it, or cannot be read.
    """
    places = {path.name: notebook.with_name(path.name) for path in modules}
    there = {path.name for path in modules if path.resolve() == places[path.name].resolve()}
    found = given(modules, secret).items()
    return {places[name]: content for name, content in found if name not in there}


def problems(files: Mapping[Path, bytes]) -> dict[Path, list[str]]:
    """Say of files in what they differ from what students get, a line each.

    Args:
        files: What students get, the notebook and its modules, by where it goes.

    Raises:
        UsageError: A file is there and cannot be read.
    """
    return {path: told for path, content in files.items() if (told := _problems(path, content))}


def _problems(path: Path, expected: bytes) -> list[str]:
    there = read(path)
    if there is None:
        return ["it is missing"]
    return (module_differences if path.suffix == ".py" else differences)(there, expected)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror}. Students get it beside their notebook."
        ) from error
