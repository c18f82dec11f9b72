"""Usual ways to make ``tf.data`` datasets of a folder of images, and some that are not described.

Each function is given the folder, and returns what is trained on, and what is validated with.
"""
# ruff: noqa: ANN001, ANN201, ANN202, ARG001
# mypy: disable-error-code="no-untyped-def,no-untyped-call,misc"

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

IMAGES, SIZE = 40, (12, 10)
Ways = dict[str, Callable[[str], Any]]
AUTOTUNE = -1
# See ``use``.
keras: Any = None
layers: Any = None
tf: Any = None
DESCRIBED: Ways = {}
OTHERS: Ways = {}
# Why each of the others is none.
REASONS: dict[str, str] = {}


def use() -> None:
    """Import what ways are made with; a test takes their names alone."""
    names = {"keras": "keras", "layers": "keras.layers", "tf": "tensorflow"}
    globals().update({name: importlib.import_module(each) for name, each in names.items()})


def draw(folder: Path) -> None:
    """Draw images of two classes, each of a size of its own."""
    chance = np.random.default_rng(5)
    for number in range(IMAGES):
        height, width = chance.integers(8, 16, 2) if number % 3 else SIZE
        pixels = chance.integers(0, 256, (height, width, 3), dtype=np.uint8)
        path = folder / ("cats", "dogs")[number % 2] / f"{number:02}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(path)


def described(make: Callable[[str], Any]) -> Callable[[str], Any]:
    DESCRIBED[make.__name__] = make
    return make


def other(reason: str) -> Callable[[Callable[[str], Any]], Callable[[str], Any]]:
    def note(make: Callable[[str], Any]) -> Callable[[str], Any]:
        OTHERS[make.__name__], REASONS[make.__name__] = make, reason
        return make

    return note


def load(folder: str, **settings: Any) -> Any:
    usual: dict[str, Any] = {"image_size": SIZE, "batch_size": 8, "label_mode": "binary"}
    return keras.utils.image_dataset_from_directory(folder, verbose=False, **usual | settings)


@described
def as_loaded(folder):
    return load(folder), None


@described
def from_tensorflow(folder):
    loaded = tf.keras.utils.image_dataset_from_directory(
        folder, image_size=SIZE, label_mode="binary", batch_size=10, verbose=0
    )
    return loaded, None


@described
def from_preprocessing(folder):
    loaded = tf.keras.preprocessing.image_dataset_from_directory(
        folder, label_mode="binary", image_size=SIZE, verbose=False
    )
    return loaded, None


@described
def divided(folder):
    return load(folder).map(lambda x, y: (x / 255, y)), None


@described
def cast_and_divided(folder):
    def normalize(image, label):
        image = tf.cast(image, tf.float32)
        return image / 255.0, label

    return load(folder).map(normalize, num_parallel_calls=AUTOTUNE), None


@described
def multiplied(folder):
    return load(folder).map(lambda x, y: (x * (1.0 / 255), y)), None


@described
def multiplied_from_the_left(folder):
    return load(folder).map(lambda x, y: ((1 / 255.0) * x, y)), None


@described
def from_minus_one_to_one(folder):
    return load(folder).map(lambda x, y: (x / 127.5 - 1, y)), None


@described
def by_a_tensor(folder):
    most = tf.constant(255.0)
    return load(folder).map(lambda x, y: (x / most, y)), None


@described
def by_numpy(folder):
    return load(folder).map(lambda x, y: (x / np.float32(255), y)), None


@described
def by_keras_ops(folder):
    return load(folder).map(lambda x, y: (keras.ops.divide(x, 255.0), y)), None


@described
def rescaled(folder):
    rescaling = layers.Rescaling(1 / 255)
    return load(folder).map(lambda x, y: (rescaling(x), y)), None


@described
def rescaled_by_a_new_layer(folder):
    return load(folder).map(lambda x, y: (layers.Rescaling(1.0 / 127.5, offset=-1)(x), y)), None


@described
def cached_shuffled_prefetched(folder):
    train = load(folder, validation_split=0.2, subset="training", seed=123)
    val = load(folder, validation_split=0.2, subset="validation", seed=123)
    train = train.cache().shuffle(1000).prefetch(buffer_size=AUTOTUNE)
    return train, val.cache().prefetch(buffer_size=AUTOTUNE)


