"""What is judged of a run in which the grader trained: what it trained, whatever a kernel says."""

from typing import Any

import pytest
from made_parts import trained

from grader.checks import Absent
from grader.checks.observed import Observation
from grader.evidence import ByGrader, Evidence, Fit, Layer, Model, Raised, ReturnedResult, collect
from grader.evidence.schema import CellEnd
from grader.records import (
    CellError,
    CellRun,
    CellStatus,
    Execution,
    ExecutionStatus,
    Layout,
    Plan,
    PlannedCell,
    Role,
)

TRAINED = ByGrader(images=80, seen=80, before=0.5, accuracy=1.0)
PROBES = {"train": trained()}


def observed(trained: ByGrader | None) -> Observation:
    """A kernel says that the model it returned is another than was trained."""
    evidence: Evidence = collect(
        [
            Model(kind="model", key="trained", type="Sequential"),
            Model(kind="model", key="shown", type="Sequential"),
            Fit(kind="fit", index=0, model="trained", finished=True, trained=trained),
            ReturnedResult(
                kind="result", name="train", type="History", is_history=True, fit=0, model="shown"
            ),
        ]
    )
    execution = Execution(ExecutionStatus.DONE, (), seed=1)
    return Observation(Plan(Layout("kit", "", ()), ()), execution, evidence, PROBES, 80, 2)


@pytest.mark.parametrize(("trained", "model"), [(TRAINED, "trained"), (None, "shown")])
def test_the_model_is_that_which_the_grader_trained(trained: ByGrader | None, model: str) -> None:
    assert observed(trained).model("train").key == model


@pytest.mark.parametrize(
    ("trained", "model", "idle"), [(TRAINED, "trained", "untrained"), (None, "shown", None)]
)
def test_what_a_layer_did_is_known_of_trainings_by_the_grader_alone(
    trained: ByGrader | None, model: str, idle: str | None
) -> None:
    seen = observed(trained)
    layer = Layer(name="conv2d", type="Conv2D", idle="untrained")
    seen.evidence.add(Model(kind="model", key=model, type="Sequential", layers=(layer,)))
    assert seen.model("train").layers[0].idle == idle


def test_a_loader_of_other_images_is_told_to_read_those_in_its_folder() -> None:
    seen = observed(None)
    seen.evidence.foreign.append("load")
    with pytest.raises(Absent, match="load shows other images") as raised:
        seen.loader("load")
    assert raised.value.hint == "Have load read the images from their folder whenever it is called."


def failed(model: Model) -> Observation:
    """``train`` raised, with a model at hand."""
    error = CellError("AttributeError", "no", line=2, cell="train")
    raised = Raised(name="AttributeError", message="no", line=2, cell="train")
    evidence = collect([model, CellEnd(kind="cell", index=1, error=raised)])
    cells = (
        PlannedCell("", Role.GRADED, "train", origin=0),
        PlannedCell("hist = train()", Role.REQUIRED, calls=frozenset({"train"})),
    )
    runs = (CellRun(CellStatus.DONE), CellRun(CellStatus.RAISED, error))
    execution = Execution(ExecutionStatus.CELL_FAILED, runs, seed=1)
    return Observation(Plan(Layout("kit", "", ()), cells), execution, evidence, PROBES, 80, 2)


def seen_as(kind: str, **known: Any) -> Model:
    layer = Layer(name="c", type="Conv2D", output_shape=known.pop("output_shape", None))
    return Model(kind="model", key="m", type=kind, layers=(layer,), **known)


def test_of_a_model_of_an_own_class_that_could_not_be_called_the_error_is_told() -> None:
    with pytest.raises(Absent, match="train raised AttributeError: no"):
        failed(seen_as("Net")).model("train")


@pytest.mark.parametrize(
    "model",
    [
        seen_as("Net", input_shape=(None, 9, 9, 3)),
        seen_as("Net", output_shape=(None, 1)),
        seen_as("Sequential"),
        seen_as("Functional"),
    ],
)
def test_a_model_that_told_what_it_calls_is_judged_where_its_function_raised(model: Model) -> None:
    assert failed(model).model("train") == model
