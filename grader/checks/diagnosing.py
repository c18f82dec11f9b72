"""Which diagnosis the graded training gets: where the grader made it, and it missed an accuracy."""

from grader.checks.goal_result import GoalResult
from grader.diagnosis import Curves, Diagnosis, diagnose


def diagnosis(result: GoalResult) -> Diagnosis | None:
    """Say why a training missed its goal; None where it did not, or where nothing is sure.

    Of several trainings that count together none is looked at: the curve is that of one alone.

    Args:
        result: Of a training made by the grader, or in the notebook.
    """
    training, goal = result.training, result.goal
    missed = result.reached_at is None and not (result.untaught or result.unlearnt)
    counts = result.measured and training.earlier == 0 and training.shows_all
    of_accuracy = goal.measured or goal.of_validation
    if training.settings is None or not (missed and counts and of_accuracy) or result.elsewhere:
        return None
    return diagnose(training.settings, curves(result), goal.least, on_validation=goal.of_validation)


def curves(result: GoalResult) -> Curves:
    """Return the curves of a training, as far as the grader knows them.

    Args:
        result: Of a training that it made.
    """
    training, trained = result.training, result.training.fit.trained
    validated = trained.validated if trained else None
    return Curves(
        loss=training.fit.curves.get("loss", ()),
        accuracy=trained.running if trained else (),
        validation=validated.measured if validated else (),
        validation_images=validated.images if validated else 0,
        stopped=training.fit.stopped,
        asked=training.fit.epochs,
        in_time=result.goal.last_epoch,
    )
