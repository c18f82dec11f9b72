"""Editions of the pipeline that are recognised, and not graded."""

import re
from collections.abc import Collection

from grader.authoring import Retired

# Functions that the notebook has as it was published, whatever else somebody has added to it.
_OWN = tuple(
    re.compile(rf"^[ \t]*def {name}\(", re.MULTILINE)
    for name in ("summary_images", "preprocess_images", "image_filters")
)
_DIVIDES = re.compile(r"\.skip\(\s*train_size\b")


def _is_as_published(code: str, graded: Collection[str]) -> bool:
    """Whether it is the notebook as it was published, whose training is in no function."""
    if "split_pictures" in graded:
        return False
    return any(each.search(code) for each in _OWN) and bool(_DIVIDES.search(code))


RETIRED = (
    Retired(
        "pipeline-without-functions",
        'the notebook "Machine Learning Pipeline", whose steps are in no functions',
        _is_as_published,
        "Start from the kit's own notebook, notebooks/happy_sad_pipeline.ipynb, and copy your code "
        "into its graded cells, each of which is a function or a value.",
    ),
)
