"""A function may return several loaders, of which one is looked at."""

from pathlib import Path
from typing import Any

import looking
import numpy as np
import pytest

from grader.evidence import Loader
from grader.inspection import preprocessing
from grader.kernel.challenges import Challenges
from grader.kernel.job import Job
from grader.kinds.kind import PartError
from grader.kinds.loader.part import ImageLoader
from grader.records import PlannedCell, Role


@pytest.fixture(autouse=True)
def without_keras(monkeypatch: pytest.MonkeyPatch) -> None:
    """No loader of these has a generator of Keras', which is looked for where Keras is."""
    monkeypatch.setattr(preprocessing, "generator_of", lambda _: None)


def batches(count: int) -> list[Any]:
    return [(np.zeros((count, 4, 4, 3)), np.zeros(count))]


PARTS = (batches(4), batches(2), batches(1))
SECOND = ImageLoader("divide", variable="held", item=1)


def seen(returns: object, part: ImageLoader = SECOND) -> tuple[Loader, Any]:
    """Return what is told of what a function returns, and of what is not as it should be."""
    cell = PlannedCell("a, held, b = divide()", Role.REQUIRED, calls=frozenset({"divide"}))
    job = Job((cell,), {"divide": part}, Path("data"), "data", 1)
    evidence = looking.look_at(looking.Stage({"divide": lambda: returns}), Challenges(job))
    record = evidence.parts["loader", "divide"]
    return Loader.model_validate(record), part.instead(record)


@pytest.mark.parametrize("item", [0, 1, 2])
def test_one_of_several_is_looked_at(item: int) -> None:
    part = ImageLoader("divide", variable="held", item=item)
    found, instead = seen(PARTS, part)
    assert instead is None
    assert found.batch_shape is not None
    assert found.batch_shape[0] == len(PARTS[item][0][0])


def test_a_list_of_them_is_as_good_as_a_tuple() -> None:
    assert seen(list(PARTS))[1] is None


@pytest.mark.parametrize(
    ("returns", "words"),
    [
        (None, "nothing"),
        (batches(4), "a list of 1"),
        (PARTS[:1], "a tuple of 1"),
        ({0: 1, 1: 2}, "a dict of 2"),
        ((batches(4), 7), "a number (int)"),
        ((batches(4), None), "nothing"),
    ],
)
def test_what_is_none_of_several_is_told(returns: object, words: str) -> None:
    _, instead = seen(returns)
    assert instead == (
        f"divide returned {words}; expected number 2 of several, with the images, in batches.",
        "Return them all, in the order that the notebook names, with commas between them.",
    )


@pytest.mark.parametrize("item", [-1, 10, 1.0, True, "0"])
def test_what_is_no_place_is_refused(item: Any) -> None:
    with pytest.raises(PartError, match="item is a whole number from 0 to 9"):
        ImageLoader("divide", variable="held", item=item)
