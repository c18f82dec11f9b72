"""What callbacks are tried with, and answers to something else."""

from collections.abc import Sequence

import pytest

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.checks import callbacks
from grader.checks.agreement import InTraining
from grader.evidence import Callback, Evidence, Raised, Trial
from grader.kernel.trials import Logs, Trials
from grader.records import ProbeRequest

NAME = "myCallback"
UNTRAINED = InTraining(NAME)
PROBES = {n: each for n, each in happy_or_sad.requests.items() if isinstance(each, ProbeRequest)}
THRESHOLD = PROBES[NAME].threshold


def accuracies(logs: Sequence[Logs]) -> list[float]:
    return [each["accuracy"] for each in logs if each and "accuracy" in each]


def answers(
    logs: Sequence[Logs], threshold: float = THRESHOLD, error: Raised | None = None
) -> Evidence:
    """Answer as a callback with a threshold does."""
    trials = [
        Trial(logs=each, stopped=(each or {}).get("accuracy", 0) > threshold, error=error)
        for each in logs
    ]
    evidence = Evidence()
    evidence.add(Callback(kind="callback", name=NAME, is_callback=True, trials=tuple(trials)))
    return evidence


def test_every_fixed_accuracy_is_tried() -> None:
    assert set(PROBES[NAME].accuracies) <= set(accuracies(Trials(PROBES).of(NAME)))


def test_logs_without_an_accuracy_are_tried() -> None:
    without = [each for each in Trials(PROBES).of(NAME) if not each or "accuracy" not in each]
    assert sorted(without, key=repr) == [None, {"loss": 0.25}, {}]


@pytest.mark.parametrize("above", [False, True])
def test_accuracies_are_drawn_on_both_sides_of_the_threshold(above: bool) -> None:  # noqa: FBT001
    drawn = set(accuracies(Trials(PROBES).of(NAME))) - set(PROBES[NAME].accuracies)
    assert len({rate for rate in drawn if (rate > THRESHOLD) is above}) >= 2


def test_no_two_runs_are_tried_with_the_same() -> None:
    assert sorted(accuracies(Trials(PROBES).of(NAME))) != sorted(
        accuracies(Trials(PROBES).of(NAME))
    )


def test_nothing_is_drawn_between_the_threshold_and_what_is_next_to_it() -> None:
    for _ in range(100):
        rates = accuracies(Trials(PROBES).of(NAME))
        assert not any(THRESHOLD < rate < 0.99901 for rate in rates)


def test_what_is_no_callback_is_not_tried() -> None:
    assert Trials({"load": ProbeRequest("loader", "load")}).of("load") == []


def test_answers_to_what_was_sent_are_believed() -> None:
    trials = Trials(PROBES)
    evidence = answers(trials.of(NAME))
    trials.compare(evidence)
    assert NAME in evidence.callbacks
    assert not evidence.tampered


@pytest.mark.parametrize("threshold", [0.9, 0.99, 0.999, 0.9994, 1.0])
def test_what_is_said_of_a_callback_does_not_depend_on_chance(threshold: float) -> None:
    said = set()
    for _ in range(20):
        trials = Trials(PROBES)
        evidence = answers(trials.of(NAME), threshold)
        trials.compare(evidence)
        found = evidence.callbacks[NAME]
        said.add(
            (
                callbacks.stops_above(found, UNTRAINED, THRESHOLD).actual,
                callbacks.goes_on_below(found, UNTRAINED, THRESHOLD).actual,
            )
        )
    assert len(said) == 1


def test_the_first_answer_is_the_same_in_every_run() -> None:
    for _ in range(20):
        trials = Trials(PROBES)
        evidence = answers(trials.of(NAME))
        trials.compare(evidence)
        assert evidence.callbacks[NAME].trials[0].logs == {"accuracy": 0.0, "loss": 0.25}


def test_the_last_answer_is_to_no_logs_at_all() -> None:
    for _ in range(20):
        trials = Trials(PROBES)
        evidence = answers(trials.of(NAME))
        trials.compare(evidence)
        fixed = [
            each.logs for each in evidence.callbacks[NAME].trials if not accuracies([each.logs])
        ]
        assert fixed == [{"loss": 0.25}, {}, None]


@pytest.mark.parametrize("change", [lambda logs: logs[1:], lambda _: [{"accuracy": 1.0}], list])
def test_answers_to_something_else_are_not_believed(change: object) -> None:
    assert callable(change)
    trials, other = Trials(PROBES), Trials(PROBES)
    evidence = answers(change(other.of(NAME)))
    trials.compare(evidence)
    assert NAME not in evidence.callbacks
    assert NAME in evidence.tampered


def test_without_answers_nothing_is_said() -> None:
    evidence = Evidence()
    Trials(PROBES).compare(evidence)
    assert not evidence.tampered


def test_accuracies_that_were_drawn_are_not_shown() -> None:
    trials = (Trial(logs={"accuracy": 0.7123456789}, stopped=True),)
    found = Callback(kind="callback", name=NAME, is_callback=True, trials=trials)
    assert (
        callbacks.goes_on_below(found, UNTRAINED, 0.999).actual
        == "stops at some accuracies below 0.999"
    )
