"""A callback's answers in the graded training, beside its answers when it was tried."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import recording
from happy_or_sad.submission import CALLBACK, CALLING, Variant

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.evidence import Fit, PassedCallback
from grader.kinds.callback.evidence import Callback, Replay, Trial
from grader.kinds.callback.view.agreement import InTraining
from grader.records import Status

SOLUTION = Variant("solution", "as it is")
OWN = PassedCallback(names=(CALLBACK, "Callback"), part=CALLBACK, stopped=False)
STOPPER = OWN.model_copy(update={"stopped": True})
KERAS = PassedCallback(names=("EarlyStopping", "Callback"), part="", stopped=False)
OTHER = PassedCallback(names=("Stops", "Callback"), part="", stopped=True)
SAME_NAME = PassedCallback(names=(CALLBACK, "Callback"), part="", stopped=True)
LOGGED = {"accuracy": (0.5, 0.9, 1.0), "loss": (0.7, 0.3, 0.1)}
AS_ACC = {"acc": (0.5, 0.9, 1.0), "loss": (0.7, 0.3, 0.1)}


def trained(
    *passed: PassedCallback,
    logged: Mapping[str, tuple[float, ...]] = LOGGED,
    stopped: bool = True,
    replay: int | None = 0,
    trials: Sequence[Trial] = (),
) -> InTraining:
    """Make a training; a replay of 0 is one that was not made."""
    curves: Any = dict(logged)
    fit = Fit(kind="fit", index=3, model="m", callbacks=passed, curves=curves, stopped=stopped)
    replays = () if replay == 0 else (Replay(fit=3, curves=curves, stopped_after=replay),)
    tried = trials or [
        Trial(logs={"accuracy": rate}, stopped=rate > 0.999) for rate in (0.5, 0.999, 0.9995, 1.0)
    ]
    made = Callback(
        kind="callback", name=CALLBACK, is_callback=True, trials=tuple(tried), replays=replays
    )
    return InTraining(CALLBACK, made, fit)


# Who has ended it


@pytest.mark.parametrize(
    "found",
    [
        trained(STOPPER),
        trained(STOPPER, KERAS, replay=3),
        trained(STOPPER, replay=None),  # as where it keeps count in a global name
        trained(STOPPER, logged=AS_ACC, replay=3),
        trained(STOPPER, logged=AS_ACC),  # as where it looks at weights
        trained(OTHER, OWN),  # both asked, the other one sooner
        trained(OWN, KERAS, replay=3),
        trained(PassedCallback(names=(CALLBACK,)), logged=AS_ACC),  # recorded by an earlier kit
    ],
)
def test_a_callback_that_asks_to_stop_has_ended_the_training(found: InTraining) -> None:
    assert found.ended_it(0.999)


@pytest.mark.parametrize(
    "found",
    [
        trained(OWN, OTHER),
        trained(OWN, OTHER, replay=3),
        trained(OTHER, OWN, logged=AS_ACC, replay=None),
        trained(OTHER, OWN, logged=AS_ACC, replay=2),
        trained(OWN, KERAS, logged=AS_ACC),
        trained(OWN, KERAS, logged={"accuracy": (0.9, 1.0, 1.0)}),  # it had gone on before
        trained(OWN, KERAS, logged={"accuracy": (0.9, 1.0, 1.0)}, replay=3),
        trained(OTHER, OWN, replay=None),
        trained(SAME_NAME),
        trained(SAME_NAME, OWN, logged=AS_ACC, replay=None),
        trained(STOPPER, logged=AS_ACC, replay=None),
        trained(OWN, stopped=False),
        trained(),
        InTraining(CALLBACK),
    ],
)
def test_what_another_has_ended_the_callback_has_not(found: InTraining) -> None:
    assert not found.ended_it(0.999)


def test_logs_that_are_not_those_of_the_training_are_no_replay() -> None:
    found = trained(OTHER, OWN, logged=AS_ACC, replay=3)
    fit = found._fit
    assert fit is not None
    forged = fit.model_copy(update={"curves": LOGGED})
    assert InTraining(CALLBACK, found.callback, forged).replay is None


# As when it was tried


@pytest.mark.parametrize(
    ("found", "ignored"),
    [
        (trained(STOPPER), None),
        (trained(OWN, stopped=False), (3, 1.0)),
        (trained(OWN, OTHER), (3, 1.0)),
        (trained(OWN, KERAS, replay=None), (3, 1.0)),
        (trained(OWN, KERAS), None),
        (trained(OWN, KERAS, replay=2), None),
        (trained(STOPPER, logged={"accuracy": (1.0, 0.9875, 1.0)}), (1, 1.0)),
        (trained(OWN, logged={"accuracy": (0.5, 0.9)}, stopped=False), None),
        (trained(OWN, logged=AS_ACC, stopped=False), None),
        (trained(KERAS, stopped=False), None),
        (trained(PassedCallback(names=(CALLBACK,)), stopped=False), None),
    ],
)
def test_epochs_above_the_threshold_with_which_it_went_on_are_found(
    found: InTraining, ignored: tuple[int, float] | None
) -> None:
    assert found.ignored(0.999) == ignored


@pytest.mark.parametrize(
    ("found", "below"),
    [
        (trained(STOPPER), None),
        (trained(STOPPER, logged={"accuracy": (0.5, 0.95)}), (2, 0.95)),
        (trained(OTHER, OWN, logged={"accuracy": (0.5, 0.95)}), None),
        (trained(OWN, logged={"accuracy": (0.5, 0.95)}, stopped=False), None),
        (trained(STOPPER, logged=AS_ACC), None),
    ],
)
def test_an_epoch_up_to_the_threshold_with_which_it_stopped_is_found(
    found: InTraining, below: tuple[int, float] | None
) -> None:
    assert found.stopped_below(0.999) == below


# In one of several trainings


GOES_ON = trained(OWN, stopped=False)
OF_TWO = replace(trained(STOPPER), _others=(GOES_ON,))


def test_where_it_goes_on_in_any_training_that_is_found() -> None:
    assert OF_TWO.ignored(0.999) == (3, 1.0)


def test_where_it_stops_below_in_any_training_that_is_found() -> None:
    low = trained(STOPPER, logged={"accuracy": (0.5, 0.95)})
    found = replace(trained(STOPPER), _others=(low,))
    assert found.stopped_below(0.999) == (2, 0.95)


def test_within_one_training_it_is_judged_by_that_alone() -> None:
    other = Fit(kind="fit", index=7, model="n")
    within = OF_TWO.within(other)
    assert (within.passed, within.ignored(0.999), within.ended_it(0.999)) == ([], None, False)


# In the rubric


Judge = Callable[..., recording.Judged]


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Judge the solution, as if its training had been given other callbacks."""

    def judged(*passed: PassedCallback, **edited: object) -> recording.Judged:
        planned = recording.plan(SOLUTION.notebook(), tmp_path)
        [made] = recording.load(SOLUTION.id, planned)
        [fit] = made.run.evidence.fits.values()
        made.run.evidence.add(fit.model_copy(update={"callbacks": passed, **edited}))
        return recording.judge(planned, [made])

    return judged


