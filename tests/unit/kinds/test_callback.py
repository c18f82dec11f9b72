"""What is said of a callback by how it answered to its trials."""

import pytest

from grader.checks import Absent
from grader.checks.declaration import ProbeFault
from grader.checks.observed import Observation
from grader.checks.trusted import Observed
from grader.evidence import Fit, Raised, collect
from grader.kinds.callback.evidence import Callback, Trial
from grader.kinds.callback.part import StoppingCallback
from grader.kinds.callback.view import lives_without, working
from grader.records import Execution, ExecutionStatus, Layout, Plan

NAME = "Stop"
HIGH = {"accuracy": 1.0, "loss": 0.25}
STOPPING = StoppingCallback(NAME, threshold=0.999, accuracies=(0.0, 1.0))
NO_LAYER = Raised(name="ValueError", message="No such layer: last", cell=NAME)


def callback(*trials: Trial) -> Callback:
    return Callback(kind="callback", name=NAME, is_callback=True, trials=trials)


def trial(*, stand_in: bool) -> Trial:
    return Trial(logs=HIGH, stopped=False, error=NO_LAYER, stand_in=stand_in)


def observed(told: Callback, in_training: Raised | None = None) -> Observation:
    fit = Fit(kind="fit", index=0, model="model-0", error=in_training)
    execution = Execution(ExecutionStatus.DONE, (), seed=1)
    return Observation(Plan(Layout("kit", "", ()), ()), execution, collect([told, fit]), {}, 80, 2)


def test_what_another_model_lacks_is_no_fault_of_the_callback() -> None:
    with pytest.raises(ProbeFault, match="tried with another model than yours"):
        working(Observed(observed(callback(trial(stand_in=True)))), STOPPING)


def test_that_it_was_tried_with_another_model_counts_where_other_trials_went_well() -> None:
    told = callback(Trial(logs=HIGH, stopped=True), trial(stand_in=True))
    with pytest.raises(ProbeFault):
        working(Observed(observed(told)), STOPPING)


def test_what_the_callback_raises_by_itself_is_its_own_fault() -> None:
    with pytest.raises(Absent, match="Stop raised ValueError: No such layer"):
        working(Observed(observed(callback(trial(stand_in=False)))), STOPPING)


def test_what_is_raised_in_training_as_well_is_the_callback_s_own_fault() -> None:
    with pytest.raises(Absent, match="Stop raised ValueError"):
        working(Observed(observed(callback(trial(stand_in=True)), in_training=NO_LAYER)), STOPPING)


def test_an_error_of_another_cell_in_training_says_nothing_of_the_callback() -> None:
    other = NO_LAYER.model_copy(update={"cell": "train"})
    with pytest.raises(ProbeFault):
        working(Observed(observed(callback(trial(stand_in=True)), in_training=other)), STOPPING)


@pytest.mark.parametrize("logs", [None, {}, {"loss": 0.25}])
def test_an_exception_for_logs_without_an_accuracy_is_told(logs: dict[str, float] | None) -> None:
    raised = Raised(name="AttributeError", message="'NoneType' object has no attribute 'get'")
    told = callback(Trial(logs=logs, stopped=False, error=raised))
    assert lives_without(told).actual == f"AttributeError: {raised.message}"
