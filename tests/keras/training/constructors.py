"""Tells of the real constructors, shapes and weights of what is in the tables; JSON comes out."""
# ruff: noqa: T201

import inspect
import json
from types import ModuleType
from typing import Any

import keras
from tensorflow.keras.preprocessing.image import ImageDataGenerator

from grader.training.tables.callbacks import CALLBACKS
from grader.training.tables.layers import LAYERS
from grader.training.tables.losses import LOSSES
from grader.training.tables.metrics import METRICS, SHORT_WORD
from grader.training.tables.optimizers import OPTIMIZERS, SCHEDULES
from grader.training.tables.signatures import Table
from grader.training.tables.weights import CONSTRAINTS, INITIALIZERS, REGULARIZERS

HOMES: dict[str, tuple[ModuleType, Table]] = {
    "layers": (keras.layers, LAYERS),
    "initializers": (keras.initializers, INITIALIZERS),
    "regularizers": (keras.regularizers, REGULARIZERS),
    "constraints": (keras.constraints, CONSTRAINTS),
    "optimizers": (keras.optimizers, OPTIMIZERS),
    "schedules": (keras.optimizers.schedules, SCHEDULES),
    "losses": (keras.losses, LOSSES),
    "metrics": (keras.metrics, METRICS),
    "callbacks": (keras.callbacks, CALLBACKS),
}
SHAPE = (24, 20, 6)
SAMPLES: dict[str, list[dict[str, Any]]] = {
    "Conv2D": [
        {"filters": 4, "kernel_size": (3, 5)},
        {"filters": 4, "kernel_size": (3, 3), "strides": (2, 3), "padding": "same"},
        {"filters": 4, "kernel_size": (3, 3), "dilation_rate": (2, 3), "use_bias": False},
        {"filters": 4, "kernel_size": (2, 2), "groups": 2, "strides": (3, 1)},
    ],
    "SeparableConv2D": [
        {"filters": 4, "kernel_size": (3, 5)},
        {"filters": 4, "kernel_size": (3, 3), "depth_multiplier": 2, "use_bias": False},
    ],
    "DepthwiseConv2D": [
        {"kernel_size": (3, 5)},
        {"kernel_size": (3, 3), "depth_multiplier": 2, "strides": (2, 2), "padding": "same"},
    ],
    "Dense": [{"units": 3}, {"units": 3, "use_bias": False}],
    "MaxPooling2D": [
        {},
        {"pool_size": (3, 4), "padding": "same"},
        {"pool_size": (3, 4), "strides": (2, 1)},
        {"pool_size": (5, 5), "strides": (3, 3), "padding": "same"},
    ],
    "AveragePooling2D": [{"pool_size": (3, 4)}, {"pool_size": (3, 4), "padding": "same"}],
    "GlobalMaxPooling2D": [{}, {"keepdims": True}],
    "GlobalAveragePooling2D": [{}, {"keepdims": True}],
    "Reshape": [{"target_shape": (-1, 6)}, {"target_shape": (40, 12, 6)}, {"target_shape": (-1,)}],
    "Permute": [{"dims": (3, 1, 2)}],
    "Activation": [{"activation": "relu"}],
    "PReLU": [{}, {"shared_axes": (1, 2)}],
    "Softmax": [{}, {"axis": 1}],
    "BatchNormalization": [{}, {"axis": 1}, {"center": False}, {"axis": -2, "scale": False}],
    "LayerNormalization": [{}, {"axis": (1, 2)}, {"axis": 3, "center": False, "scale": False}],
    "GroupNormalization": [{"groups": 3}, {"groups": -1, "center": False}],
    "Resizing": [{"height": 30, "width": 10}, {"height": 5, "width": 5, "antialias": True}],
    "CenterCrop": [{"height": 10, "width": 12}, {"height": 30, "width": 30}],
    "ZeroPadding2D": [{}, {"padding": ((1, 2), (3, 4))}],
    "Cropping2D": [{}, {"cropping": ((1, 2), (3, 4))}],
    "UpSampling2D": [{}, {"size": (3, 1), "interpolation": "bilinear"}],
    "Concatenate": [{}, {"axis": 1}, {"axis": -2}],
    "Rescaling": [{"scale": 2.0}],
    "RandomRotation": [{"factor": 0.1}],
    "RandomZoom": [{"height_factor": 0.1}],
    "RandomTranslation": [{"height_factor": 0.1, "width_factor": (-0.1, 0.2)}],
    "RandomContrast": [{"factor": 0.1}],
    "RandomBrightness": [{"factor": 0.1}],
    "GaussianNoise": [{"stddev": 0.1}],
    **{
        name: [{"rate": 0.1}]
        for name in ("Dropout", "SpatialDropout2D", "AlphaDropout", "GaussianDropout")
    },
}


def constructor(kind: type, *, takes_more: bool) -> dict[str, Any]:
    """Names of a constructor's arguments, and their defaults as JSON has them."""
    parameters = [*inspect.signature(kind).parameters.values()]
    named = {each.name: each.default for each in parameters if each.kind is not each.VAR_KEYWORD}
    if takes_more and len(named) < len(parameters):
        named |= {"trainable": True, "activity_regularizer": None}
    named.pop("args", None)
    return {name: said(default) for name, default in named.items()}


def said(default: Any) -> Any:
    return "(required)" if default is inspect.Parameter.empty else default


def merges(name: str) -> bool:
    return name in {"Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate"}


def called(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """What comes out of a layer of Keras, and how many weights it has then."""
    layer = getattr(keras.layers, name)(**arguments)
    start = keras.Input(SHAPE)
    output = layer([start, start] if merges(name) else start)
    return {
        "part": name,
        "arguments": arguments,
        "inputs": [0, 0] if merges(name) else [0],
        "shape": output.shape[1:],
        "parameters": sum(weight.value.numpy().size for weight in layer.weights),
    }


def main() -> dict[str, Any]:
    return {
        "constructors": {
            home: {
                name: constructor(
                    getattr(module, name), takes_more=home == "layers" and name != "InputLayer"
                )
                for name in table
                if name != SHORT_WORD
            }
            for home, (module, table) in HOMES.items()
        },
        "generator": constructor(ImageDataGenerator, takes_more=False),
        "iterator": constructor(ImageDataGenerator.flow_from_directory, takes_more=False),
        "fit": constructor(keras.Model.fit, takes_more=False),
        "compile": constructor(keras.Model.compile, takes_more=False),
        "called": [
            called(name, arguments)
            for name in LAYERS
            if name != "InputLayer"
            for arguments in SAMPLES.get(name, [{}])
        ],
    }


if __name__ == "__main__":
    print(json.dumps(main()))
