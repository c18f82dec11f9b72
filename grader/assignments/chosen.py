"""Which assignments a command is about, and on which copies of their datasets."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from grader.assignments.assignment import Assignment
from grader.assignments.catalog import Catalog, catalog
from grader.assignments.relations import editions_of, originals
from grader.datasets import Dataset
from grader.datasets.images import class_folders
from grader.errors import UsageError


def chosen(
    folders: Sequence[Path],
    assignment_id: str | None,
    *,
    full: bool = False,
    editions: bool = True,
) -> list[Assignment]:
    """Return the assignments that submissions may belong to, each as its profile grades it.

    Args:
        folders: Folders of assignments, beside the installed ones.
        assignment_id: The only one; None for all.
        full: Whether to grade on the whole instead of by profiles.
        editions: Whether those that are editions of that one come with it, behind it.

    Raises:
        DeclarationError: One is not declared as it must be.
        UsageError: There is none of that id, or none at all.
    """
    known = catalog(folders)
    found = _all(known) if assignment_id is None else [known.get(assignment_id)]
    if assignment_id is not None and editions:
        found += editions_of(assignment_id, known.assignments.values())
    return found if full else [each.reduced() for each in found]


def _all(known: Catalog) -> list[Assignment]:
    if not known.assignments:
        raise UsageError(
            "No assignment is installed. Install the package again, or name a folder with "
            "--assignments DIR."
        )
    return list(known.assignments.values())


def copies(assignments: Sequence[Assignment], given: Sequence[Path]) -> Mapping[str, Path]:
    """Say which assignment's images each folder has.

    Args:
        assignments: Those that may be meant.
        given: Folders, or ``ID=DIR`` for the one of that id.

    Returns:
        Folders by the id of the assignment; editions of one have its data.

    Raises:
        UsageError: It cannot be told, or a folder was named for two.
    """
    found: dict[str, Path] = {}
    for each in given:
        assignment, folder = _whose(assignments, each)
        if assignment.id in found:
            raise UsageError(
                f"There are two folders for {assignment.id}: {found[assignment.id]} and {folder}. "
                "Name one."
            )
        found[assignment.id] = folder
    for id_, folder in [*found.items()]:
        for edition in editions_of(id_, assignments):
            found.setdefault(edition.id, folder)
    return found


def _whose(assignments: Sequence[Assignment], given: Path) -> tuple[Assignment, Path]:
    id_, _, folder = str(given).partition("=")
    named = [each for each in assignments if folder and each.id == id_]
    if named and not named[0].data:
        raise UsageError(f"{given}: {id_} has no images. Leave out --data, or name another id.")
    if named:
        return named[0], Path(folder)
    with_images = [each for each in originals(assignments) if each.data]
    if len(with_images) == 1:
        return with_images[0], given
    alike = [each for each in with_images if each.data and _has(given, each.data)]
    if len(alike) == 1:
        return alike[0], given
    ids = ", ".join(each.id for each in with_images) or "none has images"
    raise UsageError(
        f"{given}: it cannot be told which assignment's images these are. "
        f"Write --data ID=DIR with one of the ids: {ids}."
    )


def _has(folder: Path, data: Dataset) -> bool:
    if not folder.is_dir():
        return False
    if data.splits:
        return all((folder / each.file_name).exists() for each in data.splits)
    return set(class_folders(folder)) == set(data.classes)
