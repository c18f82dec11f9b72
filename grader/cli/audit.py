"""``grader audit``: an author asks whether a rubric tells right from wrong."""

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import (
    AssignmentsOption,
    DataOption,
    ExactOption,
    FullOption,
    IsolationOption,
    JobsOption,
    JsonOption,
    KernelOption,
    MemoOption,
    QuietOption,
    prints_aside,
)
from grader.isolation.choice import Isolation


def audit(
    assignment: Annotated[str, typer.Argument(metavar="ID", help="The assignment.")],
    assignments: AssignmentsOption = None,
    data: DataOption = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write audit.html and audit.json there.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Leave out what trains.")] = False,
    every_check: Annotated[
        bool,
        typer.Option("--every-check", help="Train mutants as well that fail another check before."),
    ] = False,
    mutants: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help="Grade a sample of N mutants; default: all.",
        ),
    ] = None,
    at_least: Annotated[
        float,
        typer.Option(
            metavar="PERCENT", min=0, max=100, help="Exit code 1 when fewer mutants are killed."
        ),
    ] = 95,
    full: FullOption = False,
    jobs: JobsOption = None,
    isolation: IsolationOption = Isolation.AVAILABLE,
    kernel: KernelOption = None,
    memo: MemoOption = True,
    exact: ExactOption = False,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Ask whether a rubric tells right from wrong.

    The solution, the starter, the variants of the assignment and mutants, small changes of the
    solution, are graded as a class is. The exit code is 0 when all of them come to what they must.
    """
    from grader.processes.backend import Backend

    backend = Backend.prepared(kernel)
    from rich.console import Console

    from grader.assignments.chosen import chosen, copies
    from grader.audit import output, text
    from grader.audit.auditing import Auditing
    from grader.audit.auditing import audit as made
    from grader.audit.evidence_cache import of_user
    from grader.audit.observing import RANDOM, Means
    from grader.audit.progress import AuditProgress
    from grader.batch.workers import workers
    from grader.fits.options import TrainedBy, TrainingOptions
    from grader.isolation.exposure import named, refuse_exposed
    from grader.kernel.kernels import Kernels

    [known] = chosen(assignments or (), assignment, full=full, editions=False)
    folders = copies([known], data or ())
    refuse_exposed(isolation, named([], out, folders.values(), known.secrets))
    if out:
        output.prepare(out)
    count, remark = workers(jobs, jobs or 2**10)
    errors = Console(stderr=True, quiet=quiet or json)

    def tell(words: str) -> None:
        errors.print(words, markup=False, highlight=False, soft_wrap=True)

    if remark:
        tell(remark)
    options = TrainingOptions.chosen(TrainedBy.GRADER, memo=memo, exact=exact)
    shown = AuditProgress(errors)
    with (
        prints_aside(json),
        Kernels(backend, isolation, count, options, RANDOM) as kernels,
        shown.shown(),
    ):
        means = Means(
            kernels, folders, count, of_user() if memo else None, shown.begin, shown.done, tell
        )
        found = made(Auditing(known, means, at_least / 100, quick, every_check, mutants))
    page = output.write(found, out) if out else None
    if json:
        typer.echo(found.to_json().encode(), nl=False)
    elif not quiet:
        text.render(found, Console(), page=page)
    raise typer.Exit(0 if found.passed else 1)
