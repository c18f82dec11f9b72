"""``grader data``: lists, draws and verifies datasets."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import AssignmentsOption

if TYPE_CHECKING:
    from grader.datasets import Dataset

data = typer.Typer(
    help="List, draw or verify the datasets.", no_args_is_help=True, rich_markup_mode=None
)
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The dataset.")]


@data.command("list")
def list_(assignments: AssignmentsOption = None) -> None:
    """List the datasets and where they are."""
    for dataset in _datasets(assignments or ()).values():
        folder = _place(dataset)
        missing = (
            f"missing, `grader data make {dataset.id}` draws it" if dataset.draw else "missing"
        )
        where = folder if folder.is_dir() else missing
        typer.echo(f"{dataset.id}  {dataset.described}  {where}")


def _datasets(folders: Sequence[Path]) -> "Mapping[str, Dataset]":
    from grader.assignments.catalog import catalog

    known = catalog(folders).assignments.values()
    return {each.data.id: each.data for each in known if each.data}


def _named(dataset_id: str, folders: Sequence[Path]) -> "Dataset":
    from grader.errors import DatasetError

    known = _datasets(folders)
    if dataset_id not in known:
        raise DatasetError(
            f"There is no dataset {dataset_id!r}. Known datasets: {', '.join(sorted(known))}."
        )
    return known[dataset_id]


def _place(dataset: "Dataset") -> Path:
    from grader import resources

    return dataset.place or resources.data_folder(dataset.folder)


@data.command()
def make(
    dataset: IdArgument,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where to; default: its assignment's own.")
    ] = None,
    assignments: AssignmentsOption = None,
) -> None:
    """Draw a dataset: the same pixels on every machine."""
    from grader import datasets

    found = _named(dataset, assignments or ())
    target = out or _place(found)
    datasets.make(found, target)
    typer.echo(f"{found.id}: drew {len(datasets.image_files(target))} images in {target}")


@data.command()
def verify(
    dataset: IdArgument,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="The folder; default: its assignment's own."),
    ] = None,
    assignments: AssignmentsOption = None,
) -> None:
    """Compare every image of a dataset with its known hash.

    The exit code is 1 when one differs.
    """
    from grader import datasets, resources

    found = _named(dataset, assignments or ())
    place = resources.dataset(found.folder, folder or found.place)
    problems = datasets.verify(found, place)
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        typer.echo(f"{found.id}: {len(problems)} problems in {place}", err=True)
        raise typer.Exit(1)
    if not found.files:
        typer.echo(f"{found.id}: no hashes are recorded; the images in {place} can be read")
        return
    typer.echo(f"{found.id}: all {len(found.files)} images in {place} are as released")
