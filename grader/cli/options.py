"""Options that several commands share."""

import sys
from contextlib import AbstractContextManager, nullcontext, redirect_stdout
from pathlib import Path
from typing import Annotated

import typer

from grader.fits.options import TrainedBy
from grader.isolation.choice import Isolation
from grader.processes.backend import Backend

AssignmentOption = Annotated[
    str | None,
    typer.Option(
        "--assignment",
        metavar="ID",
        help="Grade as this assignment, or as an edition of it; default: find out.",
    ),
]
AssignmentsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--assignments",
        metavar="DIR",
        show_default=False,
        help="A folder with an assignment, or with several, beside the installed ones; may be "
        "given again.",
    ),
]
DataOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--data",
        metavar="DIR",
        show_default=False,
        help="Grade on another copy of the images; ID=DIR where several assignments have some.",
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print one JSON document on stdout and nothing else.")
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print only errors.")]
JunitOption = Annotated[
    Path | None, typer.Option("--junit", metavar="FILE", help="Write JUnit XML as well.")
]
KernelOption = Annotated[
    Backend | None,
    typer.Option(
        "--kernel",
        show_default=False,
        help="Fork kernels from a template, or start each afresh; default: fork where possible.",
    ),
]
TrainingOption = Annotated[
    TrainedBy,
    typer.Option(
        help="Who trains: the grader, on its own images, what the code describes; or the notebook."
    ),
]
MemoOption = Annotated[
    bool,
    typer.Option(
        "--memo/--no-memo", help="Keep what the grader trained, and do not train the same twice."
    ),
]
ExactOption = Annotated[
    bool,
    typer.Option(
        "--exact", help="Have the grader train digit for digit as Keras does, which takes longer."
    ),
]
FullOption = Annotated[
    bool,
    typer.Option(
        "--full",
        help="Grade on the whole, not by the grading profile that an assignment may have.",
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        show_default=False,
        help="Grade N at a time; default: as many as there are cores.",
    ),
]
IsolationOption = Annotated[
    Isolation,
    typer.Option(
        help="How far submissions are shut off: strict refuses to run where that cannot be done, "
        "available takes what there is, none lets them do what you may do."
    ),
]


def prints_aside(json: bool) -> AbstractContextManager[object]:  # noqa: FBT001 - as the option has it
    """Have what an author's code prints meanwhile be no part of a document on stdout.

    Args:
        json: Whether there is one.
    """
    return redirect_stdout(sys.stderr) if json else nullcontext()
