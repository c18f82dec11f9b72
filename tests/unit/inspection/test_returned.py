"""What a function returned instead of a loader is told in plain words."""

import functools
import math
from collections import Counter, UserDict, deque
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import pytest

from grader.inspection.returned import describe, gives_batches, type_name, words

IMAGES, LABELS = np.zeros((4, 8, 8, 3)), np.arange(4)


class Generator:
    """Stands for an ImageDataGenerator: it has a method that makes loaders, and no images."""

    def flow(self) -> Any:
        return self


class Frame:
    """Stands for a table, which is asked for a column by its name."""

    def keys(self) -> list[str]:
        return ["image"]

    def __len__(self) -> int:
        return 1

    def __getitem__(self, name: str) -> Any:
        raise KeyError(name)


class Batches:
    def __len__(self) -> int:
        return 1

    def __getitem__(self, index: int) -> Any:
        return IMAGES, LABELS


def yielding() -> Iterator[Any]:
    yield IMAGES, LABELS


NO_LOADERS = [
    (None, "nothing", "nothing"),
    (Generator(), "a Generator", "object"),
    (Generator, "the class Generator", "class"),
    (Generator().flow, "the method flow", "function"),
    (yielding, "the function yielding", "function"),
    (len, "the function len", "function"),
    (functools.partial(print, 1), "the function partial", "function"),
    (math, "the module math", "object"),
    ("../data", "a text (str)", "object"),
    (b"data", "bytes", "object"),
    (PurePosixPath("data"), "a PurePosixPath", "object"),
    (7, "a number (int)", "object"),
    (0.5, "a number (float)", "object"),
    (False, "a truth value (bool)", "object"),
    ((), "an empty tuple", "collection"),
    ((Batches(), Batches()), "a tuple of 2", "collection"),
    ([], "an empty list", "collection"),
    ([Batches()], "a list of 1", "collection"),
    ([IMAGES, LABELS], "a list of 2", "collection"),
    ({"train": Batches(), "validation": Batches()}, "a dict of 2", "collection"),
    ({1}, "a set of 1", "collection"),
    (Counter("a"), "a Counter", "collection"),
    (UserDict({"a": 1}), "a UserDict", "object"),
    (Frame(), "a Frame", "object"),
    (IMAGES, "an array of shape (4, 8, 8, 3)", "object"),
]


@pytest.mark.parametrize(("value", "told", "kind"), NO_LOADERS)
def test_what_is_no_loader_is_named(value: Any, told: str, kind: str) -> None:
    assert describe(value) == {"kind": kind, "words": told}


@pytest.mark.parametrize("value", [value for value, _, _ in NO_LOADERS], ids=type_name)
def test_what_is_no_loader_gives_no_batches(value: Any) -> None:
    assert not gives_batches(value)


@pytest.mark.parametrize(
    "value",
    [Batches(), yielding(), (IMAGES, LABELS), [(IMAGES, LABELS)], deque([(IMAGES, LABELS)]),
     cycle([1]), count(), map(len, [])],
    ids=type_name,
)  # fmt: skip
def test_whatever_gives_one_thing_after_another_may_be_a_loader(value: Any) -> None:
    assert gives_batches(value)


def test_a_class_cannot_say_that_it_is_another() -> None:
    class Pretending(type):
        __name__ = "DirectoryIterator"

    class Loader(metaclass=Pretending):
        __class__ = tuple  # type: ignore[assignment]

    assert words(Loader()) == "a Loader"


def test_a_long_name_is_cut() -> None:
    assert len(describe(type("X" * 10_000, (), {})())["words"]) < 500
