"""Four thousand descriptions that somebody has tampered with."""

import copy
import dataclasses
import json
import random
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from descriptions import description, of_files, part, rich, sent

from grader.training.accept import accept
from grader.training.description import Description, Number, ObjectSpec
from grader.training.refusals import Refused
from grader.training.tables.callbacks import CALLBACKS
from grader.training.tables.layers import LAYERS
from grader.training.tables.losses import LOSSES
from grader.training.tables.metrics import METRICS
from grader.training.tables.optimizers import OPTIMIZERS, SCHEDULES
from grader.training.tables.weights import CONSTRAINTS, INITIALIZERS, REGULARIZERS

MUTATIONS = 10_000
RIGHT = (sent(description()), sent(rich()))
CLASSES = frozenset().union(
    LAYERS, INITIALIZERS, REGULARIZERS, CONSTRAINTS, OPTIMIZERS, SCHEDULES, LOSSES, METRICS,
    CALLBACKS,
)  # fmt: skip
LONGEST_TUPLE = 100
# What an attacker would like to see taken somewhere.
POISON: tuple[Any, ...] = (
    None, True, 0, -1, 1e9, 10**19, 0.5, "", "x" * 200, "/etc/passwd", "os.system", "\x00",
    "\ud800", "Lambda", "Custom>Mine", "ones", [], [0.5] * 30, [[1.0, 2.0]] * 3, {},
    {"number": "float64"}, {"number": "float64", "value": 2.0}, {"__numpy__": [1.0]},
    {"class_name": "__lambda__", "config": {"value": "4wEAAA=="}}, part("Lambda", function="f"),
    part("Constant", value=[1.0]), part("Dense", units=1), part("Zeros"), part("L2", l2=[1.0]),
)  # fmt: skip


def mutated(chance: random.Random) -> Any:
    found = json.loads(chance.choice(RIGHT))
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        holder, key = chance.choice(list(_places(found)))
        _change(holder, key, chance)
    return found


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in entries:
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


def _change(holder: Any, key: Any, chance: random.Random) -> None:
    how = chance.randrange(5)
    if how == 0:
        del holder[key]
    elif how == 1 and isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))
    elif how == 1:
        holder[chance.choice(["weights", "name", "trainable", "fn"])] = holder[key]
    elif how == 2 and isinstance(holder[key], int | float):
        holder[key] *= chance.choice([-1, 2, 0.5, 10**6])
    else:
        holder[key] = copy.deepcopy(chance.choice(POISON))


def outcome(raw: bytes) -> Description | str:
    try:
        return accept(raw)
    except Refused as refused:
        return str(refused)


@pytest.fixture(scope="module")
def outcomes() -> list[Description | str]:
    chance = random.Random(1)  # noqa: S311 - repeatable, not secret
    return [outcome(sent(mutated(chance))) for _ in range(MUTATIONS)]


def taken(outcomes: list[Description | str]) -> Iterator[Description]:
    return (found for found in outcomes if isinstance(found, Description))


def inside(value: Any) -> Iterator[Any]:
    """All that a record holds, itself first."""
    yield value
    if dataclasses.is_dataclass(value):
        parts: Any = [getattr(value, field.name) for field in dataclasses.fields(value)]
    elif isinstance(value, Mapping):
        parts = [*value.keys(), *value.values()]
    else:
        parts = value if isinstance(value, tuple | list) else ()
    for each in parts:
        yield from inside(each)


def test_each_ends_in_a_description_or_in_a_reason(outcomes: list[Description | str]) -> None:
    assert len(outcomes) == MUTATIONS


def test_some_are_taken_and_most_are_not(outcomes: list[Description | str]) -> None:
    assert 100 < len(list(taken(outcomes))) < MUTATIONS / 2


def test_reasons_are_many(outcomes: list[Description | str]) -> None:
    assert len({found for found in outcomes if isinstance(found, str)}) > 500


def test_what_is_taken_holds_plain_values_only(outcomes: list[Description | str]) -> None:
    plain = (bool, int, float, str, type(None), tuple, dict)
    for found in taken(outcomes):
        for value in inside(found):
            assert isinstance(value, plain) or dataclasses.is_dataclass(value)


def test_what_is_taken_names_known_classes_only(outcomes: list[Description | str]) -> None:
    for found in taken(outcomes):
        assert {value.name for value in inside(found) if isinstance(value, ObjectSpec)} <= CLASSES


def test_what_is_taken_holds_no_array(outcomes: list[Description | str]) -> None:
    for found in taken(outcomes):
        values = [value for value in inside(found) if isinstance(value, ObjectSpec)]
        for argument in inside([dict(value.arguments) for value in values]):
            assert not isinstance(argument, tuple) or len(argument) <= LONGEST_TUPLE


def test_what_is_taken_holds_no_path(outcomes: list[Description | str]) -> None:
    for found in taken(outcomes):
        texts = [value for value in inside(found) if isinstance(value, str)]
        loader = of_files(found.loader)
        allowed = {loader.files, *loader.classes, *_names(found)}
        assert not any("/" in text or "\0" in text for text in texts if text not in allowed)


def _names(found: Description) -> Iterator[Any]:
    """Texts that are free: they are compared and printed, and never looked up."""
    for each in (*found.compile.metrics, *found.callbacks):
        yield from (each.arguments.get("name"), each.arguments.get("monitor"))
    if found.validation:
        validation = of_files(found.validation)
        yield from (validation.files, *validation.classes)


def test_numbers_of_what_is_taken_are_finite(outcomes: list[Description | str]) -> None:
    for found in taken(outcomes):
        for value in inside(found):
            number = value.value if isinstance(value, Number) else value
            assert not isinstance(number, int | float) or abs(number) < 2**63
