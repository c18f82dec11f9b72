"""How much memory is counted for a step of training with stacks of layers."""

from collections.abc import Callable, Mapping
from pathlib import Path

import keras
import numpy as np
from architectures import ADAM, ONE, Spec, Training, conv

from grader.training import trainer
from grader.training.build import build, compile_as
from grader.training.fused import fuse
from grader.training.size import measure

DATASET = Path(__file__).parents[2] / "data" / "happy_or_sad"
SIDE, FILTERS, BATCH, DEPTH = 150, 16, 10, 7
_PLAIN = conv(FILTERS, kernel_size=(1, 1), activation="linear")
_WIDE = {"pool_size": (3, 3), "strides": (1, 1), "padding": "same"}
_SLIDING = {"kernel_size": (3, 3), "padding": "same"}
LAYERS: Mapping[str, Spec] = {
    "LayerNormalization": ("LayerNormalization", {}),
    "BatchNormalization": ("BatchNormalization", {}),
    "GroupNormalization": ("GroupNormalization", {"groups": 4}),
    "UnitNormalization": ("UnitNormalization", {}),
    **{
        name: (name, {"rate": 0.3})
        for name in ("Dropout", "SpatialDropout2D", "AlphaDropout", "GaussianDropout")
    },
    "GaussianNoise": ("GaussianNoise", {"stddev": 0.1}),
    **{name: (name, {}) for name in ("ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax")},
    "Activation": ("Activation", {"activation": "gelu"}),
    "MaxPooling2D": ("MaxPooling2D", _WIDE),
    "AveragePooling2D": ("AveragePooling2D", _WIDE),
    "Conv2D": ("Conv2D", {"filters": FILTERS, **_SLIDING}),
    "SeparableConv2D": ("SeparableConv2D", {"filters": FILTERS, **_SLIDING}),
    "DepthwiseConv2D": ("DepthwiseConv2D", _SLIDING),
    "Dense": ("Dense", {"units": FILTERS, "activation": "relu"}),
    "RandomContrast": ("RandomContrast", {"factor": 0.1}),
    "RandomBrightness": ("RandomBrightness", {"factor": 0.1, "value_range": (0.0, 1.0)}),
    "RandomShear": ("RandomShear", {"x_factor": 0.1, "y_factor": 0.1}),
    **{name: (name, {}) for name in ("RandomPerspective", "RandomErasing")},
    **{
        name: (name, {"value_range": (0.0, 1.0)})
        for name in ("RandomGaussianBlur", "RandomInvert", "Solarization", "AutoContrast")
    },
    "activity_regularizer": conv(
        FILTERS, kernel_size=(1, 1), activity_regularizer=("L2", {"l2": 0.001})
    ),
}


def stack(name: str) -> list[Spec]:
    """Return a network with many layers of a class, each behind a convolution, or activations."""
    pair = [_PLAIN, LAYERS[name]] if name in LAYERS else [conv(FILTERS, activation=name)]
    return [*pair * DEPTH, ("GlobalAveragePooling2D", {}), ONE]


def counted(name: str) -> tuple[int, Callable[[], object]]:
    """Return the memory that is counted for a stack, and what trains it for a step.

    Args:
        name: Of a layer, or of an activation.
    """
    iterator = {"target_size": (SIDE, SIDE), "batch_size": BATCH}
    described = Training(stack(name), ADAM, iterator=iterator).described(DATASET, 1)
    keras.utils.set_random_seed(1)
    model = build(described.architecture).model
    compile_as(model, described.compile, exact=False)
    fuse(model)
    trainer.trace_once(model)
    images = np.random.default_rng(1).random((BATCH, SIDE, SIDE, 3), np.float32)
    labels, held = np.arange(BATCH) % 2, measure(described.architecture).memory_bytes(BATCH)
    return held, lambda: model.fit(images, labels, batch_size=BATCH, verbose=0)
