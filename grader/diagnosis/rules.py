"""Which diagnosis a training gets: a cause that is certain first, then what explains its curves."""

from grader.diagnosis import causes, symptoms
from grader.diagnosis.records import Curves, Diagnosis, Symptom, TrainingSettings
from grader.shares import percent

_RATE, _SCALE = "the learning rate", "how the pixel values are scaled"


def diagnose(
    settings: TrainingSettings, curves: Curves, least: float, *, on_validation: bool = False
) -> Diagnosis | None:
    """Say why a training missed an accuracy; None if it did not, or where nothing is sure.

    What is seen in the curves is said only together with a setting that explains it, so that a
    right training that was unlucky gets no diagnosis.

    Args:
        settings: Of the training.
        curves: Of its epochs.
        least: The accuracy that it is to reach, 0 to 1.
        on_validation: Whether it is to be reached on validation data.
    """
    came_to = curves.validation if on_validation else curves.accuracy
    if not curves.epochs or any(each is not None and each >= least for each in came_to):
        return None
    certain = causes.unsuited(settings) or causes.unmoved(settings)
    if certain is not None:
        return certain
    epoch = symptoms.first_not_a_number(curves)
    if epoch is not None:
        seen = f"The loss of epoch {epoch} is no finite number"
        return _too_much(Symptom.NOT_A_NUMBER, seen, settings)
    explained = _explained(settings, curves) if causes.suited(settings) else None
    overfits = _overfitting(curves) if on_validation else None
    return explained or overfits or _ended_early(settings, curves)


def _explained(settings: TrainingSettings, curves: Curves) -> Diagnosis | None:
    """Return what is seen in finite curves, if a setting explains it."""
    if symptoms.creeps(curves) and causes.low_rate(settings):
        first, last = curves.loss[0], curves.loss[-1]
        seen = f"The loss goes only from {first:.3g} to {last:.3g} in {_epochs(curves)}"
        return Diagnosis(Symptom.SLOW, f"{seen}, {causes.of_rate(settings)}", _RATE)
    epoch = symptoms.falls_back(curves, settings)
    if epoch is None:
        return _guessing(settings) if symptoms.guesses(curves, settings) else None
    seen = f"The accuracy does not settle, and falls to {percent(curves.accuracy[epoch - 1] or 0)}"
    return _too_much(Symptom.UNSTABLE, f"{seen} in epoch {epoch}", settings)


def _guessing(settings: TrainingSettings) -> Diagnosis | None:
    seen = f"The accuracy stays near that of guessing, {percent(1 / settings.classes)}"
    if settings.constant_kernels:
        seen += f", with kernels whose numbers all begin alike ({settings.constant_kernels})"
        return Diagnosis(Symptom.GUESSING, seen, "the initializers")
    if causes.small_values(settings):
        return Diagnosis(Symptom.GUESSING, f"{seen}, {causes.of_values(settings)}", _SCALE)
    return _too_much(Symptom.GUESSING, seen, settings)


def _too_much(kind: Symptom, seen: str, settings: TrainingSettings) -> Diagnosis | None:
    """Return what was seen, if the learning rate is high or the images' values are large."""
    if causes.high_rate(settings):
        return Diagnosis(kind, f"{seen}, {causes.of_rate(settings)}", _RATE)
    if causes.large_values(settings):
        return Diagnosis(kind, f"{seen}, {causes.of_values(settings)}", _SCALE)
    return None


def _overfitting(curves: Curves) -> Diagnosis | None:
    if not symptoms.learnt_by_heart(curves):
        return None
    trained = max(each or 0.0 for each in curves.accuracy)
    validated = max(each or 0.0 for each in curves.validation)
    seen = (
        f"The model overfits, with {percent(trained)} accuracy in training and at best "
        f"{percent(validated)} on the validation images"
    )
    return Diagnosis(Symptom.OVERFITTING, seen, "augmentation, dropout and the size of the network")


def _ended_early(settings: TrainingSettings, curves: Curves) -> Diagnosis | None:
    """Return that it had too few epochs, unless more of them would have been no better."""
    epochs, last = _epochs(curves), curves.in_time
    if symptoms.guesses(curves, settings):
        return None
    if curves.stopped and (last is None or curves.epochs < last):
        seen = f"A callback ended the training after {epochs}, before the target was reached"
        return Diagnosis(Symptom.ENDED_EARLY, seen, "the callback that stops it")
    if last is not None and curves.asked == curves.epochs < last:
        seen = f"The training was over after {epochs}, of {last} that would be in time"
        return Diagnosis(Symptom.ENDED_EARLY, seen, "how many epochs fit is asked for")
    return None


def _epochs(curves: Curves) -> str:
    return f"{curves.epochs} epoch{'' if curves.epochs == 1 else 's'}"
