"""``grader data``: lists, draws, fetches, verifies and records datasets."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import AssignmentsOption

if TYPE_CHECKING:
    from grader.assignments.assignment import Assignment
    from grader.datasets import Dataset, Split

data = typer.Typer(
    help="List, draw, fetch, verify or record the datasets.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The dataset.")]
FolderArgument = Annotated[
    Path | None,
    typer.Argument(metavar="DIR", help="The folder; default: its assignment's own."),
]
OutOption = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Where to; default: its assignment's own.")
]


@data.command("list")
def list_(assignments: AssignmentsOption = None) -> None:
    """List the datasets, their splits and where they are."""
    for dataset, _ in _datasets(assignments or ()).values():
        for split in dataset.all_splits:
            typer.echo("  ".join((split.id, *_listed(dataset, split, assignments or ()))))


def _listed(dataset: "Dataset", split: "Split", folders: Sequence[Path]) -> Iterator[str]:
    from grader.datasets.places import command, expected_at
    from grader.errors import DatasetError

    place = expected_at(dataset, split)
    if not place.exists():
        verb, does = ("fetch", "fetches") if split.fetched else ("make", "draws")
        remedy = f", `{command(verb, split, folders)}` {does} it"
        yield split.described
        yield f"missing{remedy if split.drawn or split.fetched else ''}"
        return
    if not dataset.splits:
        yield split.described
        yield str(place)
        return
    try:
        yield _counted(split, place)
    except DatasetError as error:
        yield str(error)
    yield str(place)


def _counted(split: "Split", place: Path) -> str:
    split.check_usable(place)
    samples, classes = split.counts(place)
    counted = f"{samples} samples" if samples else split.described
    of = f" of {classes} classes" if classes else ""
    return f"{counted}{of}  {split.digest(place)[:12]}"


def _datasets(folders: Sequence[Path]) -> "Mapping[str, tuple[Dataset, Assignment]]":
    """Return the datasets by their ids, each with an assignment that has it."""
    from grader.assignments.catalog import catalog
    from grader.assignments.relations import originals

    # Editions of an assignment have its data.
    known = originals(catalog(folders).assignments.values())
    return {each.data.id: (each.data, each) for each in known if each.data}


def _named(dataset_id: str, folders: Sequence[Path]) -> "Dataset":
    return _with_assignment(dataset_id, folders)[0]


def _with_assignment(dataset_id: str, folders: Sequence[Path]) -> "tuple[Dataset, Assignment]":
    from grader.errors import DatasetError

    known = _datasets(folders)
    if dataset_id not in known:
        raise DatasetError(
            f"There is no dataset {dataset_id!r}. Known datasets: {', '.join(sorted(known))}. "
            "Name the folder of an assignment that is not installed: --assignments DIR"
        )
    return known[dataset_id]


@data.command()
def make(dataset: IdArgument, out: OutOption = None, assignments: AssignmentsOption = None) -> None:
    """Draw a dataset: the same pixels on every machine."""
    from grader.assignments.drawn import mark
    from grader.datasets.places import expected_at
    from grader.errors import DatasetError

    found, assignment = _with_assignment(dataset, assignments or ())
    drawn = [each for each in found.all_splits if each.drawn]
    if found.splits and not drawn:
        raise DatasetError(f"No split of {found.id} is drawn. `grader data list` says what it has.")
    for split in drawn or found.all_splits:
        target = expected_at(found, split, out)
        split.make(target)
        mark(assignment, split, target)
        samples, _ = split.counts(target)
        what = "images" if split.labelled else "samples"
        typer.echo(f"{split.id}: drew {samples} {what} in {target}")


@data.command()
def fetch(dataset: IdArgument, assignments: AssignmentsOption = None) -> None:
    """Fetch what a dataset has elsewhere, by its hash.

    What is there is left as it is; a download that broke off goes on.
    """
    from grader.errors import DatasetError

    found = _named(dataset, assignments or ())
    fetched = [each for each in found.splits if each.fetched]
    if not fetched:
        raise DatasetError(
            f"No split of {found.id} is fetched. `grader data list` says what it has."
        )
    for split in fetched:
        there = split.place.exists()
        split.fetch(split.place)
        typer.echo(f"{split.id}: {'is already' if there else 'fetched'} at {split.place}")


@data.command()
def verify(
    dataset: IdArgument, folder: FolderArgument = None, assignments: AssignmentsOption = None
) -> None:
    """Compare a dataset with what is recorded of it.

    The exit code is 1 when one differs.
    """
    found = _named(dataset, assignments or ())
    named = assignments or ()
    whole = [_verified(found, split, folder, named) for split in found.all_splits]
    if not all(whole):
        raise typer.Exit(1)


def _verified(
    dataset: "Dataset", split: "Split", folder: Path | None, named: Sequence[Path]
) -> bool:
    from grader.datasets.places import found_at
    from grader.errors import DatasetError

    try:
        place = found_at(dataset, split, folder, named)
    except DatasetError as error:
        if not dataset.splits:
            raise
        typer.echo(str(error), err=True)
        return False
    problems = split.verify(place)
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        typer.echo(f"{split.id}: {len(problems)} problems in {place}", err=True)
        return False
    if split.recorded:
        typer.echo(f"{split.id}: all {split.described} in {place} are as released")
    elif split.labelled:
        typer.echo(f"{split.id}: no hashes are recorded; the images in {place} can be read")
    else:
        typer.echo(f"{split.id}: nothing is recorded; {place} can be read")
    return True


@data.command()
def record(
    dataset: IdArgument, folder: FolderArgument = None, assignments: AssignmentsOption = None
) -> None:
    """Write down what a dataset contains, for verify to compare with.

    Each split that names a file as its record has it written there.
    """
    from grader.datasets.places import found_at
    from grader.errors import DatasetError

    found = _named(dataset, assignments or ())
    keeping = [each for each in found.all_splits if each.record]
    if not keeping:
        raise DatasetError(
            f"{found.id} does not say where its record is kept. Name a file where it, or each of "
            'its splits, is declared: record=HERE / "images.json".'
        )
    for split in keeping:
        place = found_at(found, split, folder, assignments or ())
        split.check_usable(place)
        split.write_record(place)
        typer.echo(f"{split.id}: recorded {place} in {split.record}")
