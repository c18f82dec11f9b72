"""Where the diagnosis of a training is said: in the hint of a check, else beside the curves."""

from grader.report.document import Report, TrainingRow


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
