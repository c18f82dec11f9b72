"""``grader check``: a student checks one notebook."""

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import (
    AssignmentOption,
    AssignmentsOption,
    DataOption,
    ExactOption,
    FullOption,
    IsolationOption,
    JsonOption,
    KernelOption,
    MemoOption,
    QuietOption,
    TrainingOption,
    prints_aside,
)
from grader.fits.options import TrainedBy
from grader.isolation.choice import Isolation


def check(
    notebook: Annotated[Path, typer.Argument(metavar="NOTEBOOK", help="The notebook to check.")],
    assignment: AssignmentOption = None,
    assignments: AssignmentsOption = None,
    data: DataOption = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Write report.html, report.json and executed.ipynb there."
        ),
    ] = None,
    isolation: IsolationOption = Isolation.AVAILABLE,
    kernel: KernelOption = None,
    training: TrainingOption = TrainedBy.GRADER,
    memo: MemoOption = True,
    exact: ExactOption = False,
    full: FullOption = False,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Grade one notebook and print the feedback.

    The exit code is 0 when it passes, else 1.
    """
    from grader.processes.backend import Backend

    backend = Backend.prepared(kernel)
    from rich.console import Console

    from grader.assignments.chosen import chosen, copies
    from grader.batch import output, submissions
    from grader.fits.options import TrainingOptions
    from grader.isolation.exposure import named, refuse_exposed
    from grader.kernel.kernels import Kernels
    from grader.pipeline import Choice, Pipeline
    from grader.report import text

    [entry] = submissions.find([_file(notebook)])
    at_hand = chosen(assignments or (), assignment, full=full)
    choice = Choice(at_hand, copies(at_hand, data or ()), named=assignment is not None)
    refuse_exposed(isolation, named([notebook], out, choice.data.values(), choice.secrets))
    if out:
        _refuse_overwriting(notebook, out / output.EXECUTED)
        output.prepare(out)
    errors = Console(stderr=True, quiet=quiet or json)
    options = TrainingOptions.chosen(training, memo=memo, exact=exact)
    with (
        prints_aside(json),
        Kernels(backend, isolation, training=options) as kernels,
        errors.status("") as status,
    ):

        def tell(remark: str) -> None:
            errors.print(remark, markup=False, highlight=False, soft_wrap=True)

        pipeline = Pipeline(kernels, choice, tell)
        graded = pipeline.grade(entry, lambda doing: status.update(f"{notebook.name}: {doing}"))
    page = output.write_submission(graded, out) if out else None
    if json:
        # As bytes: JSON is UTF-8, whatever the terminal is.
        typer.echo(graded.report.to_json().encode(), nl=False)
    elif not quiet:
        text.render(graded.report, Console(), full_report=page)
    raise typer.Exit(0 if graded.report.score.passed else 1)


def _file(notebook: Path) -> Path:
    from grader.errors import UsageError

    if notebook.is_dir():
        raise UsageError(
            f"{notebook}: expected a notebook, found a folder. Name the file in it, or use "
            "`grader grade` for a whole class."
        )
    return notebook


def _refuse_overwriting(notebook: Path, executed: Path) -> None:
    from grader.errors import UsageError

    if executed.exists() and executed.samefile(notebook):
        raise UsageError(
            f"{notebook} is where the executed notebook would be written. "
            "Choose another folder with --out."
        )
