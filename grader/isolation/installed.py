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
    """Return where installed assignments are, with all that comes in the same package.

    A reference or a solution may lie beside the folder of the assignment that uses it. Of one that
    is in no package, these are the files and folders that were installed with it.
    """
    return tuple(dict.fromkeys(place for point in installed() for place in _places(point)))


def _places(point: EntryPoint) -> Iterator[Path]:
    *packages, name = point.module.split(".")
    search: list[str] = sys.path
    for package in packages:
        found = PathFinder.find_spec(package, search)
        search = list((found and found.submodule_search_locations) or ())
        # Without a file of its own, it may be shared with packages of others.
        if found is not None and found.origin is not None:
            break
    names = set() if packages else {name, f"{name}.py", *_beside(point)}
    for folder in map(Path, search):
        places = [folder / each for each in sorted(names)] if names else [folder]
        yield from (place.resolve() for place in places if place.exists())


def _beside(point: EntryPoint) -> Iterator[str]:
    """Yield what was installed together with an assignment."""
    for file in (point.dist and point.dist.files) or ():
        if not file.parts[0].endswith((".dist-info", ".egg-info", "..", ".pth", "__pycache__")):
            yield file.parts[0]
