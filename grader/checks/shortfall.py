"""What stands between a training and its target, and what to look at: for that cause alone."""

from grader.checks import held_out
from grader.checks.diagnosing import diagnosis
from grader.checks.goal_result import GoalResult
from grader.checks.logged import logged
from grader.checks.together import of_several
from grader.checks.training import GradedTraining
from grader.diagnosis import Diagnosis
from grader.goals import Quantity, words
from grader.goals.sense import ACCURACY
from grader.shares import percent

WHOLE = "All images of both class folders are to be learnt, as they lie there."
OWN = "fit is given the samples to train on, and their labels: which of the arrays are those?"
BY_TRAINING = "A network begins with random weights; the training is to make it know the images."
STEPS = "Without steps_per_epoch an epoch shows every image once."
SPLIT = "validation_split holds images back, and subset chooses a part; without them all are shown."
USUAL = (
    "What a network knows before its training is no result of it. Where no initialiser is given, "
    "Keras begins with random weights; all layers are to be trained, at a rate such as 0.001."
)
GIVEN = (
    "An epoch shows the samples that fit is given, but for those that validation_split holds back: "
    "are these all of the split?"
)
LOADED = "An epoch shows the images that the loader finds: does it find all of them?"
METRIC = "compile takes the metrics that are logged: is an accuracy among them?"
METRICS = "compile takes the metrics that are logged: is {} among them?"
VALIDATION = "fit logs what validation_data gives it to validate with: is there any?"
STEADY = (
    "The log of an epoch is a mean over its batches, while the weights move on. A smaller learning "
    "rate keeps them closer to it."
)
TELLING_OF_GIVEN = (
    "The log tells of all samples only if an epoch shows them all, in mixed order, and the metric "
    "suits the output."
)
TELLING = (
    "The log tells of all images only if an epoch shows them all, the loader mixes them, and the "
    "metric suits the output."
)
STOPPED = "A callback ended the training before the target was reached. Which one, and why?"
ENDED = "The training was over soon. How many epochs is fit asked for?"


def shortfall(result: GoalResult) -> str:
    """Say what stands between a training and its goal; empty if it was reached.

    Args:
        result: Of a training made by the grader, or in the notebook.
    """
    if result.reached_at is not None or (result.values is None and not result.elsewhere):
        return ""
    if result.held_out:
        return _void(result) or _held_out(result)
    return _void(result) or (_measured(result) if result.goal.measured else _logged(result))


def _void(result: GoalResult) -> str:
    """Say why nothing that was logged or measured counts; empty where it does."""
    if result.elsewhere:
        reason = result.training.fit.reason
        return reason or "it was trained on other images than those of the dataset"
    if result.training.fit.examined is not None and result.deceptive:
        return "the log says so, and the grader could not confirm it"
    if result.untaught:
        return _untaught(result)
    return _unlearnt(result.training) if result.unlearnt else ""


def _measured(result: GoalResult) -> str:
    training = result.training
    shown = [f"each epoch saw {training.seen} of {training.images} images"]
    return "; ".join([*(shown if training.shows_few else ()), _accuracy(result)])


def _held_out(result: GoalResult) -> str:
    """Say what the grader measured on other data, and what the log says if it says more."""
    training, goal = result.training, result.goal
    came = "no number" if result.best is None else words.number(goal, result.best)
    found = f"{_best(result, came)}, where the grader measured {held_out.images_of(goal)}"
    claimed = result.best_of(logged(training, goal) or ())
    more = claimed is not None and goal.met_by(claimed)
    said = f"{words.number(goal, claimed or 0.0)} in the log, but " if more else ""
    return f"{said}{found}{held_out.alike_in(training, goal)}"


def _logged(result: GoalResult) -> str:
    """Say what was logged of a number that the grader does not measure itself."""
    goal = result.goal
    if result.best is None:
        return f"no {words.name(_missing(result) or goal.quantity)} was logged"
    return _best(result, words.number(goal, result.best))


def _missing(result: GoalResult) -> Quantity | None:
    """Return the number of a goal that was not logged."""
    asked = filter(None, (result.goal.quantity, result.goal.minus))
    return next((each for each in asked if not result.training.curve(each)), None)


def _accuracy(result: GoalResult) -> str:
    if result.goal.met_by(result.best) and result.best is not None:
        return f"{percent(result.best)} in the log{_against_the_log(result)}"
    own, mean = result.best_measured, result.best_running
    if own is not None and result.goal.met_by(own):
        within = percent(result.mean_where_measured or 0.0)
        return (
            f"{percent(own)} of all images classified correctly after an epoch, but {within} on "
            "average within it"
        )
    if own is not None:
        return f"{_best(result, percent(own))}, where the grader measured all images"
    return "no accuracy was logged" if mean is None else _best(result, percent(mean))


