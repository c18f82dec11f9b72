"""What checks get of a training, and of the model that was trained."""

from grader.checks.training import Training
from grader.evidence import Compilation, Model

__all__ = ["Compilation", "Model", "Training"]
