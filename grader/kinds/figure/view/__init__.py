"""What checks get of figures."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from grader.checks.declaration import Expectation, met, missed
from grader.kinds.answer import Answer
from grader.kinds.figure.drawing import PlottedAxes, PlottedFigure, PlottedSeries, read
from grader.kinds.figure.evidence import FigureEvidence
from grader.kinds.figure.part import Figure
from grader.kinds.figure.sampling import some_pixels, some_points
from grader.kinds.kind import Explain, plainly
from grader.values.compare import Tolerance
from grader.values.decode import UnreadableError, decode
from grader.values.wording import called

NOTHING = "nothing that was drawn"
_WORDS = {
    "line": ("line", "lines"),
    "scatter": ("set of points", "sets of points"),
    "bars": ("set of bars", "sets of bars"),
    "histogram": ("histogram", "histograms"),
    "image": ("image", "images"),
    "area": ("filled area", "filled areas"),
    "pie": ("pie", "pies"),
}
_TEXTS = {
    "title": "a title",
    "x_label": "a label on the x axis",
    "y_label": "a label on the y axis",
}
_PROBLEMS = {"slow": "it did not end in time", "large": "it drew too much to be looked at"}
_UNREADABLE = "what it drew cannot be read"
Wanted = bool | str
# Coordinates, None for any; and values: heights, pixels or shares.
Points = tuple[object, object]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What one call drew, or the cell.

    Args:
        words: The call as Python writes it, or the name.
        args: Its arguments by position.
        kwargs: Those by name.
        figures: What was drawn.
        problem: Why there is nothing to see; empty where there is.
        hint: What to try then; empty where nothing is sure.
    """

    words: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    figures: tuple[PlottedFigure, ...]
    problem: str
    hint: str

    @property
    def axes(self) -> list[PlottedAxes]:
        """All axes of all figures."""
        return [axes for figure in self.figures for axes in figure.axes]

    @property
    def series(self) -> list[PlottedSeries]:
        """All that shows data."""
        return [series for axes in self.axes for series in axes.series]


