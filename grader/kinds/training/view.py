"""What checks get of a training, and of the model that was trained."""

from grader.checks.training import GradedTraining
from grader.checks.trusted import ClaimedTraining, Observed, Result, Training, run_of
from grader.evidence import Compilation, Model
from grader.kinds.batches import has_one_hot_labels

__all__ = [
    "ClaimedTraining",
    "Compilation",
    "Model",
    "Result",
    "Training",
    "claims",
    "one_hot",
    "training",
]


def training(seen: Observed, trainer: str, loader: str) -> Training:
    """Return the graded training, as far as the grader knows it of its own.

    Args:
        seen: The run.
        trainer: Graded name of the function that trains.
        loader: Graded name of the function that makes the loader; empty where that are arrays.

    Raises:
        Absent: There was none, through the trainer's or the loader's failure.
    """
    return Training(GradedTraining.of(run_of(seen), trainer, loader))


def claims(seen: Observed, trainer: str, loader: str) -> ClaimedTraining:
    """Return what the kernel says of it; arguments and errors are those of ``training``."""
    made = GradedTraining.of(run_of(seen), trainer, loader)
    return ClaimedTraining(dict(made.fit.curves))


def one_hot(seen: Observed, trainer: str) -> bool | None:
    """Return whether labels that were trained on are vectors of one number a class.

    Args:
        seen: The run.
        trainer: Graded name of the function that trains.

    Returns:
        None where the grader did not train itself.
    """
    fit = run_of(seen).graded_fit(trainer)
    loader = fit.trained.loader if fit and fit.trained else None
    return None if loader is None else has_one_hot_labels(loader)
