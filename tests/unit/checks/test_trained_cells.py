"""Which training of a cell is graded, and what is said where there is none."""

from typing import Any

import pytest

from grader.checks import Absent
from grader.checks.observed import Observation
from grader.evidence import Fit, Model, Raised, ReturnedResult, collect
from grader.evidence.schema import CellEnd
from grader.kinds.graded_cell.part import GradedCell
from grader.kinds.kind import GradedPart
from grader.kinds.training.part import TrainedModel
from grader.records import (
    CellRun,
    CellStatus,
    Execution,
    ExecutionStatus,
    Layout,
    LayoutCell,
    Plan,
    PlannedCell,
    Role,
)

TRAINS = "net.fit"
PROBES: dict[str, GradedPart] = {
    "build": GradedCell("build"),
    "net": GradedCell("net"),
    "net.compile": GradedCell("net.compile"),
    TRAINS: TrainedModel(TRAINS, data="train", most_epochs=9),
}
SOURCES = {
    "build": "def build(): return 1",
    "net": "net = build()",
    "net.compile": "net.compile('adam', 'mse')",
    TRAINS: "net.fit(x, y)",
}
OWN, COMPILES, FITS, AGAIN = 1, 2, 3, 4
CELLS = (
    *(
        PlannedCell(
            text, Role.GRADED, name, origin=place, calls=frozenset({name} if "." in name else ())
        )
        for place, (name, text) in enumerate(SOURCES.items())
    ),
    PlannedCell("net.fit(x, y)", Role.REQUIRED, calls=frozenset({"net"})),
)
LAYOUT = Layout(
    "kit", "", tuple(LayoutCell(text, Role.GRADED, name) for name, text in SOURCES.items())
)
COMPILED = {"loss": "mse", "metrics": []}


def fit(index: int, cell: int | None, model: str = "net", **known: Any) -> Fit:
    told = {"kind": "fit", "index": index, "model": model, "finished": True, "cell": cell}
    return Fit.model_validate(told | known)


def variable(model: str | None) -> ReturnedResult:
    return ReturnedResult(kind="result", name=TRAINS, type="Model", is_history=False, model=model)


def model(key: str = "net", *, compiled: bool = True) -> Model:
    known = {"compilation": COMPILED} if compiled else {}
    return Model.model_validate({"kind": "model", "key": key, "type": "Sequential", **known})


def seen(*records: Any, untouched: tuple[str, ...] = (), raised: int | None = None) -> Observation:
    ends = []
    if raised is not None:
        error = Raised(name="ValueError", message="no", line=1, cell=CELLS[raised].name)
        ends.append(CellEnd(kind="cell", index=raised, error=error))
    runs = [
        CellRun(CellStatus.RAISED if place == raised else CellStatus.DONE)
        for place in range(len(CELLS))
    ]
    execution = Execution(ExecutionStatus.DONE, tuple(runs), seed=1)
    plan = Plan(LAYOUT, CELLS, untouched=frozenset(untouched))
    return Observation(plan, execution, collect([*records, *ends]), PROBES, 80, 2)


@pytest.mark.parametrize(
    ("fits", "graded"),
    [
        ((fit(0, FITS),), 0),
        ((fit(0, FITS), fit(1, FITS)), 1),
        ((fit(0, FITS), fit(1, AGAIN)), 0),
        ((fit(0, OWN), fit(1, FITS)), 1),
        ((fit(0, OWN),), None),
        ((fit(0, FITS), fit(1, FITS, "other")), 0),
        ((fit(0, FITS, "other"),), None),
        ((fit(0, None, functions=(TRAINS,)),), 0),
    ],
    ids=[
        "its only one",
        "the last of two",
        "not one of a later cell",
        "not one of an earlier cell",
        "none, where it was trained elsewhere",
        "not one of another model",
        "none, where another model was trained",
        "where no cell is known, that of the cell that the kernel names",
    ],
)
def test_the_last_training_in_the_cell_of_what_the_variable_is_counts(
    fits: tuple[Fit, ...], graded: int | None
) -> None:
    found = seen(*fits, variable("net")).graded_fit(TRAINS)
    assert (found and found.index) == graded


def test_where_nothing_is_known_of_the_variable_the_last_one_in_the_cell_counts() -> None:
    found = seen(fit(0, FITS, "other"), fit(1, AGAIN)).graded_fit(TRAINS)
    assert found is not None
    assert found.model == "other"


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ((variable("net"),), "net was not trained: its cell never called net.fit."),
        (
            (fit(0, FITS, "other"), variable("net")),
            "net was not trained: its cell has trained another model than net.",
        ),
        (
            (fit(0, FITS, finished=False), variable("net")),
            "net was not trained: fit did not come to its end.",
        ),
    ],
)
def test_why_there_is_none_is_told(records: tuple[Any, ...], told: str) -> None:
    with pytest.raises(Absent) as caught:
        seen(*records).fit(TRAINS)
    assert caught.value.reason == told


@pytest.mark.parametrize(("place", "cause"), [(OWN, "net"), (COMPILES, "net.compile")])
def test_a_cell_before_it_that_raised_is_the_cause(place: int, cause: str) -> None:
    with pytest.raises(Absent) as caught:
        seen(raised=place).fit(TRAINS)
    assert (
        caught.value.reason.startswith("net.fit raised ValueError") or caught.value.cause == cause
    )


@pytest.mark.parametrize("empty", ["net", "net.compile", "build"])
def test_a_cell_before_it_that_is_still_empty_is_told(empty: str) -> None:
    with pytest.raises(Absent, match=f"{empty} is still empty") as caught:
        seen(untouched=(TRAINS, empty)).fit(TRAINS)
    assert caught.value.cause == empty


def test_the_model_is_judged_where_it_was_made_and_not_trained() -> None:
    run = seen(model(), variable("net"), untouched=(TRAINS,))
    assert (run.model(TRAINS).key, run.compilation(TRAINS).loss) == ("net", "mse")


def test_a_model_that_was_never_compiled_is_told_by_the_cell_that_is_empty() -> None:
    run = seen(model(compiled=False), variable("net"), untouched=("net.compile", TRAINS))
    with pytest.raises(Absent, match=r"net\.compile is still empty"):
        run.compilation(TRAINS)


def test_a_variable_that_is_no_model_is_told() -> None:
    with pytest.raises(Absent, match="There is no model net"):
        seen().model(TRAINS)