def test_the_solution_loses_nothing(judge: Judge) -> None:
    assert judge(STOPPER).lost == frozenset()


@pytest.mark.parametrize(
    ("passed", "found"),
    [
        ([SAME_NAME], f"another class that is called {CALLBACK} was passed to fit"),
        ([KERAS], f"{CALLBACK} was not passed to fit"),
        ([OWN, OTHER], f"{CALLBACK} was passed, and something else stopped after 12 epochs"),
    ],
)
def test_what_another_has_stopped_earns_nothing_for_stopping(
    judge: Judge, passed: list[PassedCallback], found: str
) -> None:
    check = judge(*passed)["stopped_by_callback"]
    assert (check.status, check.actual) == (Status.FAILED, found)


@pytest.mark.parametrize(
    ("passed", "stopped"), [([OWN, OTHER], True), ([OWN], False), ([KERAS, OWN], False)]
)
def test_what_never_stops_in_training_earns_nothing_for_its_trials(
    judge: Judge, passed: list[PassedCallback], *, stopped: bool
) -> None:
    found = judge(*passed, stopped=stopped)
    check = found["stops_above"]
    assert found.lost == {*CALLING, "stopped_by_callback"}
    assert (
        check.actual
        == f"{CALLBACK} stops when it is tried, and in epoch 12 of the training it went on at 1."
    )


def test_what_goes_on_in_training_at_first_does_not_stop_above_the_threshold(
    judge: Judge,
) -> None:
    curves = {"accuracy": (1.0, 1.0), "loss": (0.2, 0.1)}
    found = judge(STOPPER, curves=curves)
    assert found.lost == {"stops_above"}
    assert found["stops_above"].actual.endswith("in the training it went on at 1, epoch 1")


def test_what_stops_a_training_early_does_not_go_on_below_the_threshold(judge: Judge) -> None:
    curves = {"accuracy": (0.5, 0.9875), "loss": (0.7, 0.1)}
    check = judge(STOPPER, curves=curves)["goes_on_below"]
    assert check.status is Status.FAILED
    assert check.actual.endswith("it stopped the training at 0.9875, epoch 2")


@pytest.mark.parametrize("passed", [[SAME_NAME], [KERAS], [OTHER]])
def test_what_the_training_was_not_given_keeps_what_its_trials_earn(
    judge: Judge, passed: list[PassedCallback]
) -> None:
    assert judge(*passed).lost <= {"stopped_by_callback"}


@pytest.mark.parametrize(
    ("check", "trial"),
    [
        ("stops_above", Trial(logs={"accuracy": 1.0}, stopped=True, at_first=False)),
        ("stops_above", Trial(logs={"accuracy": 1.0}, stopped=False, at_first=True)),
        ("goes_on_below", Trial(logs={"accuracy": 0.5}, stopped=False, at_first=True)),
        ("goes_on_below", Trial(logs={"accuracy": 0.5}, stopped=True, at_first=False)),
        ("lives_without_accuracy", Trial(logs=None, stopped=False, at_first=True)),
    ],
)
def test_what_is_wrong_before_a_training_or_after_it_is_wrong(check: str, trial: Trial) -> None:
    right = [Trial(logs={"accuracy": 0.9995}, stopped=True, at_first=True)]
    found = trained(trials=[*right, trial])
    given = {"callback": found.callback, "in_training": found}
    declared = next(each for each in happy_or_sad.checks if each.id == check)
    assert not declared.function(*(given[need.name] for need in declared.needs)).met
