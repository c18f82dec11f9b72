"""What is trained, as a kernel's probe would tell it: by the same code, where no student's runs."""

from collections.abc import Callable
from typing import Any

import keras

from grader.inspection import loaders, models
from grader.inspection.plain import attribute, number
from grader.training.data import TrainingData
from grader.training.description import Compile


def describe(
    model: keras.Model, compiled: Compile, load: Callable[[], TrainingData]
) -> dict[str, Any]:
    """Describe a loader and a model that were made from a description.

    Args:
        model: Compiled, not trained yet.
        compiled: With what.
        load: Makes the loader; the one that is trained on would not begin at its beginning.

    Returns:
        Plain data: ``loader`` and ``model`` as fields of evidence, and ``scale``, the least and the
        greatest value that reach the first convolution, or None.
    """
    with loaders.undisturbed():
        loader = load()
        images, labels = loaders.arrays(loader[0])
    known = loaders.settings(loader, getattr(loader, "image_data_generator", None))
    settings = known | loaders.contents(images, labels)
    settings["type"] = loader.type
    settings["augmentation"] = getattr(loader, "augmentation", known["augmentation"])
    # The grader's own folder is none of the student's business.
    settings["directory"] = None
    return {
        "loader": settings,
        "model": {**models.describe(model), "compilation": _compilation(model, compiled)},
        "scale": models.before_first_convolution(model, images),
    }


def _compilation(model: keras.Model, compiled: Compile) -> dict[str, Any]:
    return {
        "loss": compiled.loss.name,
        "from_logits": compiled.loss.arguments.get("from_logits") is True,
        "optimizer": compiled.optimizer.name,
        "learning_rate": number(attribute(model.optimizer, "learning_rate")),
        "metrics": [
            {"name": metric.arguments["name"], "type": metric.name} for metric in compiled.metrics
        ],
    }
