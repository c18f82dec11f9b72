"""``grader release``: an author makes of a solution what students get."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import AssignmentsOption

if TYPE_CHECKING:
    from grader.assignments.assignment import Assignment
    from grader.release.student import Student


def release(
    assignment: Annotated[str, typer.Argument(metavar="ID", help="The assignment.")],
    assignments: AssignmentsOption = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Where the student's notebook goes; default: the folder above a folder "
            "solutions, else a folder student beside the solution. Or where the bundle goes; "
            "default: the current folder.",
        ),
    ] = None,
    bundle: Annotated[
        bool,
        typer.Option("--bundle", help="Write a bundle of all that a student gets, ID.zip."),
    ] = False,
    wheel: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help="A package that students install from the bundle, such as the grader's own; may "
            "be given again.",
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Write nothing; say whether what is there is what would be written."
        ),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a notebook that is there and differs.")
    ] = False,
    run: Annotated[
        bool,
        typer.Option(
            "--run/--no-run", help="Grade the student's notebook as it is; it must earn nothing."
        ),
    ] = True,
) -> None:
    """Make of a solution the notebook that students get.

    With --check, the exit code is 1 when that notebook is missing or differs.
    """
    from grader.assignments.catalog import catalog
    from grader.release.modules import beside
    from grader.release.places import place, shown
    from grader.release.student import Known, student_notebook

    _refuse_together(bundle=bundle, wheels=bool(wheel), check=check, force=force)
    found = catalog(assignments or ()).get(assignment)
    solution = found.notebook
    target = place(solution, out)
    made = student_notebook(solution, Known(found.id, found.version, found.names))
    files = {target: made.content, **beside(target, found.modules, made.secret)}
    if bundle:
        told = _tried(found, made) if run else ""
        _bundle(found, made, wheel or (), (out or Path()) / f"{found.id}.zip")
        _tell([told] if told else [])
        return
    if check:
        _compare(files, found)
        typer.echo(f"{found.id}: {shown(target)} is what {shown(solution)} releases to.")
    told = _tried(found, made) if run else ""
    if not check:
        _write(files, force=force)
        typer.echo(f"{found.id}: {shown(target)}, made from {shown(solution)}")
        _tell([f"  {line}" for line in made.told])
        _tell([f"  beside it: {each.name}" for each in files if each != target])
    _tell([told] if told else [])


def _refuse_together(*, bundle: bool, wheels: bool, check: bool, force: bool) -> None:
    from grader.errors import UsageError

    if check and (bundle or force):
        other = "--bundle" if bundle else "--force"
        raise UsageError(f"--check writes nothing, and {other} is about writing. Leave one out.")
    if wheels and not bundle:
        raise UsageError("--wheel is about what is in the bundle. Add --bundle, or leave it out.")


def _bundle(
    assignment: "Assignment", made: "Student", wheels: Sequence[Path], target: Path
) -> None:
    from grader.release.bundle import write_bundle
    from grader.release.places import shown

    count, size = write_bundle(assignment, made, wheels, target)
    typer.echo(f"{assignment.id}: {shown(target)}, {count} files, {size / 1e6:.1f} MB")


def _compare(files: Mapping[Path, bytes], assignment: "Assignment") -> None:
    from grader.release.modules import problems
    from grader.release.places import shown

    found = problems(files)
    if found:
        for path, told in found.items():
            for problem in told:
                typer.echo(f"{shown(path)}: {problem}", err=True)
        typer.echo(
            f"{assignment.id}: the solution releases to something else. Edit the solution, then "
            f"`grader release {assignment.id} --force` writes what students get.",
            err=True,
        )
        raise typer.Exit(1)


def _write(files: Mapping[Path, bytes], *, force: bool) -> None:
    from grader.errors import UsageError
    from grader.release.modules import problems
    from grader.release.places import shown, write

    there = {} if force else {path: content for path, content in files.items() if path.exists()}
    for path, told in problems(there).items():
        raise UsageError(
            f"{shown(path)} is there and differs from what would be written: "
            f"{'; '.join(told[:3])}. Use --force to replace it."
        )
    for path, content in files.items():
        write(path, content)


def _tried(assignment: "Assignment", made: "Student") -> str:
    from rich.console import Console

    from grader.fits.options import TrainedBy, TrainingOptions
    from grader.isolation.choice import Isolation
    from grader.kernel.kernels import Kernels
    from grader.processes.backend import Backend
    from grader.release.trial import points

    training = TrainingOptions.chosen(TrainedBy.GRADER, memo=True, exact=False)
    backend = Backend.prepared(None)
    with (
        Kernels(backend, Isolation.AVAILABLE, training=training) as kernels,
        Console(stderr=True).status(f"{assignment.id}: grading what students get"),
    ):
        return points(assignment, made.content, kernels)


def _tell(lines: Sequence[str]) -> None:
    for line in lines:
        typer.echo(line)
