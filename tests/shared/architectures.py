"""Trainings, each as plain Keras code would make it and as a description.

A layer is written as the name of its class, its arguments and, where it is not called with the
output of the one before, the places of those that it is called with; the input's place is 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.training.description import (
    Architecture,
    Compile,
    Description,
    FitArguments,
    LayerSpec,
    LoaderSpec,
    ObjectSpec,
    Value,
    digest,
)

Spec = tuple[Any, ...]
CLASSES = ("happy", "sad")
FLAT: Spec = ("Flatten", {})
POOL: Spec = ("MaxPooling2D", {})
ONE: Spec = ("Dense", {"units": 1, "activation": "sigmoid"})
SCALED = {"rescale": 1 / 255}
LOSS: Spec = ("BinaryCrossentropy", {})
ACCURACY: Spec = ("accuracy", {"name": "accuracy"})


def conv(filters: int, **more: Any) -> Spec:
    """Write a convolution down."""
    arguments = {"filters": filters, "kernel_size": (3, 3), "activation": "relu"}
    return ("Conv2D", arguments | more)


def dense(units: int, **more: Any) -> Spec:
    """Write a dense layer down."""
    return ("Dense", {"units": units, "activation": "relu"} | more)


def convolved(*filters: int) -> list[Spec]:
    """Write convolutions down, each with pooling."""
    return [spec for count in filters for spec in (conv(count), POOL)]


@dataclass(frozen=True)
class Training:
    """A training.

    Args:
        layers: All but the input.
        optimizer: As layers are written.
        loss: Likewise.
        generator: Arguments of ``ImageDataGenerator``.
        iterator: Arguments of ``flow_from_directory``.
        callbacks: As layers are written.
        validated: Whether it validates, with a loader of the same settings.
        fit: Further arguments of ``fit``.
    """

    layers: list[Spec]
    optimizer: Spec
    loss: Spec = LOSS
    generator: Mapping[str, Any] = field(default_factory=lambda: SCALED)
    iterator: Mapping[str, Any] = field(default_factory=dict)
    callbacks: tuple[Spec, ...] = ()
    validated: bool = False
    fit: Mapping[str, Any] = field(default_factory=dict)

    @property
    def images(self) -> dict[str, Any]:
        """All arguments of the iterator."""
        return {"target_size": (150, 150), "batch_size": 10, "class_mode": "binary"} | dict(
            self.iterator
        )

    @property
    def validation_images(self) -> dict[str, Any]:
        """The same of the iterator that it validates with."""
        return self.images | ({"subset": "validation"} if "subset" in self.images else {})

    def inputs(self, place: int) -> tuple[int, ...]:
        """Return what a layer is called with."""
        spec = self.layers[place - 1]
        return tuple(spec[2]) if len(spec) > 2 else (place - 1,)

    def described(self, dataset: Path, epochs: int) -> Description:
        """Describe it."""
        loader, validation = self._loader(dataset, self.images), None
        if self.validated:
            validation = self._loader(dataset, self.validation_images)
        first = LayerSpec(ObjectSpec("InputLayer", {"shape": (*self.images["target_size"], 3)}))
        layers = [
            LayerSpec(part(spec), self.inputs(place)) for place, spec in enumerate(self.layers, 1)
        ]
        everything = tuple(range(len(layers) + 1))
        return Description(
            loader,
            validation,
            Architecture((first, *layers), len(layers), everything),
            Compile(part(self.optimizer), part(self.loss), (part(ACCURACY),)),
            FitArguments(epochs=epochs, **self.fit),
            tuple(map(part, self.callbacks)),
        )

    def _loader(self, dataset: Path, images: dict[str, Any]) -> LoaderSpec:
        files = [
            (f"{name}/{path.name}", label)
            for label, name in enumerate(CLASSES)
            for path in self._held(sorted((dataset / name).iterdir()), images.get("subset"))
        ]
        iterator = {"color_mode": "rgb"} | images
        return LoaderSpec(dict(self.generator), iterator, CLASSES, digest(files))

    def _held(self, files: list[Path], subset: str | None) -> list[Path]:
        """Return those of a class that belong to a subset: Keras holds the first ones back."""
        first = int(len(files) * self.generator.get("validation_split", 0))
        return {None: files, "validation": files[:first], "training": files[first:]}[subset]


def part(spec: Spec) -> ObjectSpec:
    """Describe an object."""
    arguments: dict[str, Value] = {
        name: part(value) if is_spec(value) else value for name, value in spec[1].items()
    }
    return ObjectSpec(spec[0], arguments)


def is_spec(value: Any) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], dict)


RMSPROP: Spec = ("RMSprop", {"learning_rate": 0.001})
ADAM: Spec = ("Adam", {"learning_rate": 0.001})
NORMAL: Spec = ("BatchNormalization", {})
HALVED = {"strides": (2, 2)}
DECAY: Spec = (
    "ExponentialDecay",
    {"initial_learning_rate": 0.002, "decay_steps": 8, "decay_rate": 0.9},
)
BRANCHED = [
    conv(16, padding="same"),  # 1
    POOL,  # 2
    conv(16, padding="same"),  # 3
    ("Conv2D", {"filters": 16, "kernel_size": (1, 1)}, (2,)),  # 4
    ("Add", {}, (3, 4)),  # 5
    ("AveragePooling2D", {"pool_size": (4, 4)}),  # 6
    ("GlobalMaxPooling2D", {}, (5,)),  # 7
    ("Flatten", {}, (6,)),  # 8
    ("Concatenate", {}, (7, 8)),  # 9
    dense(32),
    ONE,
]

TRAININGS = {
    "solution": Training([*convolved(16, 16, 16), FLAT, dense(512), ONE], RMSPROP),
    "dropout": Training(
        [*convolved(16, 32), FLAT, ("Dropout", {"rate": 0.3}), dense(64), ONE], ADAM
    ),
    "normalised": Training(
        [conv(16), NORMAL, POOL, conv(32), NORMAL, POOL, FLAT, dense(64), ONE],
        RMSPROP,
    ),
    "large": Training([*convolved(16, 32, 64), FLAT, dense(512), ONE], ADAM),
    "strides": Training(
        [conv(16, **HALVED), conv(32, **HALVED), conv(32, **HALVED), FLAT, dense(128), ONE],
        ("Nadam", {"learning_rate": 0.001}),
    ),
    "global": Training(
        [conv(32), POOL, conv(64), POOL, conv(64), ("GlobalMaxPooling2D", {}), dense(128), ONE],
        ("Adam", {"learning_rate": 0.003}),
    ),
    "sparse": Training(
        [*convolved(16, 32), FLAT, dense(64), ("Dense", {"units": 2, "activation": "softmax"})],
        ADAM,
        ("SparseCategoricalCrossentropy", {}),
        iterator={"class_mode": "sparse", "batch_size": 16},
    ),
    "categorical": Training(
        [*convolved(16, 32), FLAT, dense(64), ("Dense", {"units": 2})],
        ("SGD", {"learning_rate": 0.02, "momentum": 0.9, "nesterov": True}),
        ("CategoricalCrossentropy", {"from_logits": True}),
        iterator={"class_mode": "categorical", "batch_size": 32, "seed": 7},
    ),
    "augmented": Training(
        [*convolved(16, 32, 32), FLAT, dense(64), ONE],
        ("AdamW", {"learning_rate": 0.001, "weight_decay": 0.01}),
        generator=SCALED | {"rotation_range": 20, "zoom_range": 0.2, "horizontal_flip": True},
    ),
    "branched": Training(BRANCHED, ("SGD", {"learning_rate": 0.01})),
    "initialised": Training(
        [
            ("Rescaling", {"scale": 1 / 255}),
            conv(16, activation="linear", kernel_initializer=("HeNormal", {})),
            ("LeakyReLU", {"negative_slope": 0.1}),
            POOL,
            conv(32, kernel_regularizer=("L2", {"l2": 0.001})),
            POOL,
            FLAT,
            dense(64, kernel_constraint=("MaxNorm", {"max_value": 2.0})),
            ONE,
        ],
        ("RMSprop", {"learning_rate": 0.001, "momentum": 0.5}),
        generator={},
    ),
    "scheduled": Training(
        [("SeparableConv2D", conv(16)[1]), POOL, *convolved(32), FLAT, dense(64), ONE],
        ("Adam", {"learning_rate": DECAY, "clipnorm": 1.0}),
        validated=True,
        callbacks=(("EarlyStopping", {"monitor": "val_loss", "patience": 1}),),
        fit={"class_weight": ((0, 1.0), (1, 2.0))},
    ),
    "averaged": Training(
        [*convolved(16, 16), FLAT, dense(64), ONE],
        ("Adam", {"learning_rate": 0.001, "use_ema": True, "ema_momentum": 0.9}),
        validated=True,
        callbacks=(("SwapEMAWeights", {"swap_on_epoch": True}),),
    ),
    "moved": Training(
        [
            ("RandomFlip", {"mode": "horizontal"}),
            ("RandomRotation", {"factor": 0.1}),
            ("RandomZoom", {"height_factor": 0.2}),
            ("RandomTranslation", {"height_factor": 0.1, "width_factor": 0.1}),
            *convolved(16, 32),
            FLAT,
            dense(64),
            ONE,
        ],
        ADAM,
    ),
    "distorted": Training(
        [
            ("RandomShear", {"x_factor": 0.2, "y_factor": (0.1, 0.2)}),
            ("RandomPerspective", {"scale": 0.3}),
            ("RandomErasing", {"fill_value": 0.5, "value_range": (0, 1)}),
            *convolved(16, 32),
            FLAT,
            dense(64),
            ONE,
        ],
        ADAM,
    ),
    "coloured": Training(
        [
            ("RandomGaussianBlur", {"kernel_size": 5, "value_range": (0, 1)}),
            ("RandomInvert", {"factor": 0.5, "value_range": (0, 1)}),
            ("Solarization", {"threshold_factor": 0.2, "value_range": (0, 1)}),
            ("AutoContrast", {"value_range": (0, 1)}),
            *convolved(16, 32),
            FLAT,
            dense(64),
            ONE,
        ],
        RMSPROP,
    ),
    "contrasted": Training(
        [
            ("RandomContrast", {"factor": 0.3, "value_range": (0, 1)}),
            ("RandomBrightness", {"factor": 0.2, "value_range": (0, 1)}),
            *convolved(16, 32),
            FLAT,
            dense(64),
            ONE,
        ],
        RMSPROP,
    ),
    "held_back": Training(
        [*convolved(16, 32), FLAT, dense(64), ONE],
        RMSPROP,
        generator=SCALED | {"validation_split": 0.25},
        iterator={"subset": "training"},
        validated=True,
    ),
    "steps": Training(
        [*convolved(16, 32), FLAT, dense(64), ONE],
        ADAM,
        # Shuffled, even two plain runs differ: Keras draws the order while it loads images ahead.
        iterator={"shuffle": False},
        validated=True,
        fit={"steps_per_epoch": 5, "validation_steps": 2},
    ),
}
