"""How many epochs several trainings together may take to reach a goal, where it has no deadline.

Such a goal would else be worth as many tries as one likes.
"""

from grader.checks.training import GradedTraining


def exceeded(training: GradedTraining, reached_at: int | None) -> str:
    """Say what they have gone beyond, as in ``within 20 epochs in all``; empty if they have not.

    Args:
        training: The graded one, which tells of those before it.
        reached_at: After how many epochs of all of them; None if never.
    """
    most = training.most_epochs if training.epochs_before else 0
    return f"within {most} epochs in all" if 0 < most < (reached_at or 0) else ""
