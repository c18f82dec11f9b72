"""What matplotlib drew is told by matplotlib's own objects, and compared outside."""

from collections.abc import Callable, Iterator
from typing import Any

import looking
import matplotlib.pyplot as plt
import noticing
import numpy as np
import pytest

from grader.kinds.figure import inside
from grader.kinds.figure.part import Figure
from grader.kinds.figure.view import FigureView
from grader.kinds.kind import PartError

PART = Figure(
    "plot",
    cases=[([1, 2, 3], [0.5, 0.25, 0.125])],
    draw=lambda generator: (list(range(5)), generator.uniform(size=5).tolist()),
    draws=2,
)
CELL = Figure("fig")
Body = Callable[[Any, Any], Any]


@pytest.fixture(autouse=True)
def _noticed() -> Iterator[None]:
    with noticing.noticed_figures():
        yield


def view(draws: object, part: Figure = PART) -> FigureView:
    return looking.seen(part, looking.look(part, {part.name: draws}))


def cell(draw: Callable[[], object]) -> FigureView:
    """Look at a cell that draws and shows, as a notebook does."""
    draw()
    plt.close("all")
    return looking.seen(CELL, looking.look(CELL, {}))


def curve(x: Any, y: Any) -> None:
    plt.figure()
    plt.plot(x, y, label="loss")
    plt.title("Training")
    plt.xlabel("epoch")
    plt.ylabel("loss")
    plt.legend()
    plt.show()


def same(x: Any, y: Any) -> list[tuple[Any, Any]]:
    return [(x, y)]


def test_a_right_figure_has_all_that_is_asked() -> None:
    found = view(curve)
    assert found.labelled().met
    assert found.labelled(title="train", x="epoch", y="loss").met
    assert found.has_legend("loss").met
    assert found.has("line", 1, 1).met
    assert found.shows("line", same).met
    assert len(found.drawings) == 3


@pytest.mark.parametrize("kind", ["lines", "plot", "Line", "bar"])
def test_a_kind_that_there_is_not_is_no_students_fault(kind: str) -> None:
    with pytest.raises(ValueError, match="there are line, scatter, bars"):
        view(curve).has(kind)
    with pytest.raises(ValueError, match="there are line, scatter, bars"):
        view(curve).shows(kind, same)


@pytest.mark.parametrize("nothing", [[], (), zip([], [], strict=True)])
def test_where_nothing_is_to_be_seen_nobody_is_right(nothing: Any) -> None:
    with pytest.raises(ValueError, match=r"data returned nothing that plot\("):
        view(curve).shows("line", lambda *_: nothing)


def test_a_function_that_draws_into_the_current_figure_has_drawn() -> None:
    assert view(lambda x, y: plt.plot(x, y) and None).shows("line", same).met


def returns_a_figure(x: Any, y: Any) -> Any:
    fig, axes = plt.subplots()
    axes.plot(x, y)
    return fig


def returns_axes(x: Any, y: Any) -> Any:
    _, axes = plt.subplots(1, 2)
    axes[0].plot(x, y)
    plt.close("all")
    return axes


@pytest.mark.parametrize("draws", [returns_a_figure, returns_axes])
def test_a_function_may_return_what_it_drew(draws: Body) -> None:
    found = view(draws)
    assert found.shows("line", same).met
    assert all(len(each.figures) == 1 for each in found.drawings)


