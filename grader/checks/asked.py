"""What ``fit`` was asked for, and how far its curves are apart, where the grader trained."""

from collections.abc import Sequence

from grader.checks.declaration import Absent, Expectation, ProbeFault, expect
from grader.checks.trusted import Training

_CURVES = "The notebook trained by itself, so that nobody knows its curves."
_VALIDATED = "The notebook trained by itself, so that nobody knows what it validated."


def require_made(training: Training, unknown: str) -> None:
    """Make sure that the grader made a training.

    Args:
        training: Which.
        unknown: What nobody knows of it otherwise.

    Raises:
        Absent: It was on pictures of another part, and counts for nothing.
        ProbeFault: The notebook trained by itself.
    """
    if training.on_other_samples:
        raise Absent(training.part, f"{training.part} trains on other pictures.")
    if not training.by_grader:
        raise ProbeFault(unknown)


def at_most_epochs(training: Training, most: int) -> Expectation:
    """No more epochs were asked for.

    Args:
        training: The graded one.
        most: How many epochs are allowed.
    """
    asked = training.epochs_asked
    met = asked is not None and asked <= most
    return expect(met, f"at most {most} epochs", f"{asked} epochs")


def whole_epochs(training: Training, size: int, *counts: int) -> Expectation:
    """An epoch has all batches: their number was left to Keras, or counted rightly.

    Args:
        training: The graded one.
        size: How many images come at a time.
        counts: How many images there are. Where a grading profile takes fewer than the notebook
            has, where a student may have counted, both.
    """
    right, asked = {-(-count // size) for count in counts}, training.steps_asked
    wanted = f"{max(right)} batches an epoch, or as many as there are"
    return expect(asked in {None, *right}, wanted, f"{asked or 'all'} batches an epoch")


def validates_in(training: Training, folder: str) -> Expectation:
    """It validates with the class folders that are there for it.

    Args:
        training: The graded one.
        folder: Where these are, as a notebook writes it.

    Raises:
        Absent: It was on pictures of another part, and counts for nothing.
        ProbeFault: The notebook trained by itself.
    """
    require_made(training, _VALIDATED)
    found = training.validates_in
    said = "validates with nothing" if found is None else f"validates with {found or 'others'}"
    return expect(found == folder, f"validates with {folder}", said)


def last_gap(training: Training) -> float:
    """Return by how much the accuracy in training was above that in validation at last.

    Args:
        training: The graded one.

    Raises:
        Absent: No accuracy was logged of one of them, or it was on other pictures.
        ProbeFault: The notebook trained by itself.
    """
    own, validated = _logged(training)
    return own[-1] - validated[-1]


def mean_gap(training: Training, last: int) -> float:
    """Return the same in the mean over its last epochs; what is raised is that of ``last_gap``.

    Args:
        training: The graded one.
        last: Over how many epochs.
    """
    own, validated = (series[-last:] for series in _logged(training))
    return sum(own) / len(own) - sum(validated) / len(validated)


def _logged(training: Training) -> tuple[Sequence[float], Sequence[float]]:
    """Return the accuracy that each epoch logged, in training and in validation."""
    require_made(training, _CURVES)
    curves = training.curves
    name = next((each for each in curves if f"val_{each}" in curves and each != "loss"), "")
    if not name:
        said = f"{training.part} logged no accuracy in training and in validation."
        raise Absent(training.part, said)
    own, validated = ([one or 0.0 for one in curves[key]] for key in (name, f"val_{name}"))
    return own, validated
