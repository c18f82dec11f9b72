"""``grader run``: CI executes notebooks from top to bottom."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import JunitOption, QuietOption

if TYPE_CHECKING:
    from collections.abc import Callable

    from nbformat import NotebookNode

    from grader.records import EndToEnd


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
    junit: JunitOption = None,
    quiet: QuietOption = False,
) -> None:
    """Execute every cell as Jupyter would, without grading.

    The kernel is the grader's own Python. The exit code is 1 when a cell fails. The notebooks
    themselves are never written.
    """
    from grader import resources
    from grader.batch import output
    from grader.kernel.end_to_end import execute, refuse_unrunnable
    from grader.report import junit_runs

    _refuse_missing(notebooks)
    for notebook in notebooks:
        refuse_unrunnable(notebook)
    if junit:
        output.prepare_file(junit)
    results = []
    for notebook in notebooks:
        _say(f"== {notebook}", quiet=quiet)
        folder = cwd or resources.working_folder(notebook)
        results.append(execute(notebook, folder, timeout, _show(quiet=quiet)))
        _tell(results[-1], quiet=quiet)
    if junit:
        output.write_named(junit, junit_runs.render(results, datetime.now(UTC)))
    raise typer.Exit(1 if any(result.failed is not None for result in results) else 0)


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
