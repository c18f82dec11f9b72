"""``grader doctor``: what this machine offers, what is missing and how to get it."""

from typing import Annotated

import typer


def doctor(
    prove: Annotated[
        bool,
        typer.Option("--prove", help="Try what isolation is to stop, and say what stopped it."),
    ] = False,
) -> None:
    """Say what this machine offers for grading.

    The exit code is 1 when something that is needed is missing, or isolation stops too little.
    """
    from grader.examination import examine

    findings = examine()
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
        mark = "ok" if proof.stopped else "FAILED"
        stopped = f"stopped by {' and '.join(proof.stopped_by)}" if proof.stopped_by else "stopped"
        found = stopped if proof.stopped else "could be done"
        tried = "" if proof.possible else "; could not be done without isolation either"
        typer.echo(f"{mark:8}{proof.what}: {found}{tried}")
    return all(proof.stopped for proof in proofs)
