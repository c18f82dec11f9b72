"""Seeds of trainings whose luck must tell nothing of that of others.

With the seed that a graded training is made with, initialisers, orders or settings could be tried
out where nothing counts, and the lucky ones be kept. So what is trained elsewhere has a seed of its
own. That is not enough where a description names seeds, such as those of initialisers: they are
replaced there, too. What has the same seed has the same one afterwards.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import cast

from grader.preparation.records import Preparation
from grader.training.description import Description

_ARGUMENT = "seed"
# As large as Keras, NumPy and the tables of what is accepted take them.
_MOST = 2**31


def of_its_own(seed: int, purpose: str | int) -> int:
    """Return a seed that only looks drawn, from 0 to 2**31 - 1: the same one each time.

    Args:
        seed: Of the run.
        purpose: What else it is for.
    """
    digest = hashlib.sha256(f"{seed} {purpose}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % _MOST


def redrawn(description: Description, seed: int) -> Description:
    """Return a description with other seeds in the place of all that it names.

    Args:
        description: As it was accepted.
        seed: From which, with each of these, the others are made.
    """
    return cast("Description", _redrawn(description, seed))


def _redrawn(value: object, seed: int) -> object:
    if isinstance(value, Mapping):
        return {name: _argument(name, held, seed) for name, held in value.items()}
    if isinstance(value, tuple):
        return tuple(_redrawn(each, seed) for each in value)
    # Thousands of rows, and no seed among them.
    if not is_dataclass(value) or isinstance(value, Preparation | type):
        return value
    held = {each.name: _redrawn(getattr(value, each.name), seed) for each in fields(value)}
    return replace(value, **held)


def _argument(name: str, value: object, seed: int) -> object:
    if name == _ARGUMENT and isinstance(value, int):
        return of_its_own(seed, value)
    return _redrawn(value, seed)
