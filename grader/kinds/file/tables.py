"""CSV as a table: numbers where a column holds nothing else."""

import csv
import io
import math

from grader.values.records import Table

MAX_ROWS, MAX_COLUMNS = 100_000, 1_000


def table_of(text: str, delimiter: str = ",") -> Table:
    """Read a table whose first line has the names of the columns.

    A column of whole numbers has them as int, one of numbers as float, where an empty place is
    NaN; any other has texts.

    Args:
        text: As it is in the file.
        delimiter: What is between two places of a line.

    Raises:
        ValueError: It is no table: a line is longer or shorter than the first, or there is none.
    """
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise ValueError(str(error)) from error
    rows = [line for line in lines if line]
    if not rows:
        raise ValueError("it is empty")
    names, *rest = rows
    if len(rest) > MAX_ROWS or len(names) > MAX_COLUMNS:
        raise ValueError("it is too large")
    for number, row in enumerate(rest, start=2):
        if len(row) != len(names):
            raise ValueError(f"line {number} has {len(row)} places, the first has {len(names)}")
    columns = [[row[place] for row in rest] for place in range(len(names))]
    return Table([name.strip() for name in names], range(len(rest)), list(map(_column, columns)))


def _column(texts: list[str]) -> list[int] | list[float] | list[str]:
    try:
        return [int(text) for text in texts]
    except ValueError:
        pass
    try:
        return [float(text) if text.strip() else math.nan for text in texts]
    except ValueError:
        return texts
