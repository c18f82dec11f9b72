"""How images are shown to a model, and what its outputs tell: without TensorFlow."""

from dataclasses import dataclass

from grader.probe.loaders import scaled
from grader.training.results import Array

# Whatever a loss takes outputs for: shares from 0 to 1, or logits.
THRESHOLDS = (0.5, 0.0)


@dataclass(frozen=True, slots=True)
class View:
    """How images are shown to a model, and how it is understood.

    Args:
        factor: Multiplies pixel values.
        addend: Is added then.
        threshold: From which value of a single output on an image is of the second class.
        turned: By how many classes the labels are shifted.
    """

    factor: float = 1.0
    addend: float = 0.0
    threshold: float = 0.5
    turned: int = 0

    def shown(self, images: Array) -> Array:
        """Return images (batch, height, width, channels) as the model is to see them."""
        if (self.factor, self.addend) == (1.0, 0.0):
            return images
        shown: Array = scaled(images, self.factor, self.addend)
        return shown

    def told(self, outputs: Array) -> Array:
        """Return the number of the class that outputs (batch, ...) tell for each image."""
        flat = outputs.reshape(len(outputs), -1)
        if flat.shape[1] > 1:
            told: Array = flat.argmax(axis=1)
            return told
        return (flat[:, 0] > self.threshold).astype(int)
