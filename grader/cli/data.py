"""``grader data``: lists, draws and verifies datasets."""

from pathlib import Path
from typing import Annotated

import typer

data = typer.Typer(
    help="List, draw or verify the datasets.", no_args_is_help=True, rich_markup_mode=None
)
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The dataset.")]


@data.command("list")
def list_() -> None:
    """List the datasets and where they are."""
    from grader import resources
    from grader.datasets import DATASETS

    for dataset in DATASETS.values():
        folder = resources.home() / "data" / dataset.folder
        where = folder if folder.is_dir() else f"missing, `grader data make {dataset.id}` draws it"
        typer.echo(f"{dataset.id}  {len(dataset.files)} images  {where}")


@data.command()
def make(
    dataset: IdArgument,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where to; default: the kit's data.")
    ] = None,
) -> None:
    """Draw a dataset: the same pixels on every machine."""
    from grader import datasets, resources

    found = datasets.get(dataset)
    target = out or resources.home() / "data" / found.folder
    datasets.make(found, target)
    typer.echo(f"{found.id}: drew {len(found.files)} images in {target}")


@data.command()
def verify(
    dataset: IdArgument,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="The folder; default: the kit's own copy."),
    ] = None,
) -> None:
    """Compare every image of a dataset with its known hash.

    The exit code is 1 when one differs.
    """
    from grader import datasets, resources

    found = datasets.get(dataset)
    place = resources.dataset(found.folder, folder)
    problems = datasets.verify(found, place)
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        typer.echo(f"{found.id}: {len(problems)} problems in {place}", err=True)
        raise typer.Exit(1)
    typer.echo(f"{found.id}: all {len(found.files)} images in {place} are as released")