@pytest.mark.parametrize(
    ("body", "actual"),
    [
        ("None", "plot([1, 2, 3], [0.5, 0.25, 0.125]): nothing that was drawn"),
        ("plt.figure() and None", "nothing that was drawn"),
        ("plt.plot(y, x)", "1 line of other data"),
        ("plt.plot(x, [2 * each for each in y])", "1 line of other data"),
        ("plt.plot(x[1:], y[1:])", "1 line of other data"),
        ("plt.scatter(x, y)", "1 set of points"),
        ("(plt.bar(x, y), plt.scatter(x, y))", "1 set of bars, 1 set of points"),
        ("plt.subplots()", "empty axes"),
        ("plt.plot(x, y, 'o')", "1 set of points"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
    ],
)
def test_another_drawing_is_told(body: str, actual: str) -> None:
    found = view(eval(f"lambda x, y: {body}", {"plt": plt})).shows("line", same)  # noqa: S307
    assert (found.met, found.expected) == (False, "1 line of the right data")
    assert found.actual.endswith(actual)


def test_what_is_no_function_is_told() -> None:
    found = view(3).has("line")
    assert (found.met, found.actual) == (False, "a number (int)")


@pytest.mark.parametrize(
    ("leave_out", "expected"),
    [
        ("title", "a title"),
        ("xlabel", "a label on the x axis"),
        ("ylabel", "a label on the y axis"),
    ],
)
def test_a_missing_text_is_told(leave_out: str, expected: str) -> None:
    def draw() -> None:
        plt.plot([1, 2])
        for name in {"title", "xlabel", "ylabel"} - {leave_out}:
            getattr(plt, name)("a text")

    found = cell(draw).labelled()
    assert (found.met, found.expected, found.actual) == (False, expected, "fig: none")


@pytest.mark.parametrize("text", ["", " ", "accuracy"], ids=["empty", "blank", "another"])
def test_a_text_must_be_the_one_that_is_asked_for(text: str) -> None:
    found = cell(lambda: (plt.plot([1, 2]), plt.ylabel(text)))
    assert not found.labelled(title=False, x=False, y="loss").met


def twin() -> None:
    _, axes = plt.subplots()
    axes.plot([1, 2])
    axes.set(title="both", xlabel="epoch", ylabel="loss")
    other = axes.twinx()
    other.plot([2, 1])
    other.set_ylabel("accuracy")


def shared() -> None:
    figure, axes = plt.subplots(2, 1, sharex=True)
    for each in axes:
        each.plot([1, 2])
        each.set_ylabel("loss")
    axes[1].set_xlabel("epoch")
    figure.suptitle("both")


def whole() -> None:
    figure, axes = plt.subplots(1, 2)
    for each in axes:
        each.plot([1, 2])
    figure.suptitle("both")
    figure.supxlabel("epoch")
    figure.supylabel("loss")


def left_over() -> None:
    _, axes = plt.subplots(1, 2)
    axes[0].plot([1, 2])
    axes[0].set(title="one", xlabel="epoch", ylabel="loss")


def picture() -> None:
    plt.imshow(np.eye(4))
    plt.title("an image")
    plt.colorbar()


@pytest.mark.parametrize("draw", [twin, shared, whole, left_over, picture])
def test_axes_may_be_labelled_in_several_ways(draw: Callable[[], None]) -> None:
    found = cell(draw).labelled()
    assert found.met, found


@pytest.mark.parametrize(
    ("draw", "expected", "actual"),
    [
        (lambda: plt.plot([1], label="loss"), "a legend", "fig: none"),
        (lambda: plt.plot([1]) and plt.legend([]), "a legend", "fig: an empty one"),
        (
            lambda: plt.plot([1], label="accuracy") and plt.legend(),
            "a legend with an entry for loss",
            "fig: a legend of accuracy",
        ),
    ],
)
def test_a_missing_legend_is_told(draw: Callable[[], object], expected: str, actual: str) -> None:
    found = cell(draw).has_legend("loss")
    assert (found.met, found.expected, found.actual) == (False, expected, actual)


def test_a_legend_may_be_the_figures_own() -> None:
    def draw() -> None:
        figure, axes = plt.subplots()
        axes.plot([1], label="Loss")
        figure.legend()

    assert cell(draw).has_legend("loss").met


IMAGE = np.random.default_rng(1).uniform(size=(150, 150, 3))
NUMBERS = np.random.default_rng(2).normal(size=200)
COUNTS, EDGES = np.histogram(NUMBERS, bins=7)


@pytest.mark.parametrize(
    ("kind", "draw", "points"),
    [
        ("line", lambda: plt.plot([1, 2, 4]), ([0, 1, 2], [1, 2, 4])),
        ("line", lambda: plt.semilogy([1, 2], [10, 100]), ([1, 2], [10, 100])),
        ("line", lambda: plt.plot(range(5_000)), (None, np.arange(5_000))),
        ("scatter", lambda: plt.scatter([1, 2], [3, 4], c="r"), ([1, 2], [3, 4])),
        ("scatter", lambda: plt.plot([1, 2], [3, 4], "x"), ([1, 2], [3, 4])),
        ("bars", lambda: plt.bar([0, 1], [3, 4]), ([0, 1], [3, 4])),
        ("bars", lambda: plt.bar(["a", "b"], [3, 4]), (None, [3, 4])),
        ("bars", lambda: plt.barh([0, 1], [3, 4]), ([0, 1], [3, 4])),
        ("histogram", lambda: plt.hist(NUMBERS, 7), ((EDGES[1:] + EDGES[:-1]) / 2, COUNTS)),
        ("image", lambda: plt.imshow(IMAGE), (None, IMAGE)),
        ("image", lambda: plt.imshow(IMAGE[..., 0], cmap="gray"), (None, IMAGE[..., 0])),
        ("image", lambda: plt.matshow([[1, 2], [3, 4]]), (None, [[1, 2], [3, 4]])),
        ("image", lambda: plt.pcolormesh([[1, 2], [3, 4]]), (None, [[1, 2], [3, 4]])),
        ("pie", lambda: plt.pie([1, 3]), (None, [0.25, 0.75])),
    ],
)
def test_series_of_all_kinds_are_known(
    kind: str, draw: Callable[[], object], points: tuple[Any, Any]
) -> None:
    found = cell(draw)
    assert found.has(kind, 1, 1).met
    shown = found.shows(kind, lambda: [points])
    assert shown.met, shown
    assert not found.shows(kind, lambda: [(points[0], np.asarray(points[1]) + 1)]).met
    assert not found.shows(kind, lambda: [(points[0], np.asarray(points[1])[:-1])]).met


def test_a_filled_area_is_known() -> None:
    assert cell(lambda: plt.fill_between([1, 2], [1, 2], [2, 3])).has("area").met


def test_what_a_name_stands_for_goes_before_what_the_cell_drew() -> None:
    fig, axes = plt.subplots()
    axes.plot([1, 2])
    plt.figure()
    plt.bar([1], [2])
    for value in (fig, axes, np.array([axes])):
        evidence = looking.look(CELL, {"fig": value})
        assert looking.seen(CELL, evidence).has("line", 1, 1).met
        assert not looking.seen(CELL, evidence).has("bars").met


def test_axes_may_be_in_a_part_of_a_figure() -> None:
    halves: Any = plt.figure().subfigures(1, 2)
    axes = halves[0].subplots()
    axes.plot([1, 2])
    assert looking.seen(CELL, looking.look(CELL, {"fig": axes})).has("line", 1, 1).met


class Flat:
    @property
    def flat(self) -> Any:
        raise RuntimeError("not to be read")


def test_whatever_else_a_name_stands_for_is_not_asked() -> None:
    plt.plot([1, 2])
    assert looking.seen(CELL, looking.look(CELL, {"fig": Flat()})).has("line", 1, 1).met


def test_a_name_that_is_used_again_for_another_figure_changes_nothing() -> None:
    first, axes = plt.subplots()
    axes.plot([1, 2])
    stage, made = looking.Stage({"fig": first}), looking.challenges(CELL)
    looking.look_at(stage, made)
    stage.namespace["fig"] = plt.figure()
    [request] = looking.requests(made)
    inside.look(request | {"again": True}, stage)  # type: ignore[arg-type]
    assert looking.seen(CELL, looking.compared(stage, made)).has("line").met


def test_figures_that_were_open_stay_so_and_no_others_do() -> None:
    before = plt.figure()
    assert not view(lambda x, y: before.axes and plt.plot(x, y)).has("line").met
    assert view(curve).has("line", 1, 1).met
    assert list(map(plt.figure, plt.get_fignums())) == [before]


class Raises(list[Any]):
    def __iter__(self) -> Any:
        raise RuntimeError("not to be read")


def liar(*_: Any) -> Any:
    fig, axes = plt.subplots()
    axes.get_title = None  # type: ignore[method-assign,assignment]
    return fig


def flood(*_args: Any) -> None:
    for _ in range(30):
        plt.plot(range(20_000))


@pytest.mark.filterwarnings("ignore:More than 20 figures")
@pytest.mark.parametrize(
    "draws",
    [liar, flood, lambda *_: [plt.figure() for _ in range(40)], lambda *_: Raises([1])],
    ids=["liar", "flood", "many", "raises"],
)
def test_what_cannot_be_looked_at_is_told(draws: Body) -> None:
    found = view(draws)
    assert not found.shows("line", same).met
    assert not found.labelled().met


@pytest.mark.parametrize("value", ["", "3", '["list", [3]]', '["list", [["dict", []]]]'])
def test_what_no_probe_wrote_is_no_figure(value: str) -> None:
    stage = looking.Stage({})
    stage.send("figure", name="fig", answers=[{"outcome": "value", "value": value}])
    found = looking.seen(CELL, looking.compared(stage, looking.challenges(CELL)))
    assert found.has("line").actual == "fig: what it drew cannot be read"


def test_answers_to_other_calls_are_not_believed() -> None:
    stage = looking.Stage({})
    stage.send("figure", name="plot", answers=[{"outcome": "value", "value": '["list", []]'}])
    evidence = looking.compared(stage, looking.challenges(PART))
    assert not evidence.parts
    assert "plot" in evidence.tampered


def test_what_cannot_be_asked_for_is_refused_at_once() -> None:
    with pytest.raises(PartError, match="an argument is an object"):
        Figure("plot", cases=[(object(),)])
