"""Expectations on callbacks that stop training at an accuracy."""

from grader.checks.declaration import Absent, Expectation, ProbeFault, expect, met, missed
from grader.checks.observed import Observed
from grader.checks.returned import other_than_callback
from grader.evidence import Callback, Trial

DECIMALS = 5


def working(seen: Observed, name: str) -> Callback:
    """Return how a callback behaved, once it is known to stop training at all.

    Raises:
        Absent: It never stops, so that nothing else can be said of it.
        ProbeFault: It raised for what may be the grader's doing.
    """
    callback = seen.callback(name)
    _require_fair_trials(seen, callback)
    if any(trial.stopped for trial in callback.trials):
        return callback
    if (other := other_than_callback(name, callback)) is not None:
        raise other
    errors = [trial.error for trial in callback.trials if trial.error]
    if errors:
        raise seen.raised(name, errors[0])
    raise Absent(name, f"{name} never stops the training, whatever the accuracy.")


def _require_fair_trials(seen: Observed, callback: Callback) -> None:
    """Raise ProbeFault where what stood in for the student's own things may be what it minded."""
    fits = seen.evidence.fits.values()
    if any(fit.error is not None and fit.error.cell == callback.name for fit in fits):
        return  # it raised in training as well
    for trial in callback.trials:
        if trial.stand_in and trial.error is not None:
            raise ProbeFault(
                f"{callback.name} raised {trial.error.name}: {trial.error.message} - but it was "
                "tried with another model than yours, or in another folder, which may be why"
            )


def stops_above(callback: Callback, threshold: float) -> Expectation:
    """Every accuracy above the threshold stops the training."""
    missed = [trial for trial in _with_accuracy(callback) if _accuracy(trial) > threshold]
    wrong = [_accuracy(trial) for trial in missed if not trial.stopped]
    found = (
        f"goes on at {_list(wrong, 'above', threshold)}" if wrong else f"stops above {threshold}"
    )
    return expect(not wrong, f"stops above {threshold}", found)


def goes_on_below(callback: Callback, threshold: float) -> Expectation:
    """No accuracy at or below the threshold stops the training."""
    below = [trial for trial in _with_accuracy(callback) if _accuracy(trial) <= threshold]
    wrong = [_accuracy(trial) for trial in below if trial.stopped]
    found = (
        f"stops at {_list(wrong, 'below', threshold)}" if wrong else f"goes on up to {threshold}"
    )
    return expect(not wrong, f"goes on at {threshold} and below", found)


def lives_without(callback: Callback) -> Expectation:
    """Logs that lack the accuracy neither raise nor stop the training."""
    for trial in callback.trials:
        if trial.logs is None or "accuracy" not in trial.logs:
            if trial.error is not None:
                found = f"{trial.error.name}: {trial.error.message}"
                return missed("nothing happens", found)
            if trial.stopped:
                return missed("nothing happens", "the training stops")
    return met("nothing happens", "nothing happens")


def _with_accuracy(callback: Callback) -> list[Trial]:
    return [trial for trial in callback.trials if trial.logs and "accuracy" in trial.logs]


def _accuracy(trial: Trial) -> float:
    return (trial.logs or {})["accuracy"]


def _list(values: list[float], side: str, threshold: float) -> str:
    """List the values that are the same in every run; those drawn by chance have more decimals."""
    fixed = [f"{value:g}" for value in values if round(value, DECIMALS) == value]
    return ", ".join(fixed) or f"some accuracies {side} {threshold}"
