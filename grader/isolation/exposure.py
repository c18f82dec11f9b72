"""Finds what submissions could read although it is not theirs: what lies beside the interpreter."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from grader.errors import UsageError
from grader.isolation.choice import Isolation
from grader.isolation.readable import reader_of

# What it is, in words, and where.
Place = tuple[str, Path]


def named(
    notebooks: Iterable[Path],
    out: Path | None,
    data: Iterable[Path],
    assignments: Iterable[Path] = (),
) -> Iterator[Place]:
    """Yield what a user has named.

    Args:
        notebooks: Files and folders to grade.
        out: Where results are written.
        data: Folders of images.
        assignments: Folders of assignments, which hold what is right, and their notebooks.
    """
    yield from (("the submission", path) for path in notebooks)
    if out is not None:
        yield "the output folder", out
    yield from (("the folder of images", path) for path in data)
    yield from (("the assignment", path) for path in assignments)


def around() -> Iterator[Place]:
    """Yield what no submission may read, wherever grading is done."""
    # A user without a home has nothing there.
    with suppress(RuntimeError):
        yield "the home folder", Path.home()
    yield "the folder of temporary files", Path(tempfile.gettempdir())


def exposed(places: Iterable[Place]) -> Iterator[str]:
    """Say of each place that submissions could read why they could."""
    for what, path in places:
        folder = reader_of(path)
        if folder is not None:
            yield f"{what} {path} lies in {folder}"


def refuse_exposed(isolation: Isolation, places: Iterable[Place]) -> None:
    """Refuse strict isolation where a submission could read what is not its own.

    Args:
        isolation: The one that is wanted; only strict isolation promises anything.
        places: What is graded, and where results are written.

    Raises:
        UsageError: Something lies where Python itself is installed, which submissions may read.
    """
    if isolation is not Isolation.STRICT:
        return
    for reason in exposed((*places, *around())):
        raise UsageError(
            f"Submissions cannot be shut off strictly here: {reason}, which every submission may "
            "read because Python is installed there. Move it to a folder of its own, or grade with "
            "--isolation available, which the reports will say."
        )