@described
def both_parts(folder):
    train, val = load(folder, validation_split=0.25, subset="both", seed=7)
    rescaling = layers.Rescaling(1 / 255)
    scaled = [each.map(lambda x, y: (rescaling(x), y)) for each in (train, val)]
    return scaled[0], scaled[1]


@described
def both_parts_in_order(folder):
    train, val = load(folder, validation_split=0.5, subset="both", shuffle=False)
    return train, val


@described
def taken_and_skipped(folder):
    data = load(folder).map(lambda x, y: (x / 255, y))
    size = int(len(data) * 0.6)
    return data.take(size), data.skip(size)


@described
def three_parts(folder):
    data = load(folder, batch_size=4)
    count = len(data)
    train, val = int(count * 0.7), int(count * 0.2)
    return data.take(train), data.skip(train).take(val)


@described
def parts_of_a_cardinality(folder):
    data = load(folder)
    held_back = tf.data.experimental.cardinality(data) // 5
    return data.skip(held_back), data.take(held_back)


@described
def parts_of_a_shuffle_that_stays(folder):
    data = load(folder, shuffle=False).shuffle(100, seed=3, reshuffle_each_iteration=False)
    return data.skip(2), data.take(2)


@described
def parts_by_images(folder):
    data = load(folder, shuffle=False, batch_size=None).shuffle(IMAGES, seed=11)
    train, val = data.take(30), data.skip(30)
    return train.batch(10).prefetch(2), val.batch(10)


@described
def parts_of_a_cache(folder):
    data = load(folder).cache()
    return data.take(4), data.skip(4)


@described
def parts_of_a_cache_that_was_filled(folder):
    data = load(folder).cache()
    count = len(list(data))
    return data.take(count - 1), data.skip(count - 1)


def parts_of_a_cache_that_was_looked_at(folder: str) -> Any:
    data = load(folder).cache()
    next(iter(data))
    for images, _ in data.take(1):
        images.numpy()
    return data.take(4), data.skip(4)


