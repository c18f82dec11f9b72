"""Turns what an author's ``draw`` raises, or yields wrongly, into an error that names its line."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from grader.errors import DatasetError, GraderError
from grader.tracebacks import last_line


@contextmanager
def drawing(dataset_id: str, draw: Callable[[], Iterator[Any]], yields: str) -> Iterator[None]:
    """Say of whatever is raised meanwhile that the draw of a dataset is to be mended.

    Args:
        dataset_id: Id of the dataset, or of its split.
        draw: The author's.
        yields: What it must yield, in a phrase.

    Raises:
        DatasetError: Anything was raised but for what has been said already, and files that cannot
            be written.
    """
    try:
        yield
    except (GraderError, OSError):
        raise
    except Exception as error:
        raise DatasetError(
            f"{dataset_id} could not be drawn: {type(error).__name__}: {error}"
            f"{_place(draw, error)}. Mend its draw, which yields {yields}."
        ) from error


def _place(draw: Callable[[], Iterator[Any]], error: Exception) -> str:
    """Return the last line of the author's file before the exception, else where ``draw`` is."""
    code = getattr(draw, "__code__", None)
    if code is None:
        return ""
    own = Path(code.co_filename)
    file, line = last_line(code, error, lambda other: other == own)
    return f" ({file}, line {line})"
