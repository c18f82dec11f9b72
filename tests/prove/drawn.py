"""Right architectures, drawn from what right students choose among."""

import random
from collections.abc import Iterator
from itertools import islice

from architectures import ADAM, FLAT, NORMAL, ONE, POOL, RMSPROP, Spec, Training, conv, dense

from tests.prove.luck import ARCHITECTURES

BEGINNINGS: tuple[Spec, ...] = (
    ("GlorotUniform", {}),
    ("GlorotNormal", {"seed": 42}),
    ("HeNormal", {}),
    ("HeUniform", {"seed": 1}),
    ("Orthogonal", {}),
    ("RandomNormal", {"stddev": 0.05}),
)


def _drawn(chance: random.Random) -> Iterator[Training]:
    while True:
        begun = {"kernel_initializer": chance.choice(BEGINNINGS)}
        between = [[], [NORMAL]][chance.random() < 0.3]
        filters = [chance.choice((8, 16, 32, 64)) for _ in range(chance.choice((3, 3, 4)))]
        layers = [each for count in filters for each in (conv(count, **begun), *between, POOL)]
        units = chance.choice((32, 64, 128, 512))
        yield Training([*layers, FLAT, dense(units, **begun), ONE], chance.choice((RMSPROP, ADAM)))


def with_drawn(count: int) -> dict[str, Training]:
    """Return the architectures of docs/luck.md and so many drawn ones, always the same, by name."""
    chance = random.Random(1)  # noqa: S311 - repeatable
    return {
        **ARCHITECTURES,
        **{f"drawn {n}": each for n, each in enumerate(islice(_drawn(chance), count), start=1)},
    }
