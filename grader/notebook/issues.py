"""Says what was noticed in a submission; nothing of it costs points by itself."""

import ast
import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from grader.notebook import markers, source
from grader.notebook.called import called_on
from grader.notebook.givens import given_issues
from grader.notebook.helpers import Helpers
from grader.notebook.match import Match, code_cells
from grader.notebook.names import globals_of, names_of, scopes
from grader.records import Cell, Issue, Layout, Role, Severity, Submission
from grader.records.graded_names import calls_of, is_call, method_of

NOTE = "grader_assignment"
TAG = "graded"
_SCRIPT = "add_metadata.py"
# The kit's own script; the course's notebooks call one of theirs.
_METADATA_CELL = f"../{_SCRIPT}"
# Enough to see what kind of cells they are.
_MOST_NAMED = 20
_MOST_NAMES = 5
_MOST_SEARCHED = 300
_ALIKE = 0.8
_ELSEWHERE = re.compile(r"(?:/[^\s/]+/|~[/\\]|[A-Za-z]:[\\/]|\\\\\w)")
_LONGEST_PATH = 300


def issues(
    submission: Submission, layout: Layout, found: Match, helpers: Helpers
) -> Iterator[Issue]:
    """Yield all that a student should know of how the submission was understood."""
    yield from _metadata(submission, layout, found)
    yield from _markers(layout, found)
    slips = list(_slips(submission.cells, layout, found))
    yield from slips
    for cell in found.superseded[-_MOST_NAMED:]:
        yield _superseded(cell, found)
    yield from given_issues(layout, found, code_cells(submission.cells), helpers)
    for name, cell in found.graded.items():
        yield from _globals(name, cell, layout)
    for cell in {cell.index: cell for cell in found.graded.values()}.values():
        yield from _paths(cell)
    told = {slip.cell for slip in slips}
    yield from _added([cell for cell in found.added if cell.index not in told], found, helpers)


def graded_up_to(cell: Cell) -> Issue:
    """Say that what follows a cell is not graded."""
    return Issue(
        "graded-up-to-here",
        "Here it says # grade-up-to-here: what follows was left out.",
        "Remove that line to have the whole notebook graded.",
        cell.index,
    )


def _metadata(submission: Submission, layout: Layout, found: Match) -> Iterator[Issue]:
    # Only the kit's own notebooks bear notes, and have a cell that adds them.
    if not any(_METADATA_CELL in cell.source for cell in layout.cells):
        return
    lacking = [name for name, cell in found.graded.items() if TAG not in cell.tags]
    lost = [f"the notebook's {NOTE}"] if NOTE not in submission.metadata else []
    lost += [f'the tag "{TAG}" of {", ".join(lacking)}'] if lacking else []
    if lost:
        yield Issue(
            "metadata-missing",
            f"The notebook has lost notes that the grader knows it by: {' and '.join(lost)}. "
            "It was recognised by what its cells contain.",
            "Run the notebook's first code cell: add_metadata.py adds what is missing.",
        )


def _markers(layout: Layout, found: Match) -> Iterator[Issue]:
    marked = {cell.name for cell in layout.cells if cell.name and markers.regions(cell.source)}
    for name, cell in found.graded.items():
        if name in marked and not markers.regions(cell.source):
            yield Issue(
                "markers-missing",
                f"{name} has lost its START CODE HERE and END CODE HERE comments. It was "
                f"recognised by the {'call' if is_call(name) else 'name'} that the cell "
                f"{'makes' if is_call(name) else 'defines'}.",
                cell=cell.index,
                severity=Severity.INFO,
            )


def _slips(cells: Sequence[Cell], layout: Layout, found: Match) -> Iterator[Issue]:
    wanted = frozenset(layout.graded) - (found.graded.keys() - found.undefined)
    others = frozenset(layout.graded) | layout.given
    searched = [*islice(code_cells(cells), _MOST_SEARCHED)] if wanted else []
    known = {name: cell for cell in searched for name in _said(cell) if name not in others}
    for name in sorted(wanted):
        slip = _closest(name, _alike_in_kind(name, known))
        if slip is not None:
            yield Issue(
                "name-slip",
                f"Expected {name}, found {slip}: capitals and spelling matter.",
                f"Rename {slip} to {name}, here and where it is used.",
                known[slip].index,
            )


