"""Editions of the lab that are recognised, and not graded."""

import re
from collections.abc import Collection

from grader.authoring import Retired

_OWN = re.compile(r"cats_dogs_downsampled|cats?_(and_)?dogs?", re.IGNORECASE)
_FITS = re.compile(r"\bmodel\.fit(_generator)?\(")
_LOADS = re.compile(r"\.flow_from_directory\(")
_PLACES = re.compile(
    r"^[ \t]*(train_generator|validation_generator|test_generator)[ \t]*=", re.MULTILINE
)


def _is_without_functions(code: str, graded: Collection[str]) -> bool:
    """Whether it is the lab as it was published, in cells that define no function."""
    if graded or re.search(r"^def ", code, re.MULTILINE):
        return False
    return bool(
        _OWN.search(code) and _FITS.search(code) and _LOADS.search(code) and _PLACES.search(code)
    )


RETIRED = (
    Retired(
        "lab-without-functions",
        'the lab "Building a CNN from Scratch", which has no functions',
        _is_without_functions,
        "Start from the kit's own notebook, notebooks/cats_and_dogs.ipynb, and copy your code into "
        "its graded cells, each of which is a function or a value.",
    ),
)
