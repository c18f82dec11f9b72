"""``grader memo``: what the grader keeps of trainings that it made."""

import typer

memo = typer.Typer(
    help="Forget what the grader has trained.", no_args_is_help=True, rich_markup_mode=None
)


@memo.callback()
def about() -> None:
    """Trainings are kept, so that none is made twice."""


@memo.command()
def clear() -> None:
    """Forget all trainings; each is made anew when it is needed."""
    from grader.fits.options import kept

    kept().clear()
