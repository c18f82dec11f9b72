"""``grader new``: an author begins an assignment."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer


def new(
    assignment: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="The new assignment: small letters, digits and single hyphens."
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Where the folder ID is made; default: the current folder."
        ),
    ] = None,
) -> None:
    """Make the folder of a new assignment.

    It holds a small example, which works as it is: change it into your own.
    """
    from grader.scaffold.example_files import example_files
    from grader.scaffold.folder import target_of, with_student_notebook, write

    folder = target_of(assignment, out)
    files = with_student_notebook(example_files(assignment), "The example")
    write(folder, files)
    typer.echo(f"{assignment}: {folder}, an example that works as it is")
    _tell(folder, files)


_WHAT = {
    "assignment.py": "the graded parts, and the rubric of checks",
    "variants.py": "the solution in other ways that are right, and with mistakes",
}


def _tell(folder: Path, files: Mapping[str, str]) -> None:
    notebook = f"{folder.name}.ipynb"
    what = {notebook: "the solution; students write between its markers", **_WHAT}
    what[f"student/{notebook}"] = "what students get of it; never edit it"
    width = max(map(len, files))
    for name in files:
        typer.echo(f"  {name:{width}}  {what[name]}")
    typer.echo("What to type next, after each change:")
    typer.echo(f"  grader check {folder / notebook} --assignments {folder}")
    typer.echo(f"  grader release {folder.name} --assignments {folder} --force")
    typer.echo(f"  grader audit {folder.name} --assignments {folder}")
