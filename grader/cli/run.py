"""``grader run``: CI executes notebooks from top to bottom."""

from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import AssignmentOption, AssignmentsOption, JunitOption, QuietOption

if TYPE_CHECKING:
    from collections.abc import Callable

    from nbformat import NotebookNode

    from grader.records import EndToEnd
    from grader.staging import Stage


def run(
    notebooks: Annotated[
        list[Path], typer.Argument(metavar="NOTEBOOK", help="The notebooks to execute.")
    ],
    cwd: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            exists=True,
            file_okay=False,
            help="Run there; default: the notebook's folder.",
        ),
    ] = None,
    timeout: Annotated[
        int, typer.Option(metavar="SECONDS", min=1, help="Limit for each cell.")
    ] = 600,
    profile: Annotated[
        bool,
        typer.Option(
            "--profile",
            help="By the grading profile of its assignment: in a folder with as much of the data, "
            "and with its constants in given cells; default: as the notebook is.",
        ),
    ] = False,
    assignment: AssignmentOption = None,
    assignments: AssignmentsOption = None,
    junit: JunitOption = None,
    quiet: QuietOption = False,
) -> None:
    """Execute every cell as Jupyter would, without grading.

    The kernel is the grader's own Python. The exit code is 1 when a cell fails. The notebooks
    themselves are never written.
    """
    named = bool(assignment or assignments)
    _refuse_unused(profile=profile, cwd=cwd, named=named)
    from grader import resources
    from grader.assignments.chosen import chosen
    from grader.batch import output
    from grader.kernel.end_to_end import execute, refuse_unrunnable
    from grader.report import junit_runs
    from grader.staging import Stage, staged

    _refuse_missing(notebooks)
    for notebook in notebooks:
        refuse_unrunnable(notebook)
    if junit:
        output.prepare_file(junit)
    at_hand = chosen(assignments or (), assignment) if profile else []
    results = []
    for notebook in notebooks:
        plain = nullcontext(Stage(cwd or resources.working_folder(notebook)))
        with staged(notebook, at_hand) if profile else plain as stage:
            _say(f"== {notebook}{_by(stage)}", quiet=quiet)
            shown = _show(quiet=quiet)
            results.append(execute(notebook, stage.folder, timeout, shown, stage.sources))
        _tell(results[-1], quiet=quiet)
    if junit:
        output.write_named(junit, junit_runs.render(results, datetime.now(UTC)))
    raise typer.Exit(1 if any(result.failed is not None for result in results) else 0)


def _refuse_unused(*, profile: bool, cwd: Path | None, named: bool) -> None:
    from grader.errors import UsageError

    if profile and cwd:
        raise UsageError("--profile makes a folder of its own. Leave out --cwd, or --profile.")
    if not profile and named:
        raise UsageError(
            "A notebook is run as it is, whichever assignment it is of. Leave out --assignment and "
            "--assignments, or add --profile."
        )


def _by(stage: "Stage") -> str:
    return f" by the profile {stage.profile}" if stage.profile else ""


def _refuse_missing(notebooks: list[Path]) -> None:
    from grader.errors import UsageError

    for notebook in notebooks:
        if not notebook.is_file():
            folder = notebook.is_dir()
            found = "a folder. Name the files in it" if folder else "nothing there"
            raise UsageError(f"{notebook}: expected a notebook, found {found}.")


def _tell(result: "EndToEnd", *, quiet: bool) -> None:
    if result.failed is None:
        _say(f"== {result.path}: {result.cells} cells in {result.wall_s:.1f} s", quiet=quiet)
    else:
        typer.echo(f"{result.path}: cell {result.failed + 1} failed: {result.error}", err=True)


def _say(words: str, *, quiet: bool) -> None:
    if not quiet:
        typer.echo(words)


def _show(*, quiet: bool) -> "Callable[[NotebookNode], None]":
    def show(cell: "NotebookNode") -> None:
        for output in cell.get("outputs", ()):
            words = output.get("text") or output.get("data", {}).get("text/plain", "")
            if words and not quiet:
                typer.echo(words, nl=not words.endswith("\n"))

    return show
