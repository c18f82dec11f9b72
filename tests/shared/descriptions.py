"""Descriptions of ``fit()`` as a student's kernel sends them: JSON that the trainer takes."""

import json
from typing import Any

from grader.training.description import LoaderSpec, Source

IMAGE = [24, 24, 3]
FILES = "0" * 64


def part(name: str, /, **arguments: Any) -> dict[str, Any]:
    return {"part": name, "arguments": arguments}


def layer(name: str, /, *inputs: int, **arguments: Any) -> dict[str, Any]:
    return {**part(name, **arguments), "inputs": list(inputs)}


def loader(**iterator: Any) -> dict[str, Any]:
    usual = {"target_size": IMAGE[:2], "color_mode": "rgb", "class_mode": "binary"}
    return {
        "generator": {"rescale": 1 / 255},
        "iterator": usual | {"batch_size": 10} | iterator,
        "classes": ["happy", "sad"],
        "files": FILES,
    }


def architecture(*layers: dict[str, Any], shape: list[int] | None = None) -> dict[str, Any]:
    """Layers after an input; those that name no inputs follow the one before them."""
    chained = [layer("InputLayer", shape=shape or IMAGE)]
    for each in layers:
        chained.append({**each, "inputs": each["inputs"] or [len(chained) - 1]})
    return {"layers": chained, "output": len(chained) - 1, "created": list(range(len(chained)))}


def description(*layers: dict[str, Any], **members: Any) -> dict[str, Any]:
    """A right and plain description, but for the members that are given."""
    usual = (
        layer("Conv2D", filters=4, kernel_size=[3, 3], activation="relu"),
        layer("MaxPooling2D", pool_size=[2, 2]),
        layer("Flatten"),
        layer("Dense", units=1, activation="sigmoid"),
    )
    return {
        "loader": loader(),
        "validation": None,
        "architecture": architecture(*(layers or usual)),
        "compile": {
            "optimizer": part("RMSprop", learning_rate=0.001),
            "loss": part("BinaryCrossentropy"),
            "metrics": [part("accuracy", name="accuracy")],
            "options": {},
        },
        "fit": {"epochs": 15},
        "callbacks": [],
        **members,
    }


def rich() -> dict[str, Any]:
    """A right description with something of everything in it."""
    normal = part("RandomNormal", mean=0.0, stddev=0.05, seed=7)
    decay = part("ExponentialDecay", initial_learning_rate=0.01, decay_steps=8, decay_rate=0.9)
    found = description(
        layer("RandomRotation", factor=[-0.2, 0.2], fill_mode="nearest", seed=None),
        layer(
            "Conv2D",
            filters=8,
            kernel_size=[3, 3],
            strides=[1, 1],
            padding="same",
            kernel_initializer=normal,
            kernel_regularizer=part("L2", l2=0.01),
            kernel_constraint=part("MaxNorm", max_value=2, axis=[0, 1, 2]),
        ),
        layer("BatchNormalization", axis=-1, gamma_initializer=part("Ones")),
        layer("Conv2D", 1, filters=8, kernel_size=[1, 1]),
        layer("Add", 3, 4),
        layer("ZeroPadding2D", padding=[[1, 0], [0, 1]]),
        layer("GlobalAveragePooling2D", keepdims=False),
        layer("Dropout", rate=0.25, seed=3),
        layer("Reshape", target_shape=[2, -1]),
        layer("Flatten"),
        layer("Dense", units=2, activation="softmax", use_bias=True),
        validation=loader(subset="validation", class_mode="categorical"),
        callbacks=[
            part("EarlyStopping", monitor="accuracy", patience=2, baseline=0.5),
            part("ReduceLROnPlateau", factor=0.5, min_lr=0.0),
        ],
    )
    found["architecture"]["created"].reverse()
    found["loader"]["generator"] |= {
        "rescale": {"number": "float64", "value": 1 / 255},
        "zoom_range": [0.8, 1.2],
        "width_shift_range": [-2, 0, 2],
        "horizontal_flip": True,
    }
    found["compile"] = {
        "optimizer": part("Adam", learning_rate=decay, beta_1=0.9, clipnorm=None),
        "loss": part("CategoricalCrossentropy", from_logits=False, label_smoothing=0.1),
        "metrics": [
            part("accuracy", name="acc"),
            part("AUC", name="auc_1", num_thresholds=200),
            part("Precision", name="precision", thresholds=[0.5, 0.9]),
        ],
        "options": {"run_eagerly": False, "steps_per_execution": 1, "jit_compile": "auto"},
    }
    found["fit"] = {
        "epochs": 20,
        "initial_epoch": 2,
        "steps_per_epoch": 8,
        "class_weight": [[0, 1.0], [1, {"number": "float32", "value": 0.5}]],
        "shuffle": True,
        "validation_steps": None,
        "validation_freq": [1, 2, 10],
    }
    return found


def sent(found: Any) -> bytes:
    return json.dumps(found).encode()


def of_files(found: Source | None) -> LoaderSpec:
    """Return what is trained on or validated with, which is a loader."""
    assert isinstance(found, LoaderSpec)
    return found