def _said(cell: Cell) -> frozenset[str]:
    """Return what a cell defines, and its calls on variables."""
    defined = source.defined_names(cell.source) | names_of(cell.source).variables
    return defined | called_on(cell.source)


def _alike_in_kind(name: str, known: Iterable[str]) -> Iterator[str]:
    """Yield what may be meant for a graded name: of a call, the same one on another variable."""
    return (other for other in known if method_of(other) == method_of(name))


def _closest(name: str, known: Iterable[str]) -> str | None:
    short = sorted(other for other in known if len(other) <= 2 * len(name))
    same = [other for other in short if _folded(other) == _folded(name)]
    return next(iter(same or difflib.get_close_matches(name, short, 1, _ALIKE)), None)


def _folded(name: str) -> str:
    return name.replace("_", "").casefold()


def _superseded(cell: Cell, found: Match) -> Issue:
    names = (source.defined_names(cell.source) | called_on(cell.source)) & found.graded.keys()
    later = sorted({found.graded[name].index + 1 for name in names})
    what = f"{' and '.join(sorted(names))} is" if names else "What is graded is"
    does = "called" if names and calls_of(names) == names else "defined"
    where = f"in cell {', '.join(map(str, later))}" if later else "later"
    return Issue(
        "graded-cell-twice",
        f"{what} {does} here, and again {where}: the later one counts, as when the cells are run "
        "in order.",
        "Keep one of them.",
        cell.index,
    )


def _globals(name: str, cell: Cell, layout: Layout) -> Iterator[Issue]:
    table = scopes(cell.source)
    children = table.get_children() if table else []
    scope = next((child for child in reversed(children) if child.get_name() == name), None)
    if scope is None:
        return
    symbols = scope.get_symbols()
    read = {s.get_name() for s in symbols if s.is_global() and s.is_referenced()}
    read |= globals_of(scope)
    unused = [s.get_name() for s in symbols if s.is_parameter() and not s.is_referenced()]
    instead = f"its argument {unused[0]}" if unused else "an argument"
    for used in sorted((read & _results(layout)) - names_of(cell.source).bound):
        yield Issue(
            "uses-global",
            f"{name} uses the global {used} instead of {instead}. It was run as it is.",
            f"Use {instead}: a function that reads globals breaks where they are not set.",
            cell.index,
            Severity.INFO,
        )


def _results(layout: Layout) -> frozenset[str]:
    """Names under which given cells keep what a graded function returned."""
    calling = [cell for cell in layout.cells if cell.role is Role.REQUIRED and cell.calls]
    return frozenset().union(*(names_of(cell.source).variables for cell in calling))


def _paths(cell: Cell) -> Iterator[Issue]:
    tree = source.parse(cell.source)
    texts = [
        node.value
        for node in (ast.walk(tree) if tree else ())
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    for text in texts:
        if len(text) <= _LONGEST_PATH and _ELSEWHERE.match(text):
            yield Issue(
                "absolute-path",
                f"The path {text[:80]!r} is there on one computer only.",
                "Write paths relative to the notebook, as its text does.",
                cell.index,
            )
            return


def _added(cells: Sequence[Cell], found: Match, helpers: Helpers) -> Iterator[Issue]:
    cells = [cell for cell in cells if _SCRIPT not in cell.source]
    for cell in cells[:_MOST_NAMED]:
        used = ", ".join(sorted(helpers.used(cell))[:_MOST_NAMES])
        again = sorted(called_on(cell.source) & found.graded.keys())
        counts = [f"{name} counts in cell {found.graded[name].index + 1}" for name in again]
        yield Issue(
            "cell-added",
            "This cell is not part of the assignment"
            + (f"; of it {used} was run, which a graded cell uses" if used else " and was not run")
            + "".join(f"; {each}" for each in counts)
            + ".",
            cell=cell.index,
            severity=Severity.INFO,
        )
    if len(cells) > _MOST_NAMED:
        yield Issue(
            "cell-added",
            f"{len(cells) - _MOST_NAMED} more cells are not part of the assignment.",
            severity=Severity.INFO,
        )
