"""What a training began with, and at which rate, as the grader made it."""

import json
from typing import Any

import descriptions
import numpy as np
import pytest

from grader.fits.learning import constant_kernels, steady_rate
from grader.training.accept import accept
from grader.training.description import Architecture
from grader.training.results import Epoch, Measured, Trained

ZEROS = descriptions.part("Zeros")
GLOROT = descriptions.part("GlorotUniform")


def architecture(*initializers: object) -> Architecture:
    """Three layers with a kernel, each with an initializer."""
    kinds: tuple[tuple[str, dict[str, Any]], ...] = (
        ("Conv2D", {"filters": 4, "kernel_size": [3, 3]}),
        ("Dense", {"units": 4}),
        ("Dense", {"units": 1, "activation": "sigmoid"}),
    )
    layers = [
        descriptions.layer(name, kernel_initializer=begun, **arguments)
        for (name, arguments), begun in zip(kinds, initializers, strict=True)
    ]
    layers.insert(1, descriptions.layer("Flatten"))
    return accept(json.dumps(descriptions.description(*layers)).encode()).architecture


def trained(*rates: float | None) -> Trained:
    epochs = tuple(Epoch(n, {}, 80, learning_rate=rate) for n, rate in enumerate(rates))
    return Trained(epochs, 80, ((np.zeros(1),),), Measured(0.5, 0.5))


@pytest.mark.parametrize(
    ("begun", "found"),
    [
        ((GLOROT, GLOROT, GLOROT), ""),
        ((ZEROS, GLOROT, GLOROT), "Zeros"),
        ((GLOROT, descriptions.part("Constant", value=0.5), GLOROT), "Constant"),
        # It learns all the same.
        ((GLOROT, GLOROT, ZEROS), ""),
    ],
)
def test_a_hidden_kernel_of_one_number_throughout_is_named(
    begun: tuple[object, ...], found: str
) -> None:
    assert constant_kernels(architecture(*begun)) == found


@pytest.mark.parametrize(
    ("rates", "steady"),
    [((0.1, 0.1), 0.1), ((0.1, 0.05), None), ((None, None), None), ((), None)],
)
def test_a_rate_is_told_that_all_epochs_had(
    rates: tuple[float | None, ...], steady: float | None
) -> None:
    assert steady_rate(trained(*rates)) == steady
