"""Has models and loaders described, accepted and made again; run by test_describing.py."""
# ruff: noqa: T201, ARG005
# mypy: disable-error-code="misc,no-untyped-def,no-untyped-call"

import functools
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras import layers, losses, metrics, optimizers
from PIL import Image
from tensorflow.keras.preprocessing.image import ImageDataGenerator

from grader.probe.describing import images, networks
from grader.probe.describing.creation import CreationOrder, forget, watch_creation
from grader.probe.describing.request import describe
from grader.probe.describing.values import Undescribable
from grader.training.accept import accept
from grader.training.build import build
from grader.training.description import Architecture, canonical, digest, key

SHAPE = (24, 24, 3)
Case = Callable[[Any], tuple[Any, dict[str, Any]]]


class Mine(layers.Dense):
    pass


class Subclassed(keras.Model):
    pass


class Stop(keras.callbacks.Callback):
    pass


class Patient(keras.callbacks.EarlyStopping):
    pass


def binary_crossentropy(y_true: Any, y_pred: Any) -> Any:
    return keras.losses.binary_crossentropy(y_true, y_pred)


def relu(values: Any) -> Any:
    return keras.ops.maximum(values, 0.0)


def flow(folder: Path, generator: Any = None, **settings: Any) -> Any:
    usual = {"target_size": SHAPE[:2], "batch_size": 2, "class_mode": "binary"}
    generator = generator or ImageDataGenerator(rescale=1 / 255)
    return generator.flow_from_directory(str(folder), **usual | settings)


def tail(units: int = 1, activation: Any = "sigmoid") -> list[Any]:
    return [layers.Conv2D(4, 3), layers.Flatten(), layers.Dense(units, activation=activation)]


def sequential(*given: Any) -> Any:
    return keras.Sequential([keras.Input(SHAPE), *given])


def chained(start: Any, *steps: Any) -> Any:
    return functools.reduce(lambda values, step: step(values), steps, start)


def functional(*steps: Any) -> Any:
    start = keras.Input(SHAPE)
    return keras.Model(start, chained(start, *steps))


def residual() -> Any:
    start = keras.Input(SHAPE)
    trunk = layers.Conv2D(3, 3, padding="same", activation="relu")(start)
    sides = [layers.Add()([start, trunk]), layers.Multiply()([trunk, trunk])]
    merged = layers.Concatenate()([*sides, layers.Identity()(start)])
    return keras.Model(start, chained(merged, layers.GlobalAveragePooling2D(), layers.Dense(1)))


def augmented() -> Any:
    augmentation = keras.Sequential(
        [layers.RandomFlip("horizontal"), layers.RandomRotation(0.1), layers.RandomZoom(0.2)]
    )
    start = keras.Input(SHAPE)
    return keras.Model(start, chained(start, augmentation, layers.RandomContrast(0.1), *tail()))


def backwards() -> Any:
    out, flat, convolution = layers.Dense(1), layers.Flatten(), layers.Conv2D(4, 3)
    return sequential(convolution, flat, out)


def alike() -> Any:
    model = keras.Sequential(name="another")
    model.add(layers.InputLayer(shape=SHAPE))
    model.add(layers.Conv2D(kernel_size=(3, 3), filters=4, name="first"))
    model.add(layers.Flatten())
    model.add(layers.Dense(activation="sigmoid", units=1, kernel_initializer="glorot_uniform"))
    return model


def frozen() -> Any:
    model = sequential(*tail())
    model.layers[0].trainable = False
    return model


def weighty() -> Any:
    return sequential(
        layers.Conv2D(
            4,
            3,
            kernel_initializer=keras.initializers.RandomNormal(stddev=0.02, seed=3),
            bias_initializer=keras.initializers.Constant(0.1),
            kernel_regularizer="l2",
            activity_regularizer=keras.regularizers.L1(0.001),
            kernel_constraint=keras.constraints.MaxNorm(3, axis=[0, 1, 2]),
        ),
        layers.Flatten(),
        layers.Dense(
            8,
            kernel_initializer="he_uniform",
            activity_regularizer=keras.regularizers.L1L2(0.01, 0.02),
            kernel_constraint="non_neg",
        ),
        layers.Dense(1),
    )


