"""Ways to divide a folder of images into what is trained on and what is validated with.

Each function is given the folder and a seed. What is wrong with it, if anything, is known.
"""
# ruff: noqa: ANN001, ANN201, ARG001
# mypy: disable-error-code="no-untyped-def,no-untyped-call,misc"

from collections.abc import Callable
from typing import Any

from pipelines import IMAGES, load

Way = Callable[[str, int], Any]
WAYS: dict[str, Way] = {}
# Names of the expectations that a way does not meet.
WRONG: dict[str, set[str]] = {}
APART, CLASSES, LEFT_OUT = "apart", "of_all_classes", "leaves_nothing_out"


def way(*wrong: str) -> Callable[[Way], Way]:
    """Note a way, and what is wrong with it."""

    def note(make: Way) -> Way:
        WAYS[make.__name__], WRONG[make.__name__] = make, set(wrong)
        return make

    return note


@way()
def by_two_calls(folder, seed):
    settings = {"validation_split": 0.3, "seed": seed}
    return tuple(load(folder, subset=name, **settings) for name in ("training", "validation"))


@way()
def by_one_call(folder, seed):
    return tuple(load(folder, validation_split=0.3, subset="both", seed=seed))


@way()
def of_a_cache_that_was_filled(folder, seed):
    data = load(folder, seed=seed).cache()
    list(data)
    return data.take(3), data.skip(3)


@way()
def of_batches_in_an_order_that_stays(folder, seed):
    data = load(folder, shuffle=False, batch_size=None)
    data = data.shuffle(IMAGES, seed=seed, reshuffle_each_iteration=False).batch(8)
    return data.take(3).shuffle(3), data.skip(3)


@way()
def of_images_in_an_order_that_stays(folder, seed):
    data = load(folder, shuffle=False).unbatch()
    data = data.shuffle(IMAGES, seed=seed, reshuffle_each_iteration=False)
    return data.take(28).batch(7), data.skip(28).batch(4)


@way(APART, LEFT_OUT)
def of_what_is_shuffled_anew(folder, seed):
    data = load(folder).map(lambda x, y: (x / 255, y))
    return data.take(3), data.skip(3)


@way(APART, LEFT_OUT)
def of_what_is_shuffled_anew_with_a_seed(folder, seed):
    data = load(folder, seed=seed)
    return data.take(3), data.skip(3)


@way(APART, LEFT_OUT)
def of_images_that_are_shuffled_anew(folder, seed):
    data = load(folder, shuffle=False, batch_size=None).shuffle(IMAGES, seed=seed)
    return data.take(28).batch(7), data.skip(28).batch(4)


@way(APART, LEFT_OUT)
def of_a_cache_that_was_not_filled(folder, seed):
    data = load(folder, seed=seed).cache()
    return data.take(3), data.skip(3)


@way(APART, LEFT_OUT)
def by_two_seeds(folder, seed):
    train = load(folder, validation_split=0.3, subset="training", seed=seed)
    return train, load(folder, validation_split=0.3, subset="validation", seed=seed + 1)


@way(APART)
def all_and_some(folder, seed):
    return load(folder, seed=seed), load(folder, seed=seed).take(2)


@way(APART, LEFT_OUT)
def the_first_of_both(folder, seed):
    train, _ = load(folder, validation_split=0.3, subset="both", seed=seed)
    return train, train.take(1)


@way(CLASSES)
def of_files_in_their_order(folder, seed):
    data = load(folder, shuffle=False)
    return data.take(3), data.skip(3)


@way(LEFT_OUT)
def with_a_batch_between(folder, seed):
    data = load(folder, shuffle=False, batch_size=None)
    data = data.shuffle(IMAGES, seed=seed, reshuffle_each_iteration=False).batch(8)
    return data.take(3), data.skip(4)


@way(LEFT_OUT)
def without_what_remains(folder, seed):
    train, val = load(folder, validation_split=0.3, subset="both", seed=seed, batch_size=None)
    return train.batch(8, drop_remainder=True), val.batch(8, drop_remainder=True)
