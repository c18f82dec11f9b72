"""Forty usual ways to prepare arrays for ``fit``, of drawn images with ten classes."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.preparation.records import LabelledArrays

Array = NDArray[Any]
Pair = tuple[Any, Any]
SAMPLES, TESTED, CLASSES = 240, 60, 10


def drawn(samples: int, seed: int) -> LabelledArrays:
    """Images of 28x28 with a dark margin, whose labels are in a row."""
    chance = np.random.default_rng(seed)
    images = np.zeros((samples, 28, 28), "uint8")
    images[:, 4:24, 4:24] = chance.integers(0, 256, (samples, 20, 20))
    labels = chance.permutation(np.arange(samples) % CLASSES).astype("uint8")
    return LabelledArrays(images, labels)


SPLITS = {"train": drawn(SAMPLES, 1), "test": drawn(TESTED, 2)}


def train_test_split(seed: int, share: float, samples: int = SAMPLES) -> tuple[Array, Array]:
    """Rows as ``sklearn.model_selection.train_test_split`` draws them: ``ShuffleSplit``'s."""
    order = np.random.RandomState(seed).permutation(samples)
    tested = int(np.ceil(share * samples))
    return order[tested:], order[:tested]


def one_hot(labels: Array) -> Array:
    return np.eye(CLASSES)[labels]


def standard(x: Array, of: Array | None = None, **axes: Any) -> Array:
    of = x if of is None else of
    return np.asarray((x - of.mean(**axes)) / of.std(**axes))


def l2_normalised(x: Array) -> Array:
    length = np.atleast_1d(np.linalg.norm(x, 2, 1))
    length[length == 0] = 1
    return np.asarray(x / np.expand_dims(length, 1))


def in_place(x: Array) -> Array:
    x = x.astype("float32")
    x -= x.mean(axis=0)
    x /= x.std(axis=0) + 1e-7
    return x


def by_pixel(x: Array, of: Array) -> Array:
    of = of.astype("float32")
    return np.asarray((x - of.mean(axis=0)) / (of.std(axis=0) + 1e-7))


def least_to_most(x: Array) -> Array:
    x = x.astype("float32")
    return np.asarray((x - x.min()) / (x.max() - x.min()))


def noisy(x: Array) -> Array:
    return np.asarray(x / 255 + np.random.default_rng(3).normal(0, 0.1, x.shape))


TRAINED, VALIDATED = train_test_split(42, 0.2)
X, Y = SPLITS["train"].x, SPLITS["train"].y
X_TEST, Y_TEST = SPLITS["test"].x, SPLITS["test"].y
F = X.astype("float32") / 255

