"""How passes over two datasets divide the images of a folder."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.training.decoded_folders import DecodedFolder

# Over each of the two, in turn. Parts of what is shuffled anew share images from the second on.
PASSES = 3


def divided(
    folders: Sequence[DecodedFolder], shown: Sequence[Sequence[set[int]]]
) -> dict[str, Any]:
    """Return how images are divided, as fields of evidence.

    Args:
        folders: Of what is trained on, and of what is validated with.
        shown: For each of these, the places of the images that passes over it show.
    """
    training, validation = shown
    counts = [_by_class(folder, passes[0]) for folder, passes in zip(folders, shown, strict=True)]
    found = {"there": len(folders[0].labels), "training": counts[0], "validation": counts[1]}
    if folders[0] is not folders[1]:
        return found
    return found | {
        "shared": len(training[0] & validation[0]),
        "shared_later": len(set().union(*training) & set().union(*validation)),
        "left_out": len(folders[0].labels) - len(training[0] | validation[0]),
    }


def _by_class(folder: DecodedFolder, places: set[int]) -> list[int]:
    labels = folder.labels[sorted(places)]
    return [int(count) for count in np.bincount(labels, minlength=len(folder.names))]
