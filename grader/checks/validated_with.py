"""Says what is to be known of the samples that ``fit`` validates with: they earn and cost nothing.

For a goal on validation data, the grader measures all samples of a split. What ``fit`` logs may say
something else, and this is why.
"""

import math
from collections.abc import Iterator, Mapping, Sequence

from grader.checks.training import GradedTraining
from grader.evidence import ValidationSamples
from grader.goals import Goal
from grader.records import Issue, Severity
from grader.shares import percent

CODE = "validation-data"
# Half the width of an interval that holds 95 % of what is measured of so many samples, by the
# normal approximation of the binomial distribution, and how wide it may be before it is told.
_DEVIATIONS, _WIDE = 1.96, 0.1
_FEW = "Validate with more of them: the fewer there are, the more chance decides."
_SHARED = (
    "Train on other samples than fit validates with: only samples that a network has not seen tell "
    "whether it knows more than those."
)
_ORDERED = (
    "validation_split holds back the last samples, as they come. Before fit, bring samples and "
    "labels into the same mixed order."
)
_UNTRAINED = "A network learns the classes that it is shown: train on samples of all of them."


def issues(
    trainings: Mapping[str, GradedTraining], goals: Mapping[str, Sequence[Goal]]
) -> Iterator[Issue]:
    """Say what of the validation of trainings makes their logs tell little.

    Args:
        trainings: The graded ones, by the graded name of the function that trains.
        goals: What each of them must come to: without one on validation data, nothing is said.
    """
    for name, training in trainings.items():
        trained = training.fit.trained
        samples = trained.validated_with if trained else None
        bounds = [goal.bound for goal in goals.get(name, ()) if goal.of_validation]
        for what, fix in _said(samples, bounds) if samples and bounds else ():
            yield Issue(CODE, f"{training.part} {what}.", fix, severity=Severity.INFO)


def _said(samples: ValidationSamples, bounds: Sequence[float]) -> Iterator[tuple[str, str]]:
    if any(is_few(samples, bound) for bound in bounds):
        yield _few(samples)
    if samples.shared:
        yield _shared(samples)
    if samples.untrained:
        yield _untrained(samples)


def is_few(samples: ValidationSamples, bound: float) -> bool:
    """Whether an accuracy of so many samples is too uncertain to tell that it keeps a bound.

    Args:
        samples: What is validated with; all that there are of a split are never few.
        bound: An accuracy from 0 to 1: 95 % of what is measured of it must be within 10 percentage
            points. So 35 samples are enough for 90 %, and 97 for any.
    """
    if samples.samples >= samples.there:
        return False
    deviation = math.sqrt(bound * (1 - bound) / max(samples.samples, 1))
    return _DEVIATIONS * deviation > _WIDE


def _few(samples: ValidationSamples) -> tuple[str, str]:
    which = f"{samples.samples} of {samples.there} samples of {samples.split}"
    one = percent(1 / max(samples.samples, 1))
    return f"validates with {which}, of which each makes up {one} of val_accuracy", _FEW


def _shared(samples: ValidationSamples) -> tuple[str, str]:
    which = f"{samples.samples} samples of {samples.split}"
    shared = "all" if samples.shared == samples.samples else str(samples.shared)
    return f"validates with {which}, and trains on {shared} of them as well", _SHARED


def _untrained(samples: ValidationSamples) -> tuple[str, str]:
    labels = _or(samples.untrained)
    if samples.held_back:
        return f"trains on no sample with the label {labels}: all are held back", _ORDERED
    return f"trains on no sample with the label {labels}", _UNTRAINED


def _or(labels: Sequence[int]) -> str:
    *first, last = map(str, labels)
    return f"{', '.join(first)} or {last}" if first else last
