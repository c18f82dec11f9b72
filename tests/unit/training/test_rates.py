"""Learning rates that callbacks set where the grader does not train."""

import json
from dataclasses import replace

import descriptions
import pytest

from grader.training import rates
from grader.training.accept import accept
from grader.training.description import Description, ObjectSpec, key


def described() -> Description:
    return accept(json.dumps(descriptions.description()).encode())


def scheduled() -> Description:
    first = described()
    schedule = ObjectSpec("CosineDecay", {"initial_learning_rate": 0.1, "decay_steps": 10})
    optimizer = replace(first.compile.optimizer, arguments={"learning_rate": schedule})
    return replace(first, compile=replace(first.compile, optimizer=optimizer))


@pytest.mark.parametrize("said", [0, 0.0, 1e-7, 0.001, 1, 1e6])
def test_a_learning_rate_is_a_number(said: float) -> None:
    assert rates.accepted(said) == said


def test_none_stands_for_the_learning_rate_that_there_is() -> None:
    assert rates.accepted(None) is None


@pytest.mark.parametrize(
    "said",
    [-1e-9, -1, 1e6 + 1, 10**400, float("nan"), float("inf"), True, "0.1", [0.1], {}],
    ids=lambda said: str(said)[:10],
)
def test_what_is_no_number_within_bounds_is_refused(said: object) -> None:
    with pytest.raises(ValueError, match="no number from 0 to"):
        rates.accepted(said)


def test_a_training_that_starts_at_another_learning_rate_is_another_training() -> None:
    first = described()
    assert key(rates.starting_at(first, 0.125)) != key(first)


def test_a_training_that_starts_at_its_own_learning_rate_is_the_same() -> None:
    assert rates.starting_at(described(), None) == described()


def test_apart_from_the_learning_rate_two_compilations_are_equal() -> None:
    one, other = described(), rates.starting_at(described(), 0.125)
    assert one.compile != other.compile
    assert rates.apart_from_rate(one.compile) == rates.apart_from_rate(other.compile)


def test_a_schedule_is_no_number() -> None:
    assert rates.number_of(scheduled().compile) is None


def test_a_schedule_in_the_place_of_a_number_is_no_equal_compilation() -> None:
    assert rates.apart_from_rate(scheduled().compile) != rates.apart_from_rate(described().compile)
