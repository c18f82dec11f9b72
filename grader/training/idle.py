"""Which layers of a model do nothing for it, or no more than any other layer would."""

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from grader.training import paths, places
from grader.training.build import Built
from grader.training.data import Samples, batches
from grader.training.description import Architecture
from grader.training.effects import Effects
from grader.training.results import Array
from grader.training.size import measure

UNTRAINED, WITHOUT_EFFECT = "untrained", "without_effect"
BESIDE, BEHIND_DENSE = "beside", "behind_dense"
_WEIGHTED = paths.CONVOLUTIONS | {"Dense"}
_FLATTENING = frozenset({"Flatten", "Reshape", "GlobalMaxPooling2D", "GlobalAveragePooling2D"})
_CONSTRAINED = ("kernel_constraint", "depthwise_constraint", "pointwise_constraint")
# As many images are looked at: what all layers put out for them is kept for a while.
_IMAGES = 12
# A constraint may put a kernel back after each update, but for its last digits.
_MOVED = 1e-5


class IdleLayers:
    """Finds the layers of one model that do nothing, and what the others see of the images.

    A network whose layers follow one another, all of them trained and none of its convolutions
    behind a dense layer, has none; it is not looked at.

    Args:
        built: The model, not trained yet.
        architecture: What it was built from.
        loader: All samples of the dataset.
        seed: Of the order in which they are shown.
    """

    def __init__(
        self, built: Built, architecture: Architecture, loader: Samples, seed: int
    ) -> None:
        self._layers = built.layers
        self._architecture = architecture
        self._behind = places.behind_dense(architecture, measure(architecture).shapes)
        self._chain = paths.is_chain(architecture) and not self._behind
        self._convolutions = paths.places_of(architecture, paths.CONVOLUTIONS)
        fixed = [self._frozen(at) or self._constrained(at) for at in self._convolutions]
        self._looked_at = any(fixed) or not self._chain
        if not self._looked_at:
            return
        self._kernels = {at: _kernels(self._layers[at]) for at in self._convolutions}
        if not self._chain:
            self._images, _ = next(batches(loader, _IMAGES, seed))
            self._effects = Effects(built, architecture)
            self._ranges = self._effects.ranges(self._images, self._places(_WEIGHTED))

    def noted(self, seen: Mapping[str, Any]) -> dict[str, Any]:
        """Return a description of what was trained in which the idle layers are marked.

        Args:
            seen: As ``seen.describe`` has it; the model has been trained meanwhile.
        """
        if not self._looked_at:
            return dict(seen)
        idle = {at: UNTRAINED for at in self._convolutions if not self._trained(at)}
        if self._chain:
            return _marked(seen, self._named(idle))
        watched = self._places(_WEIGHTED, paths.POOLING, _FLATTENING)
        without = self._effects.without_effect(self._images, watched)
        idle = dict.fromkeys(self._behind, BEHIND_DENSE) | idle
        idle = dict.fromkeys(without, WITHOUT_EFFECT) | idle
        idle = self._beside(frozenset(self._convolutions) - idle.keys()) | idle
        return {**_marked(seen, self._named(idle)), "scale": self._scale(without)}

    def _places(self, *kinds: frozenset[str]) -> list[int]:
        return paths.places_of(self._architecture, *kinds)

    def _named(self, idle: Mapping[int, str]) -> dict[str, str]:
        return {self._layers[at].name: reason for at, reason in idle.items()}

    def _beside(self, convolutions: frozenset[int]) -> dict[int, str]:
        pooling = self._places(paths.POOLING)
        beside = (at for at in pooling if not paths.between(self._architecture, at, convolutions))
        return dict.fromkeys(beside, BESIDE)

    def _trained(self, place: int) -> bool:
        """Whether training could, and where there is reason to doubt it did, change a kernel."""
        if self._frozen(place):
            return False
        if not self._constrained(place):
            return True
        pairs = zip(self._kernels[place], _kernels(self._layers[place]), strict=True)
        return any(_differ(before, after) for before, after in pairs)

    def _frozen(self, place: int) -> bool:
        return not self._layers[place].trainable_variables

    def _constrained(self, place: int) -> bool:
        arguments = self._architecture.layers[place].part.arguments
        return any(arguments.get(name) is not None for name in _CONSTRAINED)

    def _scale(self, without: set[int]) -> tuple[float, float] | None:
        """Return the range of what reaches the first layers with weights on all ways.

        None if there is no convolution among all layers that have an effect.
        """
        if without.issuperset(self._convolutions):
            return None
        weighted = self._ranges.keys() - without
        ends = [self._ranges[at] for at in paths.first(self._architecture, frozenset(weighted))]
        return min(least for least, _ in ends), max(most for _, most in ends)


def _marked(seen: Mapping[str, Any], idle: Mapping[str, str]) -> dict[str, Any]:
    model = seen["model"]
    layers = [{**each, "idle": idle.get(each["name"])} for each in model["layers"]]
    return {**seen, "model": {**model, "layers": layers}}


def _kernels(layer: keras.Layer) -> list[Array]:
    """Return copies of all weights of a layer but its bias."""
    bias = getattr(layer, "bias", None)
    return [np.array(each) for each in layer.weights if each is not bias]


def _differ(before: Array, after: Array) -> bool:
    largest = float(np.abs(before).max(initial=0.0))
    return float(np.abs(after - before).max(initial=0.0)) > _MOVED * largest
