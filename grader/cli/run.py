"""``grader run``: CI executes notebooks from top to bottom."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import JunitOption, QuietOption

if TYPE_CHECKING:
    from collections.abc import Callable

    from nbformat import NotebookNode


def run(
    notebooks: Annotated[list[Path], typer.Argument(help="The notebooks to execute.")],
    cwd: Annotated[
        Path | None,
        typer.Option("--cwd", metavar="DIR", help="Run there; default: the notebook's folder."),
    ] = None,
    timeout: Annotated[int, typer.Option(metavar="SECONDS", help="Limit for each cell.")] = 600,
    junit: JunitOption = None,
    quiet: QuietOption = False,
) -> None:
    """Execute every cell as Jupyter would, without grading; exit code 1 when a cell fails."""
    from grader import resources
    from grader.batch import output
    from grader.kernel.end_to_end import execute
    from grader.report import junit_runs

    results = []
    for notebook in notebooks:
        folder = cwd or resources.working_folder(notebook)
        _say(f"== {notebook}", quiet=quiet)
        result = execute(notebook, folder, timeout, _show(quiet=quiet))
        results.append(result)
        if result.failed is None:
            _say(f"== {notebook}: {result.cells} cells in {result.wall_s:.1f} s", quiet=quiet)
        else:
            typer.echo(f"{notebook}: cell {result.failed + 1} failed: {result.error}", err=True)
    if junit:
        output.write(junit, junit_runs.render(results))
    raise typer.Exit(1 if any(result.failed is not None for result in results) else 0)


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
