"""What is wrong with a cell of a solution, told with its line."""


class CellFault(Exception):  # noqa: N818 - a fault of the author's cell; UsageError says whose
    """A cell that cannot be released.

    Args:
        line: Where in the cell, from 1; None where it is about all of it.
        found: What was expected and what was found, in a sentence.
        fix: What to do about it, in a sentence.
    """

    def __init__(self, line: int | None, found: str, fix: str) -> None:
        super().__init__(f"{found} {fix}")
        self.line = line
        self.found = found
        self.fix = fix
