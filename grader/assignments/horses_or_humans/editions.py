"""Notebooks about the original pictures that are recognised, and not graded."""

import re
from collections.abc import Collection

from grader.authoring import Retired

_OWN = re.compile(r"horses?[-_ ]or[-_ ]humans?", re.IGNORECASE)
_FITS = re.compile(r"\bmodel\.fit(_generator)?\(")
_LOADS = re.compile(r"\.flow_from_directory\(|\bimage_dataset_from_directory\(")
_PLACES = re.compile(
    r"^[ \t]*(train|validation)_(generator|dataset|horse_dir|human_dir)[ \t]*=", re.MULTILINE
)


def _is_without_functions(code: str, graded: Collection[str]) -> bool:
    """Whether it is one of the lessons as they were published, in which nothing is graded."""
    if graded:
        return False
    return all(each.search(code) for each in (_OWN, _FITS, _LOADS, _PLACES))


RETIRED = (
    Retired(
        "lesson-without-functions",
        'a notebook of the lessons on "Horses or Humans", which has no graded functions',
        _is_without_functions,
        "Start from the kit's own notebook, notebooks/horses_or_humans.ipynb, and copy your code "
        "into its graded cells, each of which is a function or a value.",
    ),
)
