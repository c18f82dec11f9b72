"""Parts as tests need them, where it does not matter what else is asked of them."""

from grader.kinds.loader.part import ImageLoader
from grader.kinds.training.part import TrainedModel


def trained(name: str = "train", variable: str = "hist") -> TrainedModel:
    """Make a part that trains."""
    loader = ImageLoader("load", variable="gen")
    return TrainedModel(name, variable=variable, loader=loader, most_epochs=20)
