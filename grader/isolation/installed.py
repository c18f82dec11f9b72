"""Where installed assignments are: they hold solutions, which no submission may read."""

import sys
from collections.abc import Iterator
from functools import cache
from importlib.machinery import PathFinder
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

GROUP = "grader.assignments"


def installed() -> list[EntryPoint]:
    """Return the entry points of installed assignments, by name; importing none of them."""
    return sorted(entry_points(group=GROUP), key=lambda each: each.name)


# They do not change while a program runs, and every kernel asks.
@cache
def assignment_places() -> tuple[Path, ...]:
    """Return the folders of installed assignments; of one that is a single file, that file."""
    return tuple(dict.fromkeys(place for point in installed() for place in _places(point.module)))


def _places(module: str) -> Iterator[Path]:
    *packages, name = module.split(".")
    search: list[str] = sys.path
    for package in packages:
        found = PathFinder.find_spec(package, search)
        search = list((found and found.submodule_search_locations) or ())
    for folder in map(Path, search):
        if packages:
            yield folder.resolve()
        elif (folder / name).is_dir():
            yield (folder / name).resolve()
        elif (folder / f"{name}.py").is_file():
            yield (folder / f"{name}.py").resolve()
