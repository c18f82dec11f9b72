"""What a student says that a model comes to on test data, beside what the grader measured.

``evaluate`` runs in the notebook's own kernel, and a variable may be given any numbers: so they
earn something only where they are those that the grader has measured itself.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from grader.checks.declaration import Absent, Expectation, ProbeFault, met, missed
from grader.checks.trusted import Training
from grader.kinds.value.view import ValueView
from grader.values.wording import kind_of

# The grader computes in another order, which may change few samples and the last digits of a loss.
_SHARE, _LOSS = 0.01, 0.02
_MOST_DIGITS = 4
_HUGE = 2.0**63
_UNMEASURED = (
    "the grader has not measured what the model comes to on the test data, so that a person must "
    "look at {}"
)


def agrees(value: ValueView, training: Training) -> Expectation:
    """A value is what ``evaluate`` returns on all test data: loss and metrics, as compiled.

    A list, a tuple or an array of them will do, or a dictionary by their names; or the loss alone
    where nothing else was compiled. They may be off by 0.01, or by 2 % of a greater number.

    Args:
        value: What the student wrote down.
        training: The graded one, which has a goal of test data.

    Raises:
        Absent: The model was trained on other samples than it was to be.
        ProbeFault: The grader has not measured it, so that a person must look.
    """
    measured = training.evaluated
    if not measured and training.on_other_samples:
        told = f"{training.part} trains on other samples ({training.on_other_samples})."
        raise Absent(training.part, told)
    if not measured:
        raise ProbeFault(_UNMEASURED.format(value.name))
    names = ["loss", *(name for name in training.metrics if name in measured)]
    form = _listed(names)
    given = _by_name(value.value, names)
    if given is None:
        return missed(form, f"{value.name} is {kind_of(value.value)}")
    wrong = [name for name in names if not _alike(given[name], measured[name], name)]
    if wrong:
        return missed(form, _told(value.name, wrong[-1], given, measured))
    found = ", ".join(f"{name} {_short(given[name])}" for name in names)
    return met(form, f"{found}, as the grader measured it")


def _listed(names: Sequence[str]) -> str:
    *first, last = names
    listed = f"{', '.join(first)} and {last}" if first else last
    return f"the {listed} of the model on all test data"


def _by_name(value: object, names: Sequence[str]) -> Mapping[str, float] | None:
    """Return the numbers of a value by name; None where they are not as many, or are none."""
    if isinstance(value, Mapping):
        numbers = [value.get(name) for name in names]
    elif isinstance(value, list | tuple | np.ndarray):
        numbers = [*value]
    else:
        numbers = [value]
    plain = [number for each in numbers if (number := _number(each)) is not None]
    same = len(names) == len(numbers) == len(plain)
    return dict(zip(names, plain, strict=True)) if same else None


def _number(value: object) -> float | None:
    """Return a number as a float; None of what is none, or a whole one beyond all floats."""
    plain = value.item() if isinstance(value, np.generic) else value
    if isinstance(plain, bool) or not isinstance(plain, int | float):
        return None
    return float(plain) if abs(plain) < _HUGE or plain != plain else None  # noqa: PLR0124 - NaN


def _alike(given: float, measured: float, name: str) -> bool:
    off = _LOSS * abs(measured) if name == "loss" else 0.0
    return abs(given - measured) <= max(_SHARE, off)


def _told(name: str, which: str, given: Mapping[str, float], measured: Mapping[str, float]) -> str:
    place = f"[{[*given].index(which)}]" if len(given) > 1 else ""
    return (
        f"{name}{place} is {_short(given[which])}; the model has the {which} "
        f"{_short(measured[which])} on the test data"
    )


def _short(number: float) -> str:
    return f"{number:.{_MOST_DIGITS}g}"
