"""``grader grade``: an instructor grades a class."""

import json as json_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import (
    AssignmentOption,
    AssignmentsOption,
    DataOption,
    ExactOption,
    FullOption,
    IsolationOption,
    JobsOption,
    JsonOption,
    JunitOption,
    KernelOption,
    MemoOption,
    QuietOption,
    TrainingOption,
    prints_aside,
)
from grader.fits.options import TrainedBy
from grader.isolation.choice import Isolation

if TYPE_CHECKING:
    from grader.report.document import Report


def grade(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", help="Notebooks, or folders of them.")
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the results go.")],
    assignment: AssignmentOption = None,
    assignments: AssignmentsOption = None,
    data: DataOption = None,
    jobs: JobsOption = None,
    fresh: Annotated[
        bool,
        typer.Option("--fresh", help="Grade all, also what was graded before into the folder."),
    ] = False,
    isolation: IsolationOption = Isolation.STRICT,
    kernel: KernelOption = None,
    training: TrainingOption = TrainedBy.GRADER,
    memo: MemoOption = True,
    exact: ExactOption = False,
    full: FullOption = False,
    junit: JunitOption = None,
    fail_under: Annotated[
        float | None,
        typer.Option(
            metavar="PERCENT", min=0, max=100, help="Exit code 1 when any grade is below this."
        ),
    ] = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Grade files and folders of notebooks.

    Reports, executed notebooks and a table of grades are written to the output folder; whatever
    was handed in has a line in the table. What was graded into the folder before is not graded
    again, so the same command goes on after an interruption; what a changed rubric touches is
    judged again.
    The exit code is 0 whatever the grades are, unless --fail-under says otherwise.
    """
    from grader.processes.backend import Backend

    backend = Backend.prepared(kernel)
    from grader.assignments.chosen import chosen, copies
    from grader.batch import output, submissions
    from grader.batch.local import Grading, grade_all
    from grader.batch.resume import Earlier, earlier, handed_in_with
    from grader.batch.signatures import Signatures
    from grader.batch.workers import workers
    from grader.errors import KernelFault
    from grader.fits.options import TrainingOptions
    from grader.isolation.exposure import named, refuse_exposed
    from grader.kernel.kernels import Kernels
    from grader.pipeline import Choice, Pipeline

    found = submissions.search(paths, out)
    entries = found.entries
    if handed_in_with(out, entries):
        output.refuse_links(out)
    at_hand = chosen(assignments or (), assignment, full=full)
    choice = Choice(at_hand, copies(at_hand, data or ()), named=assignment is not None)
    refuse_exposed(isolation, named(paths, out, choice.data.values(), choice.secrets))
    output.prepare(out)
    if junit:
        output.prepare_file(junit)
    count, remark = workers(jobs, len(entries))
    options = TrainingOptions.chosen(training, memo=memo, exact=exact)
    with prints_aside(json), Kernels(backend, isolation, count, options) as kernels:

        def tell(words: str) -> None:
            if not (quiet or json):
                typer.echo(words, err=True)

        pipeline = Pipeline(kernels, choice, tell)
        signatures = Signatures.of_user()
        before = Earlier() if fresh else earlier(out, entries, pipeline, signatures)
        for words in filter(None, (remark, *before.remarks)):
            tell(words)
        grading = Grading(
            pipeline,
            out,
            count,
            before.reports,
            quiet or json,
            found.beside,
            signatures,
            before.again,
        )
        graded = grade_all(grading, entries)
    if junit:
        output.write_junit(graded.reports, junit)
    if json:
        documents = [report.model_dump(mode="json") for report in graded.reports]
        typer.echo(json_module.dumps({"reports": documents}, indent=2))
    if graded.faults:
        names = ", ".join(graded.faults)
        raise KernelFault(f"{len(graded.faults)} of {len(entries)} were not graded: {names}.")
    raise typer.Exit(1 if _any_below(graded.reports, fail_under) else 0)


def _any_below(reports: "list[Report]", percent: float | None) -> bool:
    # Multiplied, not divided: 100 times 0.29 is less than 29. What is of no assignment has none.
    scores = [report.score for report in reports]
    return percent is not None and any(
        score.earned * 100 < percent * (score.possible or 1) for score in scores
    )