def _best(result: GoalResult, value: str) -> str:
    """Say what a training came to, as in ``at best 90% in 14 epochs``."""
    training = result.training
    count = f"{training.epochs} epoch{'' if training.epochs == 1 else 's'}"
    epochs = f"{count}{of_several(training.trainings)}"
    return f"{value} after {epochs}" if result.goal.final else f"at best {value} in {epochs}"


def _untaught(result: GoalResult) -> str:
    before = held_out.known(result.training, result.goal)[0] or 0.0
    images = held_out.images_of(result.goal) if result.held_out else "all images"
    how_many = images if before >= 1 else f"{percent(before)} of {images}"
    return f"the model classified {how_many} correctly before it was trained"


def _unlearnt(training: GradedTraining) -> str:
    found = training.fit.trained.relearnt if training.fit.trained else None
    return (
        "the same network, trained by the grader on the same images with exchanged labels, "
        f"classified at best {percent(found or 0.0)} of them correctly"
    )


def _against_the_log(result: GoalResult) -> str:
    own, mean, end = result.best_measured, result.best_running, result.training.measured
    if result.goal.met_by(own):
        # Of another epoch than those whose log is spoken of.
        own = result.best_where_logged
    if own is not None and not result.goal.met_by(own):
        best = "afterwards" if result.goal.at_end else "at best"
        return f", but {best} {percent(own)} where the grader measured all images"
    if mean is not None and not result.goal.met_by(mean):
        return f", but at best {percent(mean)} by an accuracy that suits the output"
    if end is not None and not result.goal.met_by(end):
        return f", but afterwards {percent(end)} of all images classified correctly"
    return " of those"


def advice(result: GoalResult) -> str:
    """Say what to look at; empty where the learning curve itself is what to look at.

    Args:
        result: Of a goal that was not reached.
    """
    if not (result.goal.measured or result.elsewhere) and result.best is None:
        return _unlogged(result)
    return _void_cause(result) or str(diagnosis(result) or "") or _ended(result)


def diagnosed(result: GoalResult) -> Diagnosis | None:
    """Return the diagnosis of a training that missed its goal, if that is what ``advice`` says.

    Args:
        result: Of a training made by the grader, or in the notebook.
    """
    return None if _void_cause(result) else diagnosis(result)


def _void_cause(result: GoalResult) -> str:
    """Say what to look at where a training does not count, or its log tells of few images."""
    training = result.training
    untrained = (
        (result.elsewhere, WHOLE if training.loader else OWN),
        (result.untaught, BY_TRAINING),
        (result.unlearnt, USUAL),
    )
    causes = (
        (training.shows_few, _of_few(training)),
        (result.deceptive, STEADY if _tells(result) else _telling(training)),
        (result.best_running is None, METRIC),
    )
    looked_at = (*untrained, *(causes if result.goal.measured else ()))
    return next((said for holds, said in looked_at if holds), "")


def _ended(result: GoalResult) -> str:
    """Say what to look at where a training was over soon."""
    training, last = result.training, result.goal.last_epoch
    too_few = training.fit.stopped if last is None else training.epochs < last
    return (STOPPED if training.fit.stopped else ENDED) if too_few else ""


def _unlogged(result: GoalResult) -> str:
    """Say what to look at where a number was not logged."""
    missing, curves = _missing(result), result.training.fit.curves
    if missing is None:
        return ""
    validated = any(name.startswith("val_") for name in curves)
    if missing.split == "validation" and not validated:
        return VALIDATION
    return METRIC if missing.metric in ACCURACY else METRICS.format(missing.metric)


def _tells(result: GoalResult) -> bool:
    """Whether the log is of all images, in mixed order, by an accuracy that suits the output."""
    mean, trained = result.best_running, result.training.fit.trained
    return trained is None or (trained.telling and result.goal.met_by(mean))


def _of_few(training: GradedTraining) -> str:
    loader = training.fit.trained.loader if training.fit.trained else None
    if loader is not None and loader.subset is not None:
        return SPLIT
    if training.fit.steps_per_epoch is not None:
        return STEPS
    return LOADED if training.loader else GIVEN


def _telling(training: GradedTraining) -> str:
    return TELLING if training.loader else TELLING_OF_GIVEN
