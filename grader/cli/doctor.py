"""``grader doctor``: what this machine offers, what is missing and how to get it."""

import typer


def doctor() -> None:
    """Say what this machine offers for grading.

    The exit code is 1 when something that is needed is missing.
    """
    from grader.examination import examine

    findings = examine()
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        mark = "ok" if finding.good else "MISSING"
        typer.echo(f"{mark:8}{finding.name:{width}}  {finding.found}")
        if not finding.good:
            typer.echo(f"{'':8}{'':{width}}  {finding.remedy}")
    raise typer.Exit(0 if all(finding.good for finding in findings) else 1)
