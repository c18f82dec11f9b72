"""Which training is graded for each of several functions that train, and which model is its own."""

import dataclasses
from typing import Any

import pytest
from made_parts import trained

from grader.checks import Absent
from grader.checks.observed import Observation
from grader.evidence import Fit, Model, ReturnedResult, collect
from grader.kinds.graded_cell.part import GradedCell
from grader.kinds.loader.part import ImageLoader
from grader.records import (
    CellRun,
    CellStatus,
    Execution,
    ExecutionStatus,
    Layout,
    Plan,
    PlannedCell,
    Role,
)

PROBES = {"train_a": trained("train_a", "a"), "train_b": trained("train_b", "b")}
OWN, CALLS_A, CALLS_B = 0, 1, 2
CELLS = (
    PlannedCell("x = 1", Role.OPTIONAL),
    PlannedCell("a = train_a()", Role.REQUIRED, calls=frozenset({"train_a"})),
    PlannedCell("b = train_b()", Role.REQUIRED, calls=frozenset({"train_b"})),
)


def fit(index: int, cell: int | None, **known: Any) -> Fit:
    told = {
        "kind": "fit",
        "index": index,
        "model": f"model-{index}",
        "finished": True,
        "cell": cell,
    }
    return Fit.model_validate(told | known)


def result(name: str, fit: int | None, model: str | None = None) -> ReturnedResult:
    is_history = fit is not None
    return ReturnedResult(
        kind="result", name=name, type="History", is_history=is_history, fit=fit, model=model
    )


def model(key: str, *functions: str) -> Model:
    return Model(kind="model", key=key, type="Sequential", functions=functions)


def seen(*records: Any) -> Observation:
    runs = (CellRun(CellStatus.DONE),) * len(CELLS)
    execution = Execution(ExecutionStatus.DONE, runs, seed=1)
    plan = Plan(Layout("kit", "", ()), CELLS)
    return Observation(plan, execution, collect(records), PROBES, 80, 2)


def graded(run: Observation) -> list[int | None]:
    found = (run.graded_fit(name) for name in ("train_a", "train_b"))
    return [made.index if made else None for made in found]


A, B = fit(0, CALLS_A), fit(1, CALLS_B)


@pytest.mark.parametrize(
    ("records", "indexes"),
    [
        ((A, B, result("train_a", 0), result("train_b", 1)), [0, 1]),
        ((A, B), [0, 1]),
        ((A, B, result("train_a", 0), result("train_b", 0)), [0, 1]),
        ((A, result("train_a", 0), result("train_b", 0)), [0, None]),
        ((A, fit(2, CALLS_A), B, result("train_a", 0)), [0, 1]),
        ((A, fit(2, CALLS_A), B, result("train_b", 1)), [2, 1]),
        ((A,), [0, None]),
    ],
    ids=[
        "each returned its own",
        "none was returned",
        "one returned that of the other",
        "one has none but that of the other",
        "the one that was returned",
        "the last one, where none was returned",
        "one has not trained",
    ],
)
def test_each_function_has_a_training_of_its_own(
    records: tuple[Any, ...], indexes: list[int | None]
) -> None:
    assert graded(seen(*records)) == indexes


def test_what_neither_call_has_trained_is_of_the_first_that_returned_it() -> None:
    made = fit(0, OWN)
    assert graded(seen(made, result("train_a", 0), result("train_b", 0))) == [0, None]


def test_the_cell_that_was_running_tells_more_than_the_functions_that_a_kernel_names() -> None:
    claimed = fit(0, CALLS_A, functions=("train_b",))
    assert graded(seen(claimed, result("train_b", 0))) == [0, None]


@pytest.mark.parametrize("functions", [("train_b",), ("create", "train_b")])
def test_where_no_cell_is_known_the_innermost_function_that_trains_tells(
    functions: tuple[str, ...],
) -> None:
    assert graded(seen(fit(0, None, functions=functions))) == [None, 0]


