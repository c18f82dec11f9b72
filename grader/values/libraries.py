"""Values of kinds that libraries have: pandas and Keras, where a notebook has them."""

from typing import Any

from grader.values import colour_models, histories, pandas_tables


def taken_apart(value: Any) -> tuple[Any, ...] | None:
    """Return a tag and the parts of a value of a library; None for anything else."""
    return (
        pandas_tables.taken_apart(value)
        or histories.taken_apart(value)
        or colour_models.taken_apart(value)
    )


def put_together(value: Any) -> Any:
    """Make what a library has of a value that was read; return anything else as it is.

    Args:
        value: As it was read.

    Raises:
        ImportError: It is a table, and there is no pandas here.
    """
    return colour_models.put_together(histories.put_together(pandas_tables.put_together(value)))
