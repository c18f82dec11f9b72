"""``grader check``: a student checks one notebook."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import AssignmentOption, DataOption, JsonOption, QuietOption


def check(
    notebook: Annotated[Path, typer.Argument(help="The notebook to check.")],
    assignment: AssignmentOption = None,
    data: DataOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Write report.html and report.json there."),
    ] = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Grade one notebook and print the feedback; exit code 0 when it passes, else 1."""
    from rich.console import Console

    from grader.batch import output, submissions
    from grader.pipeline import Pipeline
    from grader.report import text

    [entry] = submissions.find([_file(notebook)])
    pipeline = Pipeline(assignment, data)
    errors = Console(stderr=True, quiet=quiet or json)
    with errors.status(f"{notebook.name}: reading") as status:
        graded = pipeline.grade(entry, lambda doing: status.update(f"{notebook.name}: {doing}"))
    folder = output.write_submission(graded, out) if out else None
    if json:
        sys.stdout.write(graded.report.to_json())
    elif not quiet:
        full_report = folder / "report.html" if folder else None
        text.render(graded.report, Console(), full_report=full_report)
    raise typer.Exit(0 if graded.report.score.passed else 1)


def _file(notebook: Path) -> Path:
    from grader.errors import UsageError

    if notebook.is_dir():
        raise UsageError(
            f"{notebook}: expected a notebook, found a folder. Name the file in it, or use "
            "`grader grade` for a whole class."
        )
    return notebook
