"""``grader memo``: what the grader keeps of trainings that it made, and of audits."""

import typer

memo = typer.Typer(
    help="Forget what the grader has trained and observed.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@memo.callback()
def about() -> None:
    """Trainings are kept, and what audits have observed, so that none is made twice."""


@memo.command()
def clear() -> None:
    """Forget all trainings, and what audits have observed."""
    from grader.audit.evidence_cache import of_user
    from grader.fits.options import kept

    kept().clear()
    of_user().clear()
