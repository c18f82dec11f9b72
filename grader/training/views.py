"""How images are shown to a model, and what its outputs tell: without TensorFlow."""

from dataclasses import dataclass

import numpy as np

from grader.inspection.loaders import scaled
from grader.training.results import Array

# From which value of a single output on an image is of the second class: where it is a share from
# 0 to 1, and where it is a logit. Keras' own metric ``accuracy`` always compares with 0.5.
SHARE, LOGIT = 0.5, 0.0
THRESHOLDS = (SHARE, LOGIT)


@dataclass(frozen=True, slots=True)
class View:
    """How images are shown to a model, and how it is understood.

    Args:
        factor: Multiplies pixel values.
        addend: Is added then.
        thresholds: From which value of a single output on an image is of the second class; of
            several, the one counts with which most images are classified correctly.
        turned: By how many classes the class folders are shifted.
    """

    factor: float = 1.0
    addend: float = 0.0
    thresholds: tuple[float, ...] = (SHARE,)
    turned: int = 0

    def shown(self, images: Array) -> Array:
        """Return images (batch, height, width, channels) as the model is to see them."""
        if (self.factor, self.addend) == (1.0, 0.0):
            return images
        shown: Array = scaled(images, self.factor, self.addend)
        return shown

    def correct(self, outputs: Array, labels: Array) -> Array:
        """Return how many images are classified correctly, a number for each threshold.

        Args:
            outputs: Of the model, for each image (images, ...); of several, the largest tells the
                class, and there is one number only.
            labels: Numbers of the images' classes (images,).
        """
        flat = outputs.reshape(len(outputs), -1)
        if flat.shape[1] > 1:
            return np.array([np.sum(flat.argmax(axis=1) == labels)])
        return np.array([np.sum((flat[:, 0] > least) == labels) for least in self.thresholds])
