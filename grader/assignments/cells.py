"""Whether a notebook has the cells that an assignment's parts need."""

from collections.abc import Sequence

from grader.assignments.declaring import Place, did_you_mean, require
from grader.kinds.kind import GradedPart
from grader.records import Layout
from grader.records.graded_names import is_call

# How the cells of parts are marked that are neither functions nor classes.
_MARKS = {kind: kind.upper() for kind in ("figure", "file", "value")} | {"graded_cell": "CELL"}


def require_cells(parts: Sequence[GradedPart], layout: Layout, notebook: str, place: Place) -> None:
    """Make sure that every part has its cell, and a given one that keeps its result.

    Args:
        parts: The graded parts.
        layout: The cells of the notebook that students get.
        notebook: Its file name.
        place: Where the assignment is declared.

    Raises:
        DeclarationError: A cell is missing, or one calls two functions that train.
    """
    for part in parts:
        _require_own_cell(part, layout, notebook, place)
        calls = [cell for cell in layout.cells if part.name in cell.calls]
        itself = is_call(part.name) or not part.after_call or not part.variable
        require(calls or itself,
                f"No given cell of {notebook} calls {part.name}.",
                f"Add a required cell with {part.variable} = {part.name}(...).",
                place)  # fmt: skip
    _require_apart({part.name for part in parts if part.trains}, layout, notebook, place)


def _require_own_cell(part: GradedPart, layout: Layout, notebook: str, place: Place) -> None:
    mark = "CELL" if is_call(part.name) else _MARKS.get(part.kind, "FUNCTION")
    marked = f"# GRADED {mark}: {part.name}"
    wrong = did_you_mean(part.name, layout.graded)
    require(part.name in layout.graded,
            f"{notebook} has no cell that is marked {marked!r}.",
            wrong or "Add that comment to the cell that students fill in. A cell has one "
            "graded name, that of the first such comment.",
            place)  # fmt: skip


def _require_apart(trainers: set[str], layout: Layout, notebook: str, place: Place) -> None:
    """The grader tells by the cell that runs whose training it is asked for."""
    for cell in layout.cells:
        called = sorted(trainers & cell.calls)
        require(len(called) < 2, f"A given cell of {notebook} calls {' and '.join(called)}.",  # noqa: PLR2004
                "Call each function that trains in a cell of its own.", place)  # fmt: skip
