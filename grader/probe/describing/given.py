"""What ``fit`` was given to train on and to validate with, described."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grader.inspection.plain import attribute
from grader.probe.describing import arrays, images, pipelines
from grader.probe.describing.arrays import OwnArrays
from grader.probe.describing.data import ArrayData, Data, FitData, LoaderData, PipelineData
from grader.probe.describing.values import Undescribable

_PAIR = 2
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class GivenData:
    """The data of one ``fit``, and what a description says of it.

    Args:
        data: The data.
        loader: What is trained on, as plain data.
        validation: What is validated with; None for nothing, or what ``validation_split`` takes.
        asked: The arguments of ``fit`` that are about arrays, as plain data; none of loaders.
    """

    data: FitData
    loader: Plain
    validation: Plain | None
    asked: Plain


def describe(model: Any, arguments: Mapping[str, Any], own: OwnArrays) -> GivenData:
    """Describe the data of a call of ``fit``.

    Args:
        model: The model.
        arguments: What ``fit`` was given, by name.
        own: The dataset's own arrays.

    Raises:
        Undescribable: Some of it is no loader of ``flow_from_directory``, and was made neither of
            those arrays nor of a folder in a way that is known.
    """
    return _Given(attribute(model, "input_shape"), arguments, own).described()


class _Given:
    def __init__(self, shape: Any, arguments: Mapping[str, Any], own: OwnArrays) -> None:
        self._shape = shape
        self._arguments = arguments
        self._own = own
        self._validation = arguments.get("validation_data")
        self._asked: Plain = {}

    def _size(self, name: str) -> int | None:
        """Return how many samples a batch has; None where Keras decides, as it does for 0."""
        import numpy as np

        size = self._arguments.get(name) or None
        if not isinstance(size, int | np.integer | None):
            raise Undescribable(f"fit: {name} is no whole number")
        return None if size is None else int(size)

    def _ask(self, **asked: Any) -> None:
        self._asked |= {name: value for name, value in asked.items() if value is not None}

    def described(self) -> GivenData:
        x, y = (self._arguments.get(name) for name in ("x", "y"))
        is_loader = images.is_loader(x) or (y is None and not arrays.is_array(x))
        training, loader = self._loader(x) if is_loader else self._arrays(x, y)
        validating, validation = self._of_validation(training)
        pipelines.numbered((loader, validation))
        data = FitData.of(training, validating, self._arguments)
        return GivenData(data, loader, validation, self._asked)

    def _loader(self, loader: Any) -> tuple[Data, Plain]:
        data, described = described_loader(loader, "the loader")
        for name in ("y", "sample_weight"):
            if self._arguments.get(name) is not None:
                raise Undescribable(f"fit was given {name}")
        if self._arguments.get("validation_split"):
            raise Undescribable("fit was given validation_split")
        return data, described

    def _shown(self, x: Any, y: Any) -> tuple[Any, Any]:
        return arrays.of_rank(arrays.plain(x), self._shape), arrays.plain(y)

    def _arrays(self, x: Any, y: Any) -> tuple[Data, Plain]:
        x, y = self._shown(x, y)
        found = arrays.prepared(x, y, self._own)
        weights = arrays.weights_by_label(self._arguments.get("sample_weight"), found, self._own)
        size, steps = self._size("batch_size"), self._arguments.get("steps_per_epoch")
        share = 0.0 if self._validation is not None else self._share()
        kept = math.floor(len(x) * (1.0 - share))
        if share and not 0 < kept < len(x):
            raise Undescribable("fit: validation_split leaves one of the two without samples")
        self._ask(batch_size=size, sample_weight=weights, validation_split=share or None)
        return ArrayData(x, y, kept, size, steps), arrays.described(found)

    def _share(self) -> float:
        share = self._arguments.get("validation_split") or 0.0
        # Numbers of NumPy's other types would be rounded in another way.
        if not isinstance(share, int | float):
            raise Undescribable("fit: validation_split is no number of Python's")
        return float(share)

    def _held_back(self, training: Data) -> Data | None:
        """Return what ``validation_split`` takes of arrays."""
        if not isinstance(training, ArrayData) or training.samples == len(training.x):
            return None
        return self._validating(training.x, training.y, len(training.x) - training.samples)

    def _of_validation(self, training: Data) -> tuple[Data | None, Plain | None]:
        given = self._validation
        if given is None:
            return self._held_back(training), None
        if not isinstance(given, list | tuple):
            return described_loader(given, "validation_data")
        if len(given) != _PAIR:
            raise Undescribable("validation_data is other than samples and labels")
        x, y = self._shown(*given)
        found = arrays.prepared(x, y, self._own, "validation_data: ")
        return self._validating(x, y, len(x)), arrays.described(found)

    def _validating(self, x: Any, y: Any, samples: int) -> ArrayData:
        size = self._size("validation_batch_size")
        self._ask(validation_batch_size=size)
        size = size or self._size("batch_size")
        return ArrayData(x, y, samples, size, self._arguments.get("validation_steps"))


def described_loader(loader: Any, where: str) -> tuple[Data, Plain]:
    """Describe images that are not arrays: a loader, or a dataset.

    Args:
        loader: What ``fit`` was given.
        where: What it is, for messages.

    Raises:
        Undescribable: It is neither, or holds more than settings.
    """
    if pipelines.is_known(loader):
        return PipelineData(loader), pipelines.describe(loader)
    return LoaderData(loader), images.describe(loader, where)