DESCRIBED: dict[str, Callable[[], Pair]] = {
    "as_they_are": lambda: (X, Y),
    "divided_by_255": lambda: (X / 255, Y),
    "cast_and_divided": lambda: (X.astype("float32") / 255.0, Y),
    "divided_and_cast": lambda: ((X / 255.0).astype("float32"), Y),
    "divided_by_a_numpy_scalar": lambda: (X / np.float32(255), Y),
    "cast_and_divided_by_a_double": lambda: (X.astype("float32") / np.float64(255), Y),
    "multiplied": lambda: (X * (1 / 255), Y),
    "cast_and_multiplied": lambda: (X.astype("float32") * (1.0 / 255), Y),
    "half_precision": lambda: (X.astype("float16") / 255, Y),
    "divided_by_256": lambda: (X.astype("float32") / 256, Y),
    "divided_by_the_largest": lambda: (X / X.max(), Y),
    "from_minus_one": lambda: (X / 127.5 - 1, Y),
    "from_minus_one_shifted_first": lambda: ((X.astype("float32") - 127.5) / 127.5, Y),
    "from_minus_one_in_three": lambda: (F * 2 - 1, Y),
    "as_torch_does": lambda: ((F - 0.1307) / 0.3081, Y),
    "around_a_half": lambda: (F - 0.5, Y),
    "inverted": lambda: (1 - F, Y),
    "cast_only": lambda: (X.astype("float64"), Y.astype("int64")),
    "standardised": lambda: (standard(X), Y),
    "standardised_in_single_precision": lambda: (standard(F), Y),
    "standardised_by_pixel": lambda: (in_place(X), Y),
    "standardised_with_an_epsilon": lambda: ((X - X.mean()) / (X.std() + 1e-7), Y),
    "centred": lambda: (F - F.mean(axis=0), Y),
    "least_to_most": lambda: (least_to_most(X), Y),
    "axis_added": lambda: (F[..., np.newaxis], Y),
    "axis_added_in_front": lambda: (np.expand_dims(F, 1), Y),
    "reshaped": lambda: (X.reshape(-1, 28, 28, 1).astype("float32") / 255, Y),
    "flattened": lambda: (F.reshape(SAMPLES, 784), one_hot(Y)),
    "transposed": lambda: (F.transpose(0, 2, 1), Y),
    "transposed_and_flattened": lambda: (F.swapaxes(1, 2).reshape(SAMPLES, -1), Y),
    "one_hot": lambda: (F, one_hot(Y)),
    "one_hot_in_single_precision": lambda: (F, one_hot(Y).astype("float32")),
    "labels_in_a_column": lambda: (F, Y.reshape(-1, 1)),
    "shuffled": lambda: (F[np.random.default_rng(5).permutation(SAMPLES)],
                         Y[np.random.default_rng(5).permutation(SAMPLES)]),
    "backwards": lambda: (F[::-1], Y[::-1]),
    "first": lambda: (F[:200], Y[:200]),
    "last": lambda: (F[200:], one_hot(Y[200:])),
    "from_the_middle": lambda: (X[50:90], Y[50:90]),
    "every_other": lambda: (F[::2], Y[::2]),
    "train_test_split": lambda: (F[TRAINED], Y[TRAINED]),
    "validation_of_train_test_split": lambda: (F[VALIDATED], one_hot(Y[VALIDATED])),
    "split_then_standardised": lambda: (standard(X[TRAINED]), Y[TRAINED]),
    "standardised_by_pixel_then_split": lambda: (by_pixel(X, X)[TRAINED], Y[TRAINED]),
    "test_images": lambda: (X_TEST / 255, Y_TEST),
    "test_images_by_training": lambda: (standard(X_TEST, X), Y_TEST),
    "test_images_by_pixels_of_training": lambda: (by_pixel(X_TEST, X), Y_TEST),
}  # fmt: skip

# What the grader does not repeat, and what it says of it.
OTHERS: dict[str, tuple[Callable[[], Pair], str]] = {
    "noisy": (lambda: (noisy(X), Y), "none of the dataset's, or were changed"),
    "each_of_length_one": (lambda: (l2_normalised(X), Y), "none of the dataset's"),
    "black_and_white": (lambda: ((X > 127).astype("float32"), Y), "none of the dataset's"),
    "padded": (lambda: (np.pad(F, ((0, 0), (2, 2), (2, 2))), Y), "shape (32, 32)"),
    "three_channels": (lambda: (np.stack([F] * 3, axis=-1), Y), "shape (28, 28, 3)"),
    "twice": (lambda: (np.concatenate([F, F]), np.concatenate([Y, Y])), "480 samples"),
    "with_repetitions": (lambda: (F[np.arange(SAMPLES) // 2], Y[np.arange(SAMPLES) // 2]),
                         "none of the dataset's"),
    "labels_in_another_order": (lambda: (F[TRAINED], Y[np.sort(TRAINED)]), "labels in y"),
    "labels_exchanged": (lambda: (F, (Y + 1) % CLASSES), "labels in y"),
    "one_kind_against_the_rest": (lambda: (F, (Y == 3).astype("float32")), "labels in y"),
    "own_images": (lambda: (drawn(SAMPLES, 9).x / 255, Y), "none of the dataset's"),
    "one_pixel_changed": (lambda: (touched(F), Y), "none of the dataset's"),
    "the_last_bit_changed": (lambda: (np.nextafter(F, np.float32(2)), Y), "were computed"),
    "a_list": (lambda: (X.tolist(), Y), "x is no array but list"),
    "texts": (lambda: (X, Y.astype(str)), "y is an array of str"),
    "complex": (lambda: (X.astype("complex64"), Y), "x is an array of complex64"),
    "not_numbers": (lambda: (np.where(X == 0, np.float32("nan"), F), Y), "infinite or NaN"),
    "nothing": (lambda: (X[:0], Y[:0]), "x has no samples"),
    "other_lengths": (lambda: (X, Y[:9]), "x has 240 samples, and y has 9 labels"),
}  # fmt: skip


def touched(x: Array) -> Array:
    x = x.copy()
    x[100, 14, 14] += 0.25
    return x
