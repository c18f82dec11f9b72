"""The assignments at hand: those that are installed, and those of named folders."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint
from pathlib import Path

from grader.assignments.assignment import Assignment
from grader.assignments.declaring import did_you_mean
from grader.assignments.loading import MODULE, load, read
from grader.errors import GraderError, UsageError
from grader.isolation.installed import installed

# Names folders of assignments, as --assignments does; several are separated as in PATH.
VARIABLE = "GRADER_ASSIGNMENTS"


@dataclass(frozen=True)
class Catalog:
    """The assignments at hand.

    Args:
        assignments: By id.
        broken: Why an installed one cannot be used, by the name of its entry point.
    """

    assignments: Mapping[str, Assignment]
    broken: Mapping[str, str]

    def get(self, assignment_id: str) -> Assignment:
        """Return an assignment by its id.

        Raises:
            UsageError: There is none of that id, or it cannot be used.
        """
        if assignment_id in self.assignments:
            return self.assignments[assignment_id]
        if assignment_id in self.broken:
            raise UsageError(self.broken[assignment_id])
        meant = did_you_mean(assignment_id, self.assignments)
        known = ", ".join(self.assignments)
        raise UsageError(
            f"There is no assignment {assignment_id!r}. Known assignments: {known}. "
            f"{meant or 'Others are found with --assignments DIR.'}"
        )


def catalog(folders: Sequence[Path] = ()) -> Catalog:
    """Find the assignments at hand.

    One of a named folder takes the place of an installed one of the same id.

    Args:
        folders: Folders of an assignment, or of several; those of the environment come after them.

    Raises:
        DeclarationError: One of a named folder is not declared as it must be.
        UsageError: A folder has no assignment, or two have the same id.
    """
    named = _by_id(_named([*_places_of(folders), *_of_environment()]))
    others, broken = _installed()
    return Catalog({**others, **named}, broken)


def _of_environment() -> list[Path]:
    folders = [Path(each) for each in os.environ.get(VARIABLE, "").split(os.pathsep) if each]
    try:
        return _places_of(folders)
    except UsageError as error:
        raise UsageError(f"The environment variable {VARIABLE} names {error}") from error


def _places_of(folders: Iterable[Path]) -> list[Path]:
    return [place for folder in folders for place in _places(folder)]


def _named(places: Iterable[Path]) -> Iterator[tuple[Path, Assignment]]:
    for place in dict.fromkeys(place.resolve() for place in places):
        yield place, load(place)


def _places(folder: Path) -> list[Path]:
    if not folder.is_dir():
        found = "a file" if folder.exists() else "nothing there"
        raise UsageError(f"{folder}: expected a folder with an assignment, found {found}.")
    within = (path for path in sorted(folder.iterdir()) if path.is_dir())
    places = [path for path in (folder, *within) if (path / f"{MODULE}.py").is_file()]
    if not places:
        raise UsageError(
            f"{folder}: expected {MODULE}.py, in it or in a folder below it, found none. "
            "Name the folder that your assignment is in."
        )
    return places


def _by_id(named: Iterable[tuple[Path, Assignment]]) -> dict[str, Assignment]:
    found: dict[str, tuple[Path, Assignment]] = {}
    for place, assignment in named:
        if assignment.id in found:
            raise UsageError(
                f"Two assignments are called {assignment.id}: that in {found[assignment.id][0]} "
                f"and that in {place}. Name one of them, or change its id."
            )
        found[assignment.id] = place, assignment
    return {name: assignment for name, (_, assignment) in found.items()}


# They do not change while a program runs, and reading them takes time.
@cache
def _installed() -> tuple[Mapping[str, Assignment], Mapping[str, str]]:
    found: dict[str, Assignment] = {}
    broken: dict[str, str] = {}
    for point in installed():
        try:
            assignment = _of_entry_point(point)
        except GraderError as error:
            broken[point.name] = str(error)
        except Exception as error:  # noqa: BLE001 - another's package must not stop all others
            broken[point.name] = f"{point.value}: {type(error).__name__}: {error}"
        else:
            found.setdefault(assignment.id, assignment)
    return found, broken


def _of_entry_point(point: EntryPoint) -> Assignment:
    return read(point.module)