def everything() -> Any:
    image = [
        layers.Rescaling(np.float64(1 / 255), offset=-0.5), layers.Resizing(20, 22),
        layers.RandomTranslation(0.1, (-0.2, 0.1)), layers.RandomBrightness(0.1),
        layers.RandomShear(0.1, (0.1, 0.2)), layers.RandomPerspective(scale=0.1),
        layers.RandomErasing(0.5), layers.RandomGaussianBlur(), layers.RandomInvert(0.2),
        layers.Solarization(0.1, 0.2), layers.AutoContrast((0, 1)),
        layers.CenterCrop(18, 20), layers.ZeroPadding2D(((1, 0), (2, 1))),
        layers.Cropping2D(1), layers.UpSampling2D(2), layers.GaussianNoise(0.1),
        layers.SeparableConv2D(6, 3, depth_multiplier=2), layers.ReLU(max_value=6.0),
        layers.BatchNormalization(), layers.DepthwiseConv2D(3, padding="same"),
        layers.LeakyReLU(0.1), layers.LayerNormalization(), layers.PReLU(shared_axes=[1, 2]),
        layers.GroupNormalization(3), layers.ELU(), layers.MaxPooling2D(3, strides=2),
        layers.AveragePooling2D(2), layers.SpatialDropout2D(0.2), layers.UnitNormalization(),
        layers.Permute((2, 1, 3)), layers.GlobalMaxPooling2D(keepdims=True),
    ]  # fmt: skip
    flat = [
        layers.Flatten(), layers.Reshape((-1, 2)), layers.Softmax(), layers.Flatten(),
        layers.ActivityRegularization(l2=0.1), layers.AlphaDropout(0.1),
        layers.GaussianDropout(0.1), layers.Dropout(0.2, seed=5), layers.Activation("tanh"),
        layers.Dense(1),
    ]  # fmt: skip
    return sequential(*image, *flat)


def compiled(model: Any, **given: Any) -> Any:
    model.compile(**{"loss": "binary_crossentropy", "metrics": ["accuracy"], **given})
    return model


def plain(make: Callable[[], Any], **given: Any) -> Case:
    return lambda folder: (compiled(make(), **given), {"x": flow(folder), "epochs": 3})


def fitted(**arguments: Any) -> Case:
    return lambda folder: (compiled(sequential(*tail())), {"x": flow(folder), **arguments})


def loaded(make: Callable[[Path], Any]) -> Case:
    return lambda folder: (compiled(keras.Sequential(tail())), {"x": make(folder)})


def trained(folder: Path) -> tuple[Any, dict[str, Any]]:
    model = compiled(sequential(*tail()))
    model.set_weights([weight + 1 for weight in model.get_weights()])
    return model, {"x": flow(folder)}


def validating(folder: Path) -> tuple[Any, dict[str, Any]]:
    generator = ImageDataGenerator(validation_split=0.5)
    loader, other = (flow(folder, generator, subset=name) for name in ("training", "validation"))
    arguments = {"x": loader, "validation_data": other, "validation_freq": [1, 3], "epochs": 4}
    return compiled(sequential(*tail())), arguments


def trained_elsewhere(folder: Path) -> tuple[Any, dict[str, Any]]:
    model, arguments = trained(folder)
    forget(model)
    return model, arguments


