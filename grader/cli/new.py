"""``grader new``: an author begins an assignment."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer


def new(
    assignment: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="The new assignment: small letters, digits and single hyphens."
        ),
    ],
    notebook: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="NOTEBOOK",
            show_default=False,
            help="Begin with your own solution, in which markers say what students write; it "
            "stays as it is.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Where the folder ID is made; default: the current folder."
        ),
    ] = None,
) -> None:
    """Make the folder of a new assignment.

    It holds a small example, which works as it is: change it into your own. Or, with --from, a copy
    of your notebook, and a rubric that begins with what its code says.
    """
    from grader.scaffold.example_files import example_files
    from grader.scaffold.folder import target_of, with_student_notebook, write
    from grader.scaffold.from_notebook import files_of

    folder = target_of(assignment, out)
    told: Sequence[str] = ()
    if notebook is None:
        files = with_student_notebook(example_files(assignment), "The example")
        begun = "an example that works as it is"
    else:
        files, told = files_of(assignment, notebook)
        begun = f"made from {notebook}, which stays as it is"
    write(folder, files)
    typer.echo(f"{assignment}: {folder}, {begun}")
    _tell(folder, files, told)


_WHAT = {
    "assignment.py": "the graded parts, and the rubric of checks",
    "variants.py": "the solution in other ways that are right, and with mistakes",
}


def _tell(folder: Path, files: Mapping[str, str], told: Sequence[str]) -> None:
    notebook = f"{folder.name}.ipynb"
    what = {notebook: "the solution; students write between its markers", **_WHAT}
    what[f"student/{notebook}"] = "what students get of it; never edit it"
    width = max(map(len, files))
    for name in files:
        typer.echo(f"  {name:{width}}  {what[name]}")
    for line in told:
        typer.echo(line)
    if any("NotImplementedError" in text for text in files.values()):
        typer.echo("A check that is to be filled in gives no points: its points wait. Search TODO.")
    typer.echo("What to type next, after each change:")
    place = quote(str(folder))
    typer.echo(f"  grader check {quote(str(folder / notebook))} --assignments {place}")
    typer.echo(f"  grader release {folder.name} --assignments {place} --force")
    typer.echo(f"  grader audit {folder.name} --assignments {place}")