def test_the_history_of_another_function_is_named_where_there_is_no_other_training() -> None:
    run = seen(A, result("train_a", 0), result("train_b", 0))
    with pytest.raises(Absent, match="train_b returned the History of what train_a trained"):
        run.fit("train_b")


def test_a_function_that_has_not_trained_is_told_so() -> None:
    with pytest.raises(Absent, match="fit was never called"):
        seen(A, result("train_a", 0)).fit("train_b")


@pytest.mark.parametrize(
    ("records", "key"),
    [
        ((model("model-0", "train_a"), A, model("built", "train_b")), "built"),
        ((model("model-0", "train_a"), A), None),
        ((A, model("model-0"), model("built", "train_b"), model("later", "train_a")), "built"),
        ((model("model-0", "train_a"), A, fit(1, CALLS_B, model="model-0")), "model-0"),
        ((A, model("model-0"), result("train_b", None, "model-0")), None),
    ],
    ids=[
        "built and not trained",
        "that of another function alone",
        "none that another one built later",
        "that of another function, trained on",
        "that of another function, returned",
    ],
)
def test_the_model_of_a_function_is_one_that_it_has_built_or_trained(
    records: tuple[Any, ...], key: str | None
) -> None:
    assert seen(*records).model_key("train_b") == key


GIVEN = ("network = build()", "batches = load()", "a = train_a(network, batches=batches)")
COMPILED = ("network = build()", "prepare(network)", "a = train_a(network)")
BUILDERS = {
    "prepare": GradedCell("prepare"),
    "build": GradedCell("build"),
    "build_small": GradedCell("build_small"),
    "load": ImageLoader("load", variable="batches"),
}


@pytest.mark.parametrize(
    ("cells", "records", "key"),
    [
        (GIVEN, (model("m", "build"), model("small", "build_small")), "m"),
        (GIVEN, (model("small", "build_small", "train_a"), model("m", "build")), "m"),
        (GIVEN[1:], (model("m", "train_a"),), "m"),
        (GIVEN[1:], (model("m", "build"),), "m"),
        (GIVEN, (model("small", "build_small"),), None),
        (GIVEN, (model("own"), model("small", "build_small")), "own"),
        (GIVEN, (model("m", "helper"), model("small", "build_small")), "m"),
        (COMPILED, (model("m", "prepare"), model("small", "build_small")), "m"),
        (("a = train_a()",), (model("m", "build"), model("small", "build_small")), "small"),
        (
            ("network = build()", "network = wrap(network)", "a = train_a(network)"),
            (model("m", "build"), model("small", "build_small")),
            "small",
        ),
    ],
    ids=[
        "built by the function that the given cells name",
        "built by the function that is given, and none that it has built itself",
        "built by itself",
        "only images are given",
        "built by another function alone",
        "built in a cell of one's own",
        "built by what is not graded",
        "first seen in a function that was given it",
        "nothing is given",
        "bound once more by what is not graded",
    ],
)
def test_the_model_of_a_function_that_never_trains_is_the_one_that_it_was_given(
    cells: tuple[str, ...], records: tuple[Any, ...], key: str | None
) -> None:
    *before, last = (PlannedCell(each, Role.REQUIRED) for each in cells)
    calling = dataclasses.replace(last, calls=frozenset({"train_a"}))
    plan = Plan(Layout("kit", "", ()), (*before, calling))
    execution = Execution(ExecutionStatus.DONE, (CellRun(CellStatus.DONE),) * len(cells), seed=1)
    run = Observation(plan, execution, collect(records), PROBES | BUILDERS, 80, 2)
    assert run.model_key("train_a") == key


def test_what_another_function_has_trained_of_a_model_does_not_count() -> None:
    cells = [CALLS_A, CALLS_B, OWN]
    assert [seen().counts_with(fit(0, cell), fit(1, CALLS_B)) for cell in cells] == [
        False,
        True,
        True,
    ]


def test_all_counts_with_what_was_trained_in_a_cell_of_ones_own() -> None:
    assert seen().counts_with(A, fit(1, OWN))


def test_both_train_on_one_loader() -> None:
    assert seen().trainers_on("load") == ["train_a", "train_b"]
