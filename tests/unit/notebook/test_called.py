"""Which cell of a submission is that of a graded call, such as ``net.fit``."""

import json
from pathlib import Path

import bars
import nbformat
import pytest

from grader.assignments.released import layout_of
from grader.notebook.called import called_on
from grader.notebook.match import graded_cells, match
from grader.notebook.read import read
from grader.notebook.restore import restore
from grader.records import Cell, CellKind, Layout, Plan, Role

FIT = "net.fit(X, Y)"
MARKED = f"# GRADED CELL: net.fit\n{FIT}"
EMPTY = f"# GRADED CELL: net.fit\n{bars.START}\nNone\n{bars.END}"
REQUIRED = "# grader-required-cell\n"


def cells(*texts: str) -> list[Cell]:
    return [Cell(index, CellKind.CODE, text) for index, text in enumerate(texts)]


def found(*texts: str) -> int | None:
    several = graded_cells(cells(*texts), "net.fit")
    return several[-1].index if several else None


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    nbformat.write(bars.notebook(), tmp_path / "bars.ipynb")
    return layout_of(tmp_path / "bars.ipynb", "released", "the notebook")


def planned(folder: Path, layout: Layout, **changed: str) -> Plan:
    path = folder / "handed_in.ipynb"
    nbformat.write(bars.notebook(**changed), path)
    return restore(read(path), layout)


@pytest.mark.parametrize(
    "text",
    [
        FIT,
        f"history = {FIT}",
        "for _ in range(2):\n    net.fit(X, Y)",
        "def go():\n    net.fit(X, Y)\ngo()",
        "print(net.fit(X, Y).history)",
        "net . fit(X,\n    Y)",
        "%time net.fit(X, Y)",
        "net.fit(X, Y",
    ],
)
def test_a_cell_is_found_by_the_call_that_it_makes(text: str) -> None:
    assert found("x = 1", text) == 1


@pytest.mark.parametrize(
    "text",
    [
        "# net.fit(X, Y)",
        "'net.fit(X, Y)'",
        "print('net.fit(X, Y)')",
        "other.net.fit(X, Y)",
        "net.fit",
        "net.fitted(X, Y)",
        "subnet.fit(X, Y)",
        "fit(net)",
        "# net.fit(X, Y)\nnet.summary(",
    ],
)
def test_what_only_looks_like_the_call_is_none(text: str) -> None:
    assert found("x = 1", text) is None


@pytest.mark.parametrize(
    ("texts", "index"),
    [
        ((FIT, MARKED), 1),
        ((MARKED, FIT), 0),
        ((MARKED, MARKED), 1),
        ((FIT, FIT), 0),
        ((FIT, f"{bars.START}\n{FIT}\n{bars.END}"), 1),
        ((EMPTY, FIT), 0),
        ((EMPTY, f"# GRADED CELL: net\nnet = 1\n{FIT}"), 1),
        (("# GRADED CELL: net.fit\nmodel = net\nmodel.fit(X, Y)", FIT), 0),
        ((MARKED, EMPTY), 0),
    ],
    ids=[
        "the marked one, after another",
        "the marked one, before another",
        "the last of two marked ones",
        "the first of two without marks",
        "the one that students write",
        "the marked one, though still empty",
        "another part's, where the marked one is empty",
        "the marked one, where the variable has another name",
        "the marked one that calls it",
    ],
)
def test_of_several_cells_that_call_it_one_counts(texts: tuple[str, ...], index: int) -> None:
    assert found(*texts) == index


def test_a_given_cell_that_calls_it_again_is_not_the_graded_one(layout: Layout) -> None:
    again = match(layout, cells(bars.CELLS["imports"], bars.CELLS["again"]))
    assert "net.fit" not in again.graded


AGAIN = bars.CELLS["again"]


@pytest.mark.parametrize(
    "texts",
    [
        (f"# GRADED CELL: net.fit\n{AGAIN}", AGAIN),
        (f"{bars.START}\n{AGAIN}\n{bars.END}", AGAIN),
        (f"# GRADED CELL: net.fit\n{AGAIN}",),
        (AGAIN, AGAIN),
    ],
    ids=["marked by its name", "marked where it is written", "without the given one", "unmarked"],
)
def test_a_graded_cell_may_make_the_very_call_of_a_given_one(
    layout: Layout, texts: tuple[str, ...]
) -> None:
    matched = match(layout, cells(bars.CELLS["imports"], *texts))
    assert matched.graded["net.fit"].index == 1


