"""What is taken of how arrays were made, and what is refused with which reason."""

import copy
import json
import random
from dataclasses import asdict
from functools import cache
from typing import Any

import numpy as np
import pytest
from prepared import DESCRIBED, SPLITS

from grader.preparation.rebuild import rebuild
from grader.preparation.recognise import recognise
from grader.preparation.records import LabelledArrays, Preparation, RowNumbers, RowRange, Step
from grader.training.prepared import ArrayShape, SplitShapes, accept_preparation
from grader.training.refusals import Refused

Json = dict[str, Any]
RANDOM, MADE = 10_000, 200
ALL = {"start": 0, "stop": 240, "step": 1}
NAMES = ("as_torch_does", "transposed_and_flattened", "validation_of_train_test_split",
         "standardised_by_pixel", "test_images_by_training", "least_to_most")  # fmt: skip


def shapes(arrays: LabelledArrays) -> SplitShapes:
    x, y = (ArrayShape(each.shape, each.dtype.name) for each in (arrays.x, arrays.y))
    return SplitShapes(x, y)


SHAPES = {name: shapes(arrays) for name, arrays in SPLITS.items()}


def accepted(found: Any, splits: dict[str, SplitShapes] = SHAPES) -> Preparation:
    return accept_preparation(json.dumps(found).encode(), splits)


def part(name: str, **arguments: Any) -> Json:
    return {"part": name, "arguments": arguments}


FLOAT = part("Cast", dtype="float32")


def made(*x: Any, y: Any = (), **members: Any) -> Json:
    return {"split": "train", "rows": ALL, "x": list(x), "y": list(y), **members}


def rows(**members: Any) -> Json:
    return made(rows=members)


def numbered(*numbers: Any) -> Json:
    return rows(numbers=list(numbers))


def standardized(**arguments: Any) -> Json:
    return made(FLOAT, part("Standardize", **{"axes": "all", "of": None, **arguments}))


