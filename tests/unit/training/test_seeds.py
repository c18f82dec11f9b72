"""Seeds that descriptions name, and others in their place."""

import json
from typing import Any

import descriptions
import pytest

from grader.training.accept import accept
from grader.training.description import Description, canonical
from grader.training.seeds import of_its_own, redrawn

RICH = accept(json.dumps(descriptions.rich()).encode())


def named(value: Any) -> list[Any]:
    """Return all that is called a seed, wherever it stands."""
    if isinstance(value, dict):
        own = [held for name, held in value.items() if name == "seed"]
        return own + [each for held in value.values() for each in named(held)]
    return [each for held in value for each in named(held)] if isinstance(value, list) else []


def told(description: Description) -> Any:
    return json.loads(canonical(description))


def seeded(*layers: dict[str, Any], **iterator: Any) -> Description:
    found = descriptions.description(*layers, loader=descriptions.loader(**iterator))
    return accept(json.dumps(found).encode())


def test_every_seed_that_is_named_becomes_another_one() -> None:
    pairs = zip(named(told(RICH)), named(told(redrawn(RICH, 1))), strict=True)
    known = [(one, other) for one, other in pairs if one is not None]
    assert len(known) == 2
    assert all(one != other for one, other in known)


def test_the_seed_of_a_loader_becomes_another_one() -> None:
    [one] = named(told(redrawn(seeded(seed=7), 1)))
    assert one == of_its_own(1, 7)


def test_what_has_no_seed_gets_none() -> None:
    assert [each is None for each in named(told(redrawn(RICH, 1)))] == [
        each is None for each in named(told(RICH))
    ]


def test_nothing_else_becomes_another() -> None:
    def blank(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: name == "seed" or blank(held) for name, held in value.items()}
        return list(map(blank, value)) if isinstance(value, list) else value

    assert blank(told(redrawn(RICH, 1))) == blank(told(RICH))


def test_what_has_the_same_seed_has_the_same_one_afterwards() -> None:
    both = [
        descriptions.layer("Dropout", rate=0.5, seed=3),
        descriptions.layer("GaussianNoise", stddev=0.1, seed=3),
        descriptions.layer("Flatten"),
        descriptions.layer("Dense", units=1),
    ]
    [one, other] = named(told(redrawn(seeded(*both), 1)))
    assert one == other


@pytest.mark.parametrize("seed", [0, 1, 2**31 - 1])
def test_what_is_drawn_is_accepted_as_a_seed(seed: int) -> None:
    again = canonical(redrawn(seeded(seed=seed), seed))
    assert accept(again) == redrawn(seeded(seed=seed), seed)


def test_another_run_draws_others() -> None:
    assert of_its_own(1, 7) != of_its_own(2, 7)