def test_a_cell_that_calls_several_is_run_once_for_all(tmp_path: Path, layout: Layout) -> None:
    merged = "net = build((6, 6, 1))\nnet.compile('adam', 'mse')\nnet.fit(X_train, Y_train)"
    plan = planned(tmp_path, layout, net=merged, net_compile="", net_fit="")
    graded = [(cell.name, set(cell.calls)) for cell in plan.cells if cell.role is Role.GRADED]
    assert graded == [("build", set()), ("net", {"net.compile", "net.fit"}), ("preds", set())]


def test_a_cell_is_run_where_its_own_stands_in_the_notebook(tmp_path: Path, layout: Layout) -> None:
    plan = planned(tmp_path, layout)
    assert [cell.name for cell in plan.cells if cell.role is Role.GRADED] == [
        "build", "net", "net.compile", "net.fit", "preds",
    ]  # fmt: skip


def test_a_required_cell_that_calls_it_again_does_not_train_for_it(tmp_path: Path) -> None:
    nbformat.write(bars.notebook(again=f"{REQUIRED}{bars.CELLS['again']}"), tmp_path / "own.ipynb")
    own = layout_of(tmp_path / "own.ipynb", "released", "the notebook")
    plan = planned(tmp_path, own, again=bars.CELLS["again"])
    assert [cell.calls for cell in plan.cells if "16, 3" in cell.source] == [{"net"}]
    assert plan.missing == frozenset()


def test_what_was_added_and_calls_it_again_is_not_run_and_told(
    tmp_path: Path, layout: Layout
) -> None:
    plan = planned(tmp_path, layout, more="net.fit(X_train, Y_train, epochs=99)")
    assert not any("epochs=99" in cell.source for cell in plan.cells)
    [told] = [issue.message for issue in plan.issues if issue.code == "cell-added"]
    assert told.endswith("was not run; net.fit counts in cell 5.")


def test_what_it_needs_of_added_cells_is_taken_from_before_it(
    tmp_path: Path, layout: Layout
) -> None:
    plan = planned(
        tmp_path, layout, net_fit="net.fit(X_train, Y_train, epochs=EPOCHS)", more="EPOCHS = 5"
    )
    assert any(cell.source.strip() == "EPOCHS = 5" for cell in plan.cells)


def test_a_cell_without_the_call_is_missing(tmp_path: Path, layout: Layout) -> None:
    plan = planned(tmp_path, layout, net_fit="", again="")
    assert plan.missing == {"net.fit"}


def test_the_same_call_on_a_variable_of_another_spelling_is_named(
    tmp_path: Path, layout: Layout
) -> None:
    plan = planned(tmp_path, layout, net_fit="Net.fit(X_train, Y_train)", again="")
    [told] = [issue.message for issue in plan.issues if issue.code == "name-slip"]
    assert told == "Expected net.fit, found Net.fit: capitals and spelling matter."


def test_a_cell_with_none_between_its_markers_is_still_empty(
    tmp_path: Path, layout: Layout
) -> None:
    assert planned(tmp_path, layout, net_fit=EMPTY).untouched == {"net.fit"}


def test_of_two_marked_cells_the_later_one_counts_and_that_is_told(
    tmp_path: Path, layout: Layout
) -> None:
    plan = planned(tmp_path, layout, again=bars.CELLS["net.fit"].replace("epochs=8", "epochs=7"))
    [told] = [issue.message for issue in plan.issues if issue.code == "graded-cell-twice"]
    assert told.startswith("net.fit is called here, and again in cell 7: the later one counts")


def test_all_calls_of_a_cell_are_found_whatever_is_around_them() -> None:
    text = json.dumps("net.fit()") + "\nnet.compile()\nnet.fit(net.summary())\nplain()"
    assert called_on(text) == {"net.compile", "net.fit", "net.summary"}