# Each is refused with the reason beside it.
REFUSED: dict[str, tuple[Any, str]] = {
    "no_object": ([], "the preparation must be an object"),
    "no_rows": ({"split": "train", "x": [], "y": []}, "rows is missing"),
    "one_too_many": (made(path="/etc/passwd"), 'takes no "path"'),
    "another_split": (made(split="secret"), '"secret" is no split'),
    "split_is_a_list": (made(split=["train"]), "a list of 1 is no split"),
    "split_is_nothing": (made(split=None), "null is no split"),
    "rows_are_a_list": (made(rows=[0, 1]), "rows must be an object"),
    "rows_are_nothing": (made(rows=None), "rows must be an object"),
    "rows_of_both_kinds": (rows(numbers=[0], **ALL), 'rows takes no "start"'),
    "negative_start": (rows(start=-1, stop=9, step=1), "start must be a whole number from 0"),
    "empty_range": (rows(start=9, stop=9, step=1), "stop must be a whole number from 10 to 240"),
    "range_too_long": (rows(start=0, stop=241, step=1), "stop must be a whole number from 1 to"),
    "step_of_zero": (rows(start=0, stop=9, step=0), "step must be a whole number from 1"),
    "a_fraction_of_a_row": (rows(start=0.5, stop=9, step=1), "start must be a whole number"),
    "true_as_a_row": (rows(start=True, stop=9, step=1), "start must be a whole number"),
    "no_numbers": (numbered(), "numbers must be a list of 1 to 240"),
    "too_many_numbers": (numbered(*range(241)), "numbers must be a list of 1 to 240"),
    "a_row_beyond": (numbered(240), "a number must be a whole number from 0 to 239"),
    "a_row_twice": (numbered(3, 4, 3), "a number stands twice"),
    "a_row_as_text": (numbered("3"), "a number must be a whole number"),
    "a_row_as_list": (numbered([3]), "a number must be a whole number"),
    "steps_as_object": (made(x={}), "x must be a list"),
    "nine_steps": (made(*[FLOAT] * 9), "x must be a list of 0 to 8"),
    "unknown_step": (made(part("Lambda", function="print")), '"Lambda" is not among the steps'),
    "step_is_a_text": (made("Cast"), "x: step 0 must be an object"),
    "unknown_argument": (made(part("Cast", dtype="int8", casting="unsafe")), 'no "casting"'),
    "no_dtype": (made(part("Cast")), "dtype is missing"),
    "objects": (made(part("Cast", dtype="object")), "dtype must be one of"),
    "texts": (made(part("Cast", dtype="U9999999")), "dtype must be one of"),
    "whole_numbers": (made(part("Divide", by=255.0)), "computes with real numbers, found uint8"),
    "by_zero": (made(FLOAT, part("Divide", by=0.0)), "by must be a number"),
    "by_an_array": (made(FLOAT, part("Multiply", by=[1.0, 2.0])), "by must be a number"),
    "by_an_object": (made(FLOAT, part("Add", by={"__numpy__": [1.0]})), "by must be a number"),
    "by_a_tagged_number": (
        made(FLOAT, part("Add", by={"number": "float64", "value": 1.0})), "by must be a number",
    ),
    "by_too_much": (made(FLOAT, part("Multiply", by=1e30)), "by must be a number"),
    "axes_beyond": (made(part("Transpose", axes=[1, 3])), r"axes \[1, 3\] are not those"),
    "axes_twice": (made(part("Transpose", axes=[1, 1])), r"axes \[1, 1\] are not those"),
    "the_axis_of_samples": (made(part("Transpose", axes=[0, 1])), "axes must be a list"),
    "another_size": (made(part("Reshape", shape=[784, 2])), r"cannot have the shape \(784, 2\)"),
    "any_size": (made(part("Reshape", shape=[-1])), "shape must be a list"),
    "six_axes": (made(part("Reshape", shape=[28, 28, 1, 1, 1, 1])), "shape must be a list"),
    "statistics_of_elsewhere": (standardized(of="validation"), "no split with samples of this"),
    "statistics_of_rows": (standardized(of={"numbers": [1]}), "of must be null or"),
    "unknown_axes": (standardized(axes="labels"), "axes must be one of"),
    "an_endless_epsilon": (standardized(epsilon=1e9), "epsilon must be a number from 0 to 1"),
    "no_channels": (
        made(part("Reshape", shape=[784]), FLOAT, part("Center", axes="channels", of=None)),
        "have no channels",
    ),
    "images_as_classes": (made(part("OneHot", classes=10)), '"OneHot" is not among the steps'),
    "too_many_classes": (made(y=[part("OneHot", classes=10**6)]), "classes must be a whole number"),
    "one_hot_twice": (made(y=[part("OneHot", classes=9)] * 2), "takes one label of each sample"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_the_reason(name: str) -> None:
    found, reason = REFUSED[name]
    with pytest.raises(Refused, match=reason):
        accepted(found)


@pytest.mark.parametrize("raw", [b"", b"\xff", b"[" * 1000, b" " * 2**21, b'{"rows": NaN}'])
def test_bytes_that_are_no_message_are_refused(raw: bytes) -> None:
    with pytest.raises(Refused):
        accept_preparation(raw, SHAPES)


def test_an_array_that_would_be_too_large_is_refused() -> None:
    large = ArrayShape((10**6, 64, 64), "uint8")
    found = made(part("Cast", dtype="float64"), rows=ALL)
    with pytest.raises(Refused, match="bytes, more than"):
        accepted(found, {"train": SplitShapes(large, SHAPES["train"].y)})


@cache
def recognised(name: str) -> Preparation:
    return recognise(*DESCRIBED[name](), SPLITS)


@pytest.mark.parametrize("name", DESCRIBED)
def test_what_a_kernel_recognises_is_taken_as_it_is(name: str) -> None:
    found = accepted(asdict(recognised(name)))
    assert found == recognised(name)


POISON: tuple[Any, ...] = (
    None, True, 0, -1, 1e9, 0.5, "", "x" * 200, "/etc/passwd", "print", "train", "test", [],
    [[1.0]], {}, {"numbers": [0, 1]}, ALL, {"number": "float64", "value": 2.0}, [1, 2], [2, 1],
    FLOAT, part("Center", axes="samples", of="test"), part("Divide", by=2), part("MinMax"),
    part("Reshape", shape=[]), part("Cast", dtype="bool"), part("OneHot", classes=3),
)  # fmt: skip


def mutated(chance: random.Random) -> Any:
    found = json.loads(json.dumps(asdict(recognised(chance.choice(NAMES)))))
    for _ in range(chance.choice([1, 1, 2, 4])):
        holder = found
        key = chance.choice(list(holder))
        while isinstance(holder[key], dict | list) and holder[key] and chance.random() < 0.8:
            holder = holder[key]
            key = chance.choice(list(holder if isinstance(holder, dict) else range(len(holder))))
        holder[key] = copy.deepcopy(chance.choice(POISON))
    return found


@pytest.fixture(scope="module")
def taken() -> list[Preparation]:
    chance = random.Random(1)  # noqa: S311 - repeatable, not secret
    found = []
    for _ in range(RANDOM):
        try:
            found.append(accepted(mutated(chance)))
        except Refused:
            continue
    return found


def test_of_random_preparations_some_are_taken_and_most_are_not(taken: list[Preparation]) -> None:
    assert MADE < len(taken) < RANDOM / 2


def test_what_is_taken_holds_scalars_and_short_tuples_only(taken: list[Preparation]) -> None:
    steps = [step for each in taken for step in (*each.x, *each.y)]
    values = [value for step in steps for value in step.arguments.values()]
    flat = [one for value in values for one in (value if isinstance(value, tuple) else (value,))]
    assert {type(step) for step in steps} == {Step}
    assert {type(one) for one in flat} <= {str, int, float, bool, type(None)}


def test_what_is_taken_names_rows_that_are_there(taken: list[Preparation]) -> None:
    for each in taken:
        rows = each.rows
        last = max(rows.numbers) if isinstance(rows, RowNumbers) else rows.stop - 1
        assert isinstance(rows, RowRange | RowNumbers)
        assert last < len(SPLITS[each.split].x)


def test_what_is_taken_can_be_made(taken: list[Preparation]) -> None:
    for each in random.Random(2).sample(taken, MADE):  # noqa: S311
        found = rebuild(each, SPLITS)
        assert len(found.x) == len(found.y)
        assert found.x.dtype != np.object_
