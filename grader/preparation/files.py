"""The dataset's own arrays, in the folders in which the grader wrote them down."""

import json
from pathlib import Path

import numpy as np

from grader.preparation.records import LabelledArrays

_X, _Y, _ORDER = "x.npy", "y.npy", "order.json"


def opened(folder: str) -> LabelledArrays:
    """Open the arrays of a folder; no more of them is read than what is used.

    The axes of samples lie in memory as they did where these are from: sums over several axes have
    other last digits if they are taken in another order.

    Args:
        folder: Has ``x.npy`` and ``y.npy``, and ``order.json`` where axes of the first were put in
            that order before it was written.
    """
    x, y = (np.load(Path(folder, name), mmap_mode="r", allow_pickle=False) for name in (_X, _Y))
    order = Path(folder, _ORDER)
    if order.exists():
        x = x.transpose(np.argsort(json.loads(order.read_text("ascii"))))
    # What is computed of a view of a file is no view of one.
    return LabelledArrays(np.asarray(x), np.asarray(y))
