"""Looks at what matplotlib drew, inside the kernel."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from numpy import ndarray

from grader import hooks
from grader.inspection.bounded import is_of
from grader.kinds.calling import Caller, look_by_calls
from grader.kinds.figure.describing import described
from grader.probe.notebook import Notebook

MOST_FIGURES = 5
# Those of the cell that runs or ran last; pyplot lets go of a figure as soon as it was shown.
_recent: deque[Any] = deque(maxlen=MOST_FIGURES)


def prepare(before_cells: Callable[[Callable[[Any], None]], None]) -> None:
    """Notice figures from now on.

    Args:
        before_cells: Has a function called before each cell.
    """
    from matplotlib.figure import Figure

    hooks.attach(Figure.__init__, _made)
    before_cells(lambda _: _recent.clear())


def _made(arguments: hooks.Arguments) -> hooks.Steps:
    result = yield
    _recent.append(arguments["self"])
    return result


def look(asked: Mapping[str, Any], notebook: Notebook) -> None:
    """Write down what the function draws, or what the cell drew.

    Args:
        asked: Its ``name``, the ``calls``, if it is called, and how much time there is.
        notebook: Where it is.
    """
    if asked["calls"]:
        look_by_calls("figure", asked, notebook, _drawing)
        return
    name, memory = asked["name"], notebook.memory("figure", asked["name"])
    value = notebook.namespace.get(name)
    # A name may be used again for another figure, which is none of this part.
    if not memory and (_stands_for_figures(value) or not asked["again"]):
        memory["seen"] = True
        answer = Caller(asked, notebook).answer(lambda: _all(_figures(value) or list(_recent)))
        notebook.send("figure", name=name, answers=[answer])


def _drawing(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args, **named: _drawn(function, args, named)


def _drawn(function: Any, args: Any, named: Any) -> list[Any]:
    """Call a function that draws, and describe what it drew."""
    with _none_open():
        _recent.clear()
        returned = _figures(function(*args, **named))
        return _all(list(dict.fromkeys([*_recent, *returned])))


@contextmanager
def _none_open() -> Iterator[None]:
    """Let pyplot begin without a figure; of those that are made meanwhile, none is shown."""
    import matplotlib.pyplot as plt
    from matplotlib._pylab_helpers import Gcf

    kept = Gcf.figs.copy()
    Gcf.figs.clear()
    try:
        yield
    finally:
        plt.close("all")
        Gcf.figs.update(kept)


def _stands_for_figures(value: Any) -> bool:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    return any(is_of(each, Figure, Axes) for each in _several(value))


def _figures(value: Any) -> list[Any]:
    """Return the figures that a value is, or that its axes are in."""
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, FigureBase

    found = [each for each in _several(value) if is_of(each, FigureBase, Axes)]
    # Axes may be in a part of a figure.
    while not all(is_of(each, Figure) for each in found):
        found = [each if is_of(each, Figure) else each.figure for each in found]
    return list(dict.fromkeys(found))


def _several(value: Any) -> list[Any]:
    """Return the first items of what holds several, else the value itself."""
    if is_of(value, list, tuple):
        return list(value)[:MOST_FIGURES]
    return list(islice(value.flat, MOST_FIGURES)) if is_of(value, ndarray) else [value]


def _all(figures: list[Any]) -> list[Any]:
    return [described(figure) for figure in figures if figure.axes]
