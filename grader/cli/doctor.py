"""``grader doctor``: what this machine offers, what is missing and how to get it."""

from collections.abc import Iterator
from typing import Annotated

import typer

from grader.cli.options import AssignmentsOption


def doctor(
    prove: Annotated[
        bool,
        typer.Option(
            "--prove", help="Try what isolation and limits are to stop, and say what does."
        ),
    ] = False,
    assignments: AssignmentsOption = None,
) -> None:
    """Say what this machine offers for grading.

    The exit code is 1 when something that is needed is missing, or too little is stopped.
    """
    from grader.examination import examine

    findings = examine(assignments or ())
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        mark = "ok" if finding.good else "MISSING"
        typer.echo(f"{mark:8}{finding.name:{width}}  {finding.found}")
        if not finding.good:
            typer.echo(f"{'':8}{'':{width}}  {finding.remedy}")
    proven = not prove or _proven()
    raise typer.Exit(0 if proven and all(finding.good for finding in findings) else 1)


def _proven() -> bool:
    from grader.isolation.proving import prove

    proofs = prove()
    for proof in proofs:
        stopped = f"stopped by {' and '.join(proof.stopped_by)}" if proof.stopped_by else "stopped"
        tried = "" if proof.possible else "; could not be done without isolation either"
        _tell(proof.what, stopped + tried if proof.stopped else "", tried)
    return all([*(proof.stopped for proof in proofs), *_limited()])


def _limited() -> Iterator[bool]:
    from grader.overuse import tried

    for way, stopped in tried():
        _tell(way.what, f"stopped by {way.bound}" if stopped else "")
        yield stopped


def _tell(what: str, stopped: str, otherwise: str = "") -> None:
    mark = "ok" if stopped else "FAILED"
    typer.echo(f"{mark:8}{what}: {stopped or f'could be done{otherwise}'}")
