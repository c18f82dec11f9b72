"""``grader grade``: an instructor grades a class."""

import json as json_module
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import (
    AssignmentOption,
    DataOption,
    JsonOption,
    JunitOption,
    QuietOption,
)

if TYPE_CHECKING:
    from grader.report.document import Report


def grade(
    paths: Annotated[list[Path], typer.Argument(help="Notebooks, or folders of them.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the results go.")],
    assignment: AssignmentOption = None,
    data: DataOption = None,
    junit: JunitOption = None,
    fail_under: Annotated[
        float | None,
        typer.Option(metavar="PERCENT", help="Exit code 1 when any grade is below this."),
    ] = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Grade files and folders of notebooks, and write reports and a table of grades."""
    from grader.batch import output, submissions
    from grader.batch.local import grade_all
    from grader.pipeline import Pipeline

    entries = submissions.find(paths, out)
    reports = grade_all(Pipeline(assignment, data), entries, out, quiet=quiet or json)
    if junit:
        output.write_junit(reports, junit)
    if json:
        documents = [report.model_dump(mode="json") for report in reports]
        sys.stdout.write(json_module.dumps({"reports": documents}, indent=2) + "\n")
    raise typer.Exit(1 if fail_under is not None and _any_below(reports, fail_under) else 0)


def _any_below(reports: "list[Report]", percent: float) -> bool:
    return any(report.score.fraction * 100 < percent for report in reports)
