import copy
import gc
from typing import Any

import pytest

from grader.probe.identity import WeakIdKeyDictionary


class Compared:
    """Is equal to all of its kind, and has no hash, as dataclasses are."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Compared)

    __hash__ = None  # type: ignore[assignment]


class Hashed:
    """Is equal to all of its kind, and has their hash."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Hashed)

    def __hash__(self) -> int:
        return 1


@pytest.fixture
def known() -> WeakIdKeyDictionary[int]:
    return WeakIdKeyDictionary()


def test_a_value_is_found_by_its_object(known: WeakIdKeyDictionary[int]) -> None:
    one = Compared()
    known[one] = 1
    assert known.get(one) == 1


@pytest.mark.parametrize("make", [Compared, Hashed])
def test_objects_that_are_equal_are_two(known: WeakIdKeyDictionary[int], make: Any) -> None:
    one, other = make(), make()
    known[one] = 1
    assert (one == other, known.get(other)) == (True, None)


def test_a_copy_has_no_value(known: WeakIdKeyDictionary[int]) -> None:
    one = Compared()
    known[one] = 1
    assert known.get(copy.deepcopy(one)) is None


def test_an_object_carries_nothing_of_it(known: WeakIdKeyDictionary[int]) -> None:
    one = Compared()
    known[one] = 1
    assert vars(one) == {}


def test_no_object_is_kept_alive(known: WeakIdKeyDictionary[int]) -> None:
    known[Compared()] = 1
    gc.collect()
    assert not any(isinstance(each, Compared) for each in gc.get_objects())


def test_a_new_object_has_no_value_of_one_that_is_gone(known: WeakIdKeyDictionary[int]) -> None:
    values = []
    for value in range(100):
        one = Compared()
        values.append(known.get(one))
        known[one] = value
        del one
    assert set(values) == {None}


def test_a_value_can_be_replaced(known: WeakIdKeyDictionary[int]) -> None:
    one = Compared()
    known[one] = 1
    known[one] = 2
    assert known.get(one) == 2


def test_what_is_taken_is_gone(known: WeakIdKeyDictionary[int]) -> None:
    one = Compared()
    known[one] = 1
    assert (known.pop(one), known.pop(one)) == (1, None)
