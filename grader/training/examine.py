"""Measures weights that were trained elsewhere, in the architecture that they belong to."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import keras

from grader.inspection.loaders import SCALINGS
from grader.training.build import build
from grader.training.description import Network
from grader.training.loader import RecordingIterator, in_order, load_all
from grader.training.measure import Meter
from grader.training.refusals import Refused
from grader.training.results import Array
from grader.training.views import THRESHOLDS, View

CLEAR = 0.95


def examine(
    network: Network, weights: Sequence[Sequence[Array]], dataset: Path, turned: int, seed: int
) -> list[float | None]:
    """Return the shares of all images classified correctly, one for each set of weights.

    Args:
        network: The model.
        weights: Sets of weights, the last one trained; each in the order of ``get_weights``, or
            empty if it is not known. How images are to be scaled is found with the last one.
        dataset: Folder of all images, one sub-folder for each class.
        turned: By how many classes the labels are shifted.
        seed: Of the order in which images are shown.

    Raises:
        Refused: The weights are not those of this model.
    """
    model = build(network.architecture).model
    loader = _loader(network, dataset)
    _give(model, weights[-1])
    views = [replace(view, turned=turned) for view in _views(network)]
    shares = _shares(model, loader, views, seed)
    best, view = max(shares, key=lambda found: found[0])
    return [*(_again(model, each, loader, (view, seed)) for each in weights[:-1]), best]


def _loader(network: Network, dataset: Path) -> RecordingIterator:
    if network.loader is not None:
        return load_all(network.loader, dataset)
    shape = cast("tuple[int, ...]", network.architecture.layers[0].part.arguments["shape"])
    mode = "grayscale" if shape[-1] == 1 else "rgb"
    order = in_order(network.classes, dataset)
    return RecordingIterator(dataset, {}, {"target_size": shape[:2], "color_mode": mode}, order)


def _views(network: Network) -> Iterator[View]:
    scalings = SCALINGS if network.loader is None else ((1.0, 0.0),)
    for factor, addend in scalings:
        yield View(factor, addend, THRESHOLDS)


def _shares(
    model: keras.Model, loader: RecordingIterator, views: Sequence[View], seed: int
) -> list[tuple[float, View]]:
    found: list[tuple[float, View]] = []
    for view in views:
        found.append((_share(model, loader, view, seed), view))
        if found[-1][0] >= CLEAR:
            break
    return found


def _share(model: keras.Model, loader: RecordingIterator, view: View, seed: int) -> float:
    meter = Meter(model, loader, seed, view)
    return max(meter.inference(), meter.by_batch_statistics() or 0.0)


def _again(
    model: keras.Model, weights: Sequence[Array], loader: RecordingIterator, shown: tuple[View, int]
) -> float | None:
    if not weights:
        return None
    _give(model, weights)
    return _share(model, loader, *shown)


def _give(model: keras.Model, weights: Sequence[Array]) -> None:
    expected = [tuple(variable.shape) for variable in model.weights]
    if expected != [array.shape for array in weights]:
        raise Refused("the weights have other shapes than the model")
    model.set_weights(weights)
