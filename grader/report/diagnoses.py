"""A training's diagnosis in the document, and where people are told of it: once."""

from collections.abc import Sequence

from grader.checks.goal_result import GoalResult
from grader.checks.shortfall import diagnosed
from grader.report.document import DiagnosisRow, Report, TrainingRow


def diagnosis_row(results: Sequence[GoalResult]) -> DiagnosisRow | None:
    """Describe the diagnosis for the first of a training's goals that has one.

    Args:
        results: Of the graded training, one for each goal.
    """
    found = next(filter(None, map(diagnosed, results)), None)
    if found is None:
        return None
    return DiagnosisRow(
        kind=found.kind, seen=found.seen, look_at=found.look_at, sentence=str(found)
    )


def beside_curves(report: Report, training: TrainingRow) -> str:
    """Return what is to be said beside the curves of a training; empty where a hint says it.

    Args:
        report: On the submission.
        training: One of its trainings.
    """
    if training.diagnosis is None:
        return ""
    sentence = training.diagnosis.sentence
    return "" if any(check.hint == sentence for check in report.checks) else sentence