@described
def parts_of_a_cache_that_was_reduced(folder):
    data = load(folder).cache()
    seen = data.map(lambda x, y: (x / 255, y)).reduce(np.int64(0), lambda count, *_: count + 1)
    return data.skip(seen // 2), data.take(seen // 2)


@described
def shuffled_once_more(folder):
    return load(folder, shuffle=False).unbatch().shuffle(IMAGES, seed=1).batch(8), None


@described
def shuffled_without_a_seed(folder):
    return load(folder).shuffle(3), None


@described
def batched_anew(folder):
    return load(folder).unbatch().batch(16, drop_remainder=True), None


@described
def batched_later(folder):
    data = load(folder, batch_size=None, seed=4)
    data = data.map(lambda x, y: (tf.cast(x, tf.float32) / 255.0, y), num_parallel_calls=AUTOTUNE)
    return data.cache().shuffle(20).batch(8, num_parallel_calls=AUTOTUNE).prefetch(AUTOTUNE), None


@described
def repeated(folder):
    return load(folder).map(lambda x, y: (x / 255, y)).repeat(), None


@described
def repeated_twice(folder):
    return load(folder).repeat(2), load(folder, shuffle=False).repeat(1)


@described
def concatenated(folder):
    train, val = load(folder, validation_split=0.25, subset="both", seed=7)
    return train.concatenate(val), val


@described
def of_several_labels(folder):
    return load(folder, label_mode="categorical"), None


@described
def of_whole_labels(folder):
    return load(folder, label_mode="int"), None


@described
def one_hot(folder):
    return load(folder, label_mode="int").map(lambda x, y: (x, tf.one_hot(y, 2))), None


@described
def cast_labels(folder):
    return load(folder, label_mode="int").map(lambda x, y: (x, tf.cast(y, tf.float32))), None


@described
def labels_in_a_column(folder):
    def column(x, y):
        return x, tf.expand_dims(tf.cast(y, tf.float32), axis=-1)

    return load(folder, label_mode="int").map(column), None


@described
def grey(folder):
    return load(folder, color_mode="grayscale", interpolation="nearest"), None


@described
def cropped_to_its_ratio(folder):
    return load(folder, crop_to_aspect_ratio=True, image_size=(9, 9)), None


@described
def padded_to_its_ratio(folder):
    return load(folder, pad_to_aspect_ratio=True, image_size=9), None


@described
def classes_in_another_order(folder):
    return load(folder, class_names=["dogs", "cats"]), None


@described
def resized_by_a_layer(folder):
    resizing = keras.Sequential([layers.Resizing(8, 8), layers.Rescaling(1 / 255)])
    return load(folder).map(lambda x, y: (resizing(x), y)), None


@described
def resized_by_tensorflow(folder):
    return load(folder).map(lambda x, y: (tf.image.resize(x, (6, 6)) / 255.0, y)), None


@described
def augmented(folder):
    augmentation = keras.Sequential(
        [layers.RandomFlip("horizontal"), layers.RandomRotation(0.1), layers.RandomZoom(0.2)]
    )
    train = load(folder, validation_split=0.2, subset="training", seed=123)
    val = load(folder, validation_split=0.2, subset="validation", seed=123)
    train = train.map(lambda x, y: (augmentation(x, training=True), y))
    return train.prefetch(AUTOTUNE), val


@described
def augmented_by_a_list(folder):
    random = [layers.RandomFlip("horizontal_and_vertical", seed=2), layers.RandomBrightness(0.2)]

    def augment(images, labels):
        for layer in random:
            images = layer(images)
        return images / 255, labels

    return load(folder).map(augment), None


@other("computes something that the grader does not do again: StatelessIf")
def flipped_by_tensorflow(folder):
    data = load(folder, batch_size=None)
    return data.map(lambda x, y: (tf.image.random_flip_left_right(x, seed=1), y)).batch(8), None


@other("RealDiv")
def standardized(folder):
    data = load(folder, batch_size=None)
    return data.map(lambda x, y: (tf.image.per_image_standardization(x), y)).batch(8), None


@other("_FilterDataset")
def filtered(folder):
    data = load(folder, batch_size=None)
    return data.filter(lambda _, y: tf.reduce_all(y < 1)).batch(8), None


@other("is no loader of flow_from_directory: _TensorSliceDataset")
def of_arrays(folder):
    x = np.zeros((8, *SIZE, 3), "float32")
    return tf.data.Dataset.from_tensor_slices((x, np.zeros((8, 1), "float32"))), None


@other("of a dataset that was made in another way than the grader knows: _TensorSliceDataset")
def of_arrays_in_batches(folder):
    x = np.zeros((8, *SIZE, 3), "float32")
    return tf.data.Dataset.from_tensor_slices((x, np.zeros((8, 1), "float32"))).batch(4), None


@other("EagerPyFunc")
def by_python(folder):
    def half(x):
        return tf.ensure_shape(tf.py_function(lambda each: each / 2, [x], tf.float32), x.shape)

    return load(folder).map(lambda x, y: (half(x), y)), None


@other("is no loader of flow_from_directory: _ZipDataset")
def zipped(folder):
    data = load(folder, shuffle=False)
    return tf.data.Dataset.zip((data.map(lambda x, _: x), data.map(lambda _, y: y))), None


@other("computes with more than one number: Sub")
def labels_exchanged(folder):
    return load(folder).map(lambda x, y: (x, 1 - y)), None


@other("Mul")
def labels_in_the_images(folder):
    return load(folder).map(lambda x, y: (x * y[:, None, None], y)), None


@other("keeps images in a file")
def cached_in_a_file(folder):
    return load(folder).cache(folder + "/../cache"), None


@other("the cache that take is made of may have been filled before")
def parts_of_a_cache_that_was_predicted(folder):
    data = load(folder).cache()
    model = keras.Sequential([keras.Input((*SIZE, 3)), layers.Flatten(), layers.Dense(1)])
    model.predict(data, verbose=0)
    return data.take(4), data.skip(4)


@other("of a class that is not Keras' own: Own")
def by_a_layer_of_ones_own(folder):
    class Own(layers.Layer):
        def call(self, x):
            return x * 2

    own = Own()
    return load(folder).map(lambda x, y: (own(x), y)), None


@other("takes or gives other than images and labels")
def weighted(folder):
    return load(folder).map(lambda x, y: (x, y, tf.ones_like(y))), None


# Some that are looked at once more: with shared, cached, shuffled and random parts.
SEEDED = (
    "parts_of_a_cache_that_was_filled",
    "cached_shuffled_prefetched",
    "taken_and_skipped",
    "parts_of_a_cache",
    "augmented",
)