class FigureView:
    """What was drawn: by each call, the author's own cases first, or by the cell.

    Args:
        part: What the author asked for.
        record: What was observed.
        explain: Explains exceptions of the student's code.
    """

    def __init__(self, part: Figure, record: FigureEvidence, explain: Explain = plainly) -> None:
        self._part = part
        self._explain = explain
        self._found = record.found
        self.drawings = tuple(self._drawing(answer) for answer in record.answers)

    def _drawing(self, answer: Answer) -> Drawing:
        args, kwargs = decode(answer.arguments) if answer.arguments else ((), {})
        name = self._part.name
        words = called(name, args, kwargs.items()) if self._part.is_called else name
        return Drawing(words, args, kwargs, *self._figures(answer))

    def _figures(self, answer: Answer) -> tuple[tuple[PlottedFigure, ...], str, str]:
        """Return what was drawn, why there is nothing to see, and what to try then."""
        if answer.error is not None:
            return (), *self._explain(answer.error)
        if answer.outcome != "value":
            return (), _PROBLEMS.get(answer.outcome, _UNREADABLE), ""
        try:
            return read(answer.value), "", ""
        except UnreadableError:
            return (), _UNREADABLE, ""

    def labelled(self, *, title: Wanted = True, x: Wanted = True, y: Wanted = True) -> Expectation:
        """All axes have a title and labels; a title of the whole figure is one for all.

        Args:
            title: Whether there must be one, or a regular expression that is to be found in it.
            x: Likewise, of the label on the x axis.
            y: Likewise.
        """
        wanted = {"title": title, "x_label": x, "y_label": y}
        asked = {name: each for name, each in wanted.items() if each is not False}

        def judge(drawing: Drawing) -> Iterator[Expectation]:
            for figure in drawing.figures:
                used = [axes for axes in figure.axes if axes.series] or figure.axes
                for axes, name in product(used, asked):
                    if name == "title" or not axes.is_picture:
                        yield _text(name, asked[name], axes, figure)

        return self._each(judge, " and ".join(_TEXTS[name] for name in asked))

    def has_legend(self, *patterns: str) -> Expectation:
        """There is a legend, with an entry for each regular expression."""

        def judge(drawing: Drawing) -> Iterator[Expectation]:
            legends = [axes.legend for axes in drawing.axes if axes.legend is not None]
            entries = [entry for legend in legends for entry in legend]
            if not entries:
                yield missed("a legend", "none" if not legends else "an empty one")
            for pattern in patterns:
                if not any(re.search(pattern, entry, re.IGNORECASE) for entry in entries):
                    found = ", ".join(entries)
                    yield missed(f"a legend with an entry for {pattern}", f"a legend of {found}")

        return self._each(judge, "a legend")

    def has(self, kind: str, at_least: int = 1, at_most: int | None = None) -> Expectation:
        """Something of a kind is drawn.

        Args:
            kind: ``line``, ``scatter``, ``bars``, ``histogram``, ``image``, ``area`` or ``pie``.
            at_least: How many of them.
            at_most: Likewise; None for any number.

        Raises:
            ValueError: There is no such kind.
        """
        _require_kind(kind)
        words = f"at least {_counted(kind, at_least)}" if at_most is None else ""
        words = words or _counted(kind, at_least)

        def judge(drawing: Drawing) -> Iterator[Expectation]:
            count = sum(series.kind == kind for series in drawing.series)
            if count < at_least or (at_most is not None and count > at_most):
                yield missed(words, _inventory(drawing))

        return self._each(judge, words)

    def shows(
        self,
        kind: str | Collection[str],
        data: Callable[..., Iterable[Points]],
        tolerance: Tolerance = Tolerance(relative=1e-4),  # noqa: B008 - frozen
    ) -> Expectation:
        """The right data is drawn.

        Args:
            kind: As for ``has``; of several kinds, any will do.
            data: Returns what is to be seen, given the arguments of a call: pairs of where points
                are, None for anywhere, and how high. Of an image, the second are its pixels.
            tolerance: How far numbers may be off.

        Raises:
            ValueError: There is no such kind, or nothing is to be seen.
        """
        kinds = (kind,) if isinstance(kind, str) else tuple(kind)
        _require_kind(*kinds)
        right = f"{' or '.join(_counted(each, 1) for each in kinds)} of the right data"

        def judge(drawing: Drawing) -> Iterator[Expectation]:
            there = [series for series in drawing.series if series.kind in kinds]
            wanted = list(data(*drawing.args, **drawing.kwargs))
            if not wanted:
                raise ValueError(f"data returned nothing that {drawing.words} is to show")
            for x, y in wanted:
                if not any(_shows(series, x, y, tolerance) for series in there):
                    found = _inventory(drawing, kinds if there else ())
                    yield missed(right, f"{found} of other data" if there else found)

        return self._each(judge, right)

    def _each(
        self, judge: Callable[[Drawing], Iterator[Expectation]], expected: str
    ) -> Expectation:
        """Return the first expectation that a drawing misses."""
        if self._found is not None:
            return missed(f"a function called {self._part.name}", self._found)
        for drawing in self.drawings:
            if drawing.problem or not drawing.axes:
                found = f"{drawing.words}: {drawing.problem or NOTHING}"
                return missed(expected, found, drawing.hint)
            failed = next((each for each in judge(drawing) if not each.met), None)
            if failed is not None:
                return missed(failed.expected, f"{drawing.words}: {failed.actual}")
        return met(expected, expected)


def _require_kind(*kinds: str) -> None:
    if other := next((kind for kind in kinds if kind not in _WORDS), None):
        raise ValueError(f"{other!r} is nothing that is drawn: there are {', '.join(_WORDS)}")


def _text(name: str, wanted: Wanted, axes: PlottedAxes, figure: PlottedFigure) -> Expectation:
    found = str(getattr(axes, name)) or (figure.title if name == "title" else "")
    fits = bool(found.strip()) if wanted is True else re.search(str(wanted), found, re.IGNORECASE)
    expected = _TEXTS[name] if wanted is True else f"{_TEXTS[name]} with {wanted}"
    return met(expected, found) if fits else missed(expected, found.strip() or "none")


def _counted(kind: str, count: int) -> str:
    one, several = _WORDS.get(kind, (kind, kind))
    return f"{count} {one if count == 1 else several}"


def _inventory(drawing: Drawing, of: Collection[str] = ()) -> str:
    """Say what a drawing holds, of all kinds or of some."""
    there = dict.fromkeys(series.kind for series in drawing.series)
    kinds = [kind for kind in there if kind in of or not of]
    counted = [_counted(kind, sum(s.kind == kind for s in drawing.series)) for kind in kinds]
    return ", ".join(counted) or "empty axes"


def _shows(series: PlottedSeries, x: object, y: object, tolerance: Tolerance) -> bool:
    right = np.asarray(y, dtype=float)
    size: object = right.shape if series.kind == "image" else right.size
    if series.y is None or series.count != size:
        return False
    values = some_pixels(right) if series.kind == "image" else some_points(right)
    places = x is None or series.x is None or _close(series.x, some_points(x), tolerance)
    return places and _close(series.y, values, tolerance)


def _close(found: Any, right: Any, tolerance: Tolerance) -> bool:
    far = tolerance.relative, tolerance.absolute
    return found.shape == right.shape and np.allclose(found, right, *far, equal_nan=True)
