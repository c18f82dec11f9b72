"""Expectations on callbacks that stop training at an accuracy."""

from grader.checks.declaration import Absent, Expectation, ProbeFault, met, missed
from grader.checks.observed import Observation
from grader.checks.trusted import Observed, run_of
from grader.kinds.callback.evidence import Callback, Trial
from grader.kinds.callback.part import StoppingCallback
from grader.kinds.callback.view.agreement import InTraining, in_training

DECIMALS = 5
ALIKE = "What does the callback look at besides the accuracy in the logs?"
IGNORED = "{} stops when it is tried, and in epoch {} of the training it went on at {:g}."
# It is tried in the first epoch only, with logs that hold an accuracy of that name.
NEVER = "{} does not stop the training after a first epoch with an accuracy of 1."


def working(seen: Observed, part: StoppingCallback) -> Callback:
    """Return how a callback behaved, once it is known to stop training at all.

    Args:
        seen: The run.
        part: What the author asked for.

    Raises:
        Absent: It never stops, so that nothing else can be said of it.
        ProbeFault: It raised for what may be the grader's doing.
    """
    run = run_of(seen)
    name, callback = part.name, Callback.model_validate(run.record(part))
    _require_fair_trials(run, callback)
    if any(trial.stopped or trial.at_first for trial in callback.trials):
        _require_the_same(in_training(seen, name), part.threshold)
        return callback
    if (other := part.instead(callback)) is not None:
        raise Absent(name, *other)
    errors = [trial.error for trial in callback.trials if trial.error]
    if errors:
        raise run.raised(name, errors[0])
    raise Absent(name, NEVER.format(name))


def _require_the_same(training: InTraining, threshold: float) -> None:
    """Raise Absent where it stops when it is tried, and never did in training."""
    ignored = training.ignored(threshold)
    if ignored is not None and not training.asked:
        raise Absent(training.name, IGNORED.format(training.name, *ignored), ALIKE)


def _require_fair_trials(seen: Observation, callback: Callback) -> None:
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


def stops_above(callback: Callback, in_training: InTraining, threshold: float) -> Expectation:
    """Every accuracy above the threshold stops the training."""
    expected = f"stops above {threshold}"
    above = [trial for trial in _with_accuracy(callback) if _accuracy(trial) > threshold]
    wrong = [_accuracy(trial) for trial in above if not trial.stopped or trial.at_first is False]
    if wrong:
        return missed(expected, f"goes on at {_list(wrong, 'above', threshold)}")
    if (ignored := in_training.ignored(threshold)) is not None:
        epoch, rate = ignored
        found = f"when tried, it stops there; in the training it went on at {rate:g}, epoch {epoch}"
        return missed(expected, found, ALIKE)
    return met(expected, expected)


def goes_on_below(callback: Callback, in_training: InTraining, threshold: float) -> Expectation:
    """No accuracy at or below the threshold stops the training."""
    expected = f"goes on at {threshold} and below"
    below = [trial for trial in _with_accuracy(callback) if _accuracy(trial) <= threshold]
    wrong = [_accuracy(trial) for trial in below if trial.stopped or trial.at_first]
    if wrong:
        return missed(expected, f"stops at {_list(wrong, 'below', threshold)}")
    if (stopped := in_training.stopped_below(threshold)) is not None:
        epoch, rate = stopped
        found = f"when tried, it goes on there; it stopped the training at {rate:g}, epoch {epoch}"
        return missed(expected, found, ALIKE)
    return met(expected, f"goes on up to {threshold}")


def lives_without(callback: Callback) -> Expectation:
    """Logs that lack the accuracy neither raise nor stop the training."""
    for trial in callback.trials:
        if trial.logs is None or "accuracy" not in trial.logs:
            if trial.error is not None:
                found = f"{trial.error.name}: {trial.error.message}"
                return missed("nothing happens", found)
            if trial.stopped or trial.at_first:
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
