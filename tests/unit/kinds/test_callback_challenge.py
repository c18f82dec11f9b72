"""What callbacks are tried with, and answers to something else."""

import secrets
from collections.abc import Callable, Sequence

import looking
import pytest
from happy_or_sad.submission import CALLBACK

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.evidence import Evidence, Raised
from grader.kinds.callback import view as callbacks
from grader.kinds.callback.challenge import CallbackChallenge, Logs
from grader.kinds.callback.evidence import Callback, Trial
from grader.kinds.callback.part import StoppingCallback
from grader.kinds.callback.view.agreement import InTraining
from grader.kinds.kind import PartError

UNTRAINED = InTraining(CALLBACK)
[PART] = [each for each in happy_or_sad.parts if isinstance(each, StoppingCallback)]
THRESHOLD = PART.threshold


def challenge() -> CallbackChallenge:
    return CallbackChallenge(PART, secrets.token_bytes(32))


def accuracies(logs: Sequence[Logs]) -> list[float]:
    return [each["accuracy"] for each in logs if each and "accuracy" in each]


def heard(change: Callable[[list[Logs]], list[Logs]], threshold: float = THRESHOLD) -> Evidence:
    """Have answers compared that are as those of a callback with a threshold."""
    stage, made = looking.Stage({}), looking.challenges(PART, random=secrets.token_bytes(32))
    [asked] = looking.requests(made)
    trials = asked["trials"]
    assert isinstance(trials, list)
    told = [
        {"logs": each, "stopped": (each or {}).get("accuracy", 0) > threshold}
        for each in change(trials)
    ]
    stage.send("callback", name=CALLBACK, is_callback=True, trials=told)
    return looking.compared(stage, made)


def answers(threshold: float = THRESHOLD) -> Callback:
    evidence = heard(list, threshold)
    assert not evidence.tampered
    return Callback.model_validate(evidence.parts["callback", CALLBACK])


def test_every_fixed_accuracy_is_tried() -> None:
    assert set(PART.accuracies) <= set(accuracies(challenge().trials))


def test_logs_without_an_accuracy_are_tried() -> None:
    without = [each for each in challenge().trials if not each or "accuracy" not in each]
    assert sorted(without, key=repr) == [None, {"loss": 0.25}, {}]


@pytest.mark.parametrize("above", [False, True])
def test_accuracies_are_drawn_on_both_sides_of_the_threshold(above: bool) -> None:  # noqa: FBT001
    drawn = set(accuracies(challenge().trials)) - set(PART.accuracies)
    assert len({rate for rate in drawn if (rate > THRESHOLD) is above}) >= 2


def test_no_two_runs_are_tried_with_the_same() -> None:
    assert sorted(accuracies(challenge().trials)) != sorted(accuracies(challenge().trials))


def test_no_two_runs_are_tried_in_the_same_order() -> None:
    orders = {
        tuple(rate for rate in accuracies(challenge().trials) if rate in PART.accuracies)
        for _ in range(5)
    }
    assert len(orders) > 1


def test_nothing_is_drawn_between_the_threshold_and_what_is_next_to_it() -> None:
    for _ in range(100):
        rates = accuracies(challenge().trials)
        assert not any(THRESHOLD < rate < 0.99901 for rate in rates)


@pytest.mark.parametrize("threshold", [0.9, 0.99, 0.999, 0.9994, 1.0])
def test_what_is_said_of_a_callback_does_not_depend_on_chance(threshold: float) -> None:
    said = set()
    for _ in range(20):
        found = answers(threshold)
        said.add(
            (
                callbacks.stops_above(found, UNTRAINED, THRESHOLD).actual,
                callbacks.goes_on_below(found, UNTRAINED, THRESHOLD).actual,
            )
        )
    assert len(said) == 1


def test_the_first_answer_is_the_same_in_every_run() -> None:
    for _ in range(20):
        assert answers().trials[0].logs == {"accuracy": 0.0, "loss": 0.25}


def test_the_last_answer_is_to_no_logs_at_all() -> None:
    for _ in range(20):
        fixed = [each.logs for each in answers().trials if not accuracies([each.logs])]
        assert fixed == [{"loss": 0.25}, {}, None]


CHANGES: dict[str, Callable[[list[Logs]], list[Logs]]] = {
    "one is missing": lambda logs: logs[1:],
    "one is all": lambda _: [{"accuracy": 1.0}],
    "another run's": lambda _: challenge().trials,
    "in another order": lambda logs: logs[::-1],
    "one is twice": lambda logs: [*logs, logs[0]],
}


@pytest.mark.parametrize("change", CHANGES)
def test_answers_to_something_else_are_not_believed(change: str) -> None:
    evidence = heard(CHANGES[change])
    assert (dict(evidence.parts), [*evidence.tampered]) == ({}, [CALLBACK])


def test_without_answers_nothing_is_said() -> None:
    evidence = looking.compared(looking.Stage({}), looking.challenges(PART))
    assert not evidence.tampered


def test_accuracies_that_were_drawn_are_not_shown() -> None:
    trials = (Trial(logs={"accuracy": 0.7123456789}, stopped=True),)
    found = Callback(kind="callback", name=CALLBACK, is_callback=True, trials=trials)
    assert (
        callbacks.goes_on_below(found, UNTRAINED, 0.999).actual
        == "stops at some accuracies below 0.999"
    )


def test_what_raised_is_kept_with_its_answer() -> None:
    raised = Raised(name="KeyError", message="'accuracy'")
    trial = Trial(logs={}, stopped=False, error=raised)
    found = Callback(kind="callback", name=CALLBACK, is_callback=True, trials=(trial,))
    assert callbacks.lives_without(found).actual == "KeyError: 'accuracy'"


@pytest.mark.parametrize("rates", [(), (0.5,), (0.5, 0.9), (0.95, 1.0)])
def test_a_callback_is_tried_on_both_sides_of_its_threshold(rates: tuple[float, ...]) -> None:
    with pytest.raises(PartError, match=r"accuracies lie on both sides of the threshold 0\.9"):
        StoppingCallback("Stop", threshold=0.9, accuracies=rates)
