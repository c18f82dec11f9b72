"""Descriptions with something else somewhere in what they say of data."""

import copy
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_DATA = ("loader", "validation", "fit")


def mutated(chance: random.Random, taken: Mapping[str, Any], poison: Sequence[Any]) -> Any:
    """Return one of several descriptions, in up to four places otherwise.

    Args:
        chance: Chooses.
        taken: The descriptions.
        poison: What is put somewhere.
    """
    found = copy.deepcopy(taken[chance.choice(sorted(taken))])
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        held = [found[name] for name in _DATA if isinstance(found[name], dict)]
        known = [each for one in held for each in _places(one)]
        if not known:
            break
        _change(*chance.choice(known), chance, poison)
    return found


def _change(holder: Any, key: Any, chance: random.Random, poison: Sequence[Any]) -> None:
    how = chance.randrange(4)
    if how == 0:
        del holder[key]
    elif how == 1 and isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))
    elif how == 2 and isinstance(holder[key], int | float):
        holder[key] *= chance.choice([-1, 2, 0.5, 10**6])
    else:
        holder[key] = copy.deepcopy(chance.choice(poison))


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)
