"""Arrays that ``fit`` was given: how they were made of the dataset's own, which a kernel can read.

A description says how, and never holds them; what was made in another way trains where it is.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from grader.preparation.records import LabelledArrays, Preparation
from grader.probe.describing.values import Undescribable, encoded

_MOST_LABELS = 1_000


class OwnArrays:
    """The dataset's own samples and labels, which the grader has written down for its kernels.

    Args:
        folders: Of each split, by its name, as ``preparation.files.opened`` takes them.
    """

    def __init__(self, folders: Mapping[str, str]) -> None:
        self._folders = dict(folders)

    @property
    def splits(self) -> dict[str, LabelledArrays]:
        """The arrays by the name of their split; only what is looked at is read."""
        # Not before it is needed: NumPy may start threads of its own, and then nothing is forked.
        from grader.preparation.files import opened

        return {name: opened(folder) for name, folder in self._folders.items()}


NO_ARRAYS = OwnArrays({})


def plain(value: Any) -> Any:
    """Return the array of NumPy that Keras takes a tensor or a mapped file for.

    Args:
        value: What ``fit`` was given.
    """
    import numpy as np

    if type(value) is np.memmap:
        return np.asarray(value)
    return value.numpy() if _is_tensor(value) else value


def _is_tensor(value: Any) -> bool:
    import tensorflow as tf

    # A symbol of a graph has no numbers.
    return isinstance(value, tf.Tensor) and hasattr(value, "numpy")


def is_array(value: Any) -> bool:
    """Whether a value is an array of NumPy or a tensor."""
    import numpy as np

    return isinstance(value, np.ndarray) or _is_tensor(value)


def of_rank(x: Any, expected: Any) -> Any:
    """Return samples with as many axes as a model takes, as Keras gives them to it.

    A last axis of one channel is added or left out. keras/src/models/functional.py

    Args:
        x: The samples, as ``plain`` has them.
        expected: The model's ``input_shape``, if that is known.
    """
    if not is_array(x) or not isinstance(expected, tuple):
        return x
    if x.ndim == len(expected) - 1 and expected[-1] == 1:
        return x[..., None]
    if x.ndim == len(expected) + 1 and x.shape[-1] == 1:
        return x[..., 0]
    return x


def prepared(x: Any, y: Any, own: OwnArrays, where: str = "") -> Preparation:
    """Return how samples and labels were made of the dataset's own.

    Args:
        x: The samples, as ``plain`` has them.
        y: Their labels, as ``plain`` has them.
        own: The dataset's own.
        where: Which of the two pairs of arrays they are, for messages.

    Raises:
        Undescribable: In no way that is known, and what of them is not.
    """
    # As above.
    from grader.preparation.recognise import Unrecognised, recognise

    try:
        return recognise(x, y, own.splits)
    except Unrecognised as why:
        raise Undescribable(f"{where}{why}") from None


def described(preparation: Preparation) -> dict[str, Any]:
    """Return a preparation as plain data, to be sent as JSON."""
    return asdict(preparation)


def weights_by_label(
    weights: Any, preparation: Preparation, own: OwnArrays
) -> list[list[Any]] | None:
    """Describe ``sample_weight`` by the labels that the dataset has for the samples.

    Args:
        weights: What ``fit`` was given.
        preparation: How the samples were made.
        own: The dataset's own.

    Raises:
        Undescribable: Samples of one label weigh differently, or it is no weight for each sample.
    """
    if weights is None:
        return None
    import numpy as np

    from grader.preparation.labels import codes
    from grader.preparation.rebuild import select

    given = plain(weights)
    labels = codes(select(own.splits[preparation.split].y, preparation.rows))
    if type(given) is not np.ndarray or labels is None or given.shape != labels.shape:
        raise Undescribable("fit: sample_weight is no array with a weight for each sample")
    known, first = np.unique(labels, return_index=True)
    if len(known) > _MOST_LABELS or (given != given[first][np.searchsorted(known, labels)]).any():
        raise Undescribable("fit: sample_weight differs between samples of the same label")
    pairs = zip(known.tolist(), given[first].tolist(), strict=True)
    return [[label, encoded(weight, f"sample_weight of {label}")] for label, weight in pairs]
