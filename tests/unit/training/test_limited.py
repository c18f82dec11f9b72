"""How many batches of an epoch are trained: no more than a grading profile allows."""

from dataclasses import replace
from typing import Any

import pytest
from descriptions import description

from grader.preparation.records import Preparation, RowRange
from grader.training.accept import accept_decoded
from grader.training.amounts import batch_size, limited
from grader.training.description import Description

SAMPLES = 100


def of_loader(**fit: Any) -> Description:
    return accept_decoded(description(fit={"epochs": 3, **fit}))


def of_arrays(**fit: Any) -> Description:
    made = of_loader()
    rows = Preparation("digits/train", RowRange(0, SAMPLES))
    return replace(made, loader=rows, fit=replace(made.fit, **fit))


@pytest.mark.parametrize(
    ("steps", "most", "expected"),
    [(None, 3, 3), (5, 3, 3), (2, 3, 2), (3, 3, 3), (None, 0, None), (5, 0, 5)],
)
def test_an_epoch_has_no_more_batches_than_are_allowed(
    steps: int | None, most: int, expected: int | None
) -> None:
    assert limited(of_loader(steps_per_epoch=steps), most).fit.steps_per_epoch == expected


@pytest.mark.parametrize("made", [of_loader(), of_loader(steps_per_epoch=5), of_arrays()])
def test_where_all_are_allowed_a_description_is_left_as_it_is(made: Description) -> None:
    assert limited(made, 0) is made


@pytest.mark.parametrize(
    ("fit", "most", "size", "expected"),
    [
        ({}, 2, 32, 2),
        ({}, 4, 32, None),
        ({"batch_size": 10}, 4, 10, 4),
        ({"batch_size": 10}, 20, 10, None),
        ({"steps_per_epoch": 5}, 2, 20, 2),
        ({"steps_per_epoch": 5}, 9, 20, 5),
    ],
)
def test_batches_of_arrays_keep_their_size(
    fit: dict[str, int], most: int, size: int, expected: int | None
) -> None:
    made = limited(of_arrays(**fit), most)
    assert (batch_size(made), made.fit.steps_per_epoch) == (size, expected)