DECAY = optimizers.schedules.ExponentialDecay(0.01, 8, 0.9)
AUGMENTING = {
    "rotation_range": 40, "width_shift_range": 0.2, "height_shift_range": [-1, 0, 1],
    "brightness_range": (0.5, 1.5), "shear_range": 0.2, "zoom_range": 0.2,
    "horizontal_flip": True, "fill_mode": "nearest", "rescale": np.float64(1 / 255),
    "samplewise_std_normalization": True,
}  # fmt: skip
CASES: dict[str, Case] = {
    "sequential": plain(lambda: sequential(layers.MaxPooling2D(), *tail())),
    "deferred": plain(lambda: keras.Sequential(tail())),
    "input_shape": plain(
        lambda: keras.Sequential([layers.InputLayer(shape=SHAPE), layers.Flatten(), *tail()[2:]])
    ),
    "open_shape": plain(
        lambda: keras.Sequential(
            [keras.Input((None, None, 3)), layers.GlobalAveragePooling2D(), layers.Dense(1)]
        )
    ),
    "batch_shape": plain(
        lambda: keras.Sequential([keras.Input(SHAPE, batch_size=2), *tail()])
    ),
    "functional": plain(lambda: functional(*tail())),
    "sequential_alike": plain(alike),
    "residual": plain(residual),
    "augmented": plain(augmented),
    "nested": plain(lambda: sequential(functional(layers.Conv2D(2, 3)), layers.Flatten())),
    "backwards": plain(backwards),
    "frozen": plain(frozen),
    "weighty": plain(weighty),
    "everything": plain(everything),
    "activations": plain(
        lambda: sequential(
            layers.Conv2D(4, 3, activation=tf.nn.relu),
            layers.Conv2D(4, 3, activation=keras.activations.swish),
            *tail(2, tf.keras.activations.softmax),
        ),
        loss=losses.SparseCategoricalCrossentropy(from_logits=True),
    ),
    "optimizer": plain(
        lambda: sequential(*tail()),
        optimizer=optimizers.Adam(DECAY, clipnorm=1.0),
        loss=losses.Huber(delta=0.5),
        metrics=["acc", metrics.AUC(), metrics.Precision(thresholds=[0.5]), "mae"],
    ),
    "functions": plain(
        lambda: sequential(*tail()),
        optimizer="rmsprop",
        loss=losses.binary_crossentropy,
        metrics=[metrics.binary_accuracy, metrics.BinaryAccuracy(name="other", threshold=0.4)],
    ),
    "two_units": plain(
        lambda: sequential(*tail(2, "softmax")), loss=["sparse_categorical_crossentropy"]
    ),
    "augmenting": loaded(lambda folder: flow(folder, ImageDataGenerator(**AUGMENTING))),
    "loader": loaded(
        lambda folder: flow(
            folder, batch_size=np.int64(3), shuffle=False, seed=4, class_mode="categorical",
            color_mode="grayscale", interpolation="bilinear",
        )
    ),
    "switch": loaded(lambda folder: flow(folder, ImageDataGenerator(1 / 255))),
    "zca": loaded(lambda folder: flow(folder, ImageDataGenerator(zca_whitening=True))),
    "validating": validating,
    "trained_elsewhere": trained_elsewhere,
    "callbacks": fitted(
        epochs=5,
        callbacks=[
            Stop(),
            [keras.callbacks.EarlyStopping("loss", patience=2, mode="min", baseline=0.5)],
            keras.callbacks.ReduceLROnPlateau("loss", factor=0.5),
            keras.callbacks.TerminateOnNaN(),
            Patient("loss"),
            keras.callbacks.LearningRateScheduler(lambda epoch: 0.1),
            keras.callbacks.History(),
        ],
    ),
    "monitored": fitted(
        callbacks=[
            Stop(),
            keras.callbacks.EarlyStopping("f1"),
            keras.callbacks.ReduceLROnPlateau("val_loss"),
        ]
    ),
    "monitored_alone": fitted(callbacks=[keras.callbacks.EarlyStopping("f1")]),
    "class_weight": fitted(class_weight={1: np.float32(0.5), 0: 2}, steps_per_epoch=2, verbose=2),
}  # fmt: skip
OTHER_CASES: dict[str, Case] = {
    "subclassed": plain(Subclassed),
    "own_layer": plain(lambda: sequential(layers.Flatten(), Mine(1))),
    "earlier": plain(lambda: sequential(tf.keras.layers.AlphaDropout(0.1), *tail())),
    "twice": plain(lambda: functional(*[layers.Dense(3)] * 2, layers.Flatten())),
    "operation": plain(lambda: functional(lambda values: values / 255, *tail())),
    "two_outputs": plain(
        lambda: keras.Model(start := keras.Input(SHAPE), [layers.Flatten()(start), start])
    ),
    "own_activation": plain(lambda: sequential(*tail(1, relu))),
    "layer_as_activation": plain(lambda: sequential(*tail(1, layers.LeakyReLU()))),
    "own_initializer": plain(
        lambda: sequential(layers.Dense(1, kernel_initializer=lambda shape, dtype=None: shape))
    ),
    "half_precision": plain(lambda: sequential(layers.Dense(1, dtype="float16"))),
    "array": plain(lambda: sequential(layers.Rescaling(np.ones(3)), *tail())),
    "own_loss": plain(lambda: sequential(*tail()), loss=binary_crossentropy),
    "no_loss": plain(lambda: sequential(*tail()), loss=None),
    "unknown_loss": plain(lambda: sequential(*tail()), loss="binary_crosentropy"),
    "own_metric": plain(lambda: sequential(*tail()), metrics=[binary_crossentropy]),
    "weighted": plain(lambda: sequential(*tail()), loss_weights=[0.5]),
    "uncompiled": lambda folder: (sequential(*tail()), {"x": flow(folder)}),
    "arrays": fitted(x=np.zeros((2, *SHAPE)), y=np.zeros(2)),
    "labels": fitted(y=np.zeros(2)),
    "split": fitted(validation_split=0.5),
    "dataset": loaded(lambda folder: tf.data.Dataset.from_tensors(1)),
    "preprocessing": loaded(
        lambda folder: flow(folder, ImageDataGenerator(preprocessing_function=abs))
    ),
    "trained": trained,
}


