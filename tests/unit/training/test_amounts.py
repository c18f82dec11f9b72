"""How many batches an epoch has, as Keras makes them."""

import json

import descriptions
import pytest

from grader.training import amounts
from grader.training.accept import accept

IMAGES = 80


@pytest.mark.parametrize(
    ("steps", "fewest"),
    [(None, 8), (8, 8), (12, 8), (100, 8), (4, 4), (3, 2), (5, 3), (7, 1), (1, 1)],
)
def test_an_epoch_has_no_more_batches_than_are_left(steps: int | None, fewest: int) -> None:
    told = descriptions.description(fit={"epochs": 2, "steps_per_epoch": steps})
    assert amounts.fewest_updates(accept(json.dumps(told).encode()), IMAGES) == fewest