def case(make: Case, folder: Path, watch: CreationOrder) -> dict[str, Any]:
    model, arguments = make(folder)
    asked = describe(model, arguments, watch)
    sent = json.dumps(asked.description, allow_nan=False).encode()
    accepted = accept(sent)
    return {
        "description": asked.description,
        "own": [type(callback).__name__ for callback in asked.own],
        "again": accept(canonical(accepted)) == accepted,
        "key": key(accepted),
        "rebuilt": rebuilt(model, accepted.architecture, asked.description["architecture"]),
    }


def rebuilt(model: Any, architecture: Architecture, described: Any) -> list[Any]:
    """What differs between a model and the one that the trainer makes of it."""
    again = build(architecture).model
    found = networks.describe(again, SHAPE, lambda layer: None)
    pairs = [(ordered(found["layers"]), ordered(described["layers"]))]
    pairs += [(configs(again), configs(model))]
    return [pair for pair in pairs if pair[0] != pair[1]]


def ordered(described: list[Any]) -> list[str]:
    return sorted(json.dumps([each["part"], each["arguments"]]) for each in described)


def configs(model: Any) -> list[str]:
    """Configurations of all layers without their names, in an order of their own."""
    found = [layer for layer in model._flatten_layers() if not isinstance(layer, keras.Model)]
    return sorted(
        json.dumps({**layer.get_config(), "name": ""}, default=str)
        for layer in found
        if not isinstance(layer, layers.InputLayer)
    )


def reason(make: Case, folder: Path, watch: CreationOrder) -> str | None:
    try:
        describe(*make(folder), watch)
    except Undescribable as error:
        return str(error)
    return None


def states() -> tuple[Any, ...]:
    return random.getstate(), str(np.random.get_state())  # noqa: NPY002 - Keras uses it


def disturbed(folder: Path, watch: CreationOrder) -> dict[str, bool]:
    """Whether describing left names and random states alone."""
    model, arguments = CASES["optimizer"](folder)
    model.compile(loss="mse", metrics=["Recall", metrics.mean_absolute_error])
    before = states()
    describe(model, arguments, watch)
    kept = states() == before
    return {"names_kept": metrics.Recall().name == "recall", "state_kept": kept}


def main(folder: Path) -> dict[str, Any]:
    for number, name in enumerate(("happy", "sad") * 2):
        (folder / name).mkdir(exist_ok=True)
        Image.new("RGB", SHAPE[:2], "white").save(folder / name / f"{number}.png")
    watch = watch_creation()
    loader = flow(folder)
    files = list(zip(loader.filenames, map(int, loader.classes), strict=True))
    return {
        **disturbed(folder, watch),
        "digests": [digest(files), images.digest(files)],
        "described": {name: case(make, folder, watch) for name, make in CASES.items()},
        "reasons": {name: reason(make, folder, watch) for name, make in OTHER_CASES.items()},
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
