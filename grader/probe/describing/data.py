"""What ``fit`` trains on and validates with: loaders of images, datasets of them, or arrays.

Each says how it is described, how many batches it has, and what one is like.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from grader.probe.naming import names_kept

_KERAS_BATCH = 32


@dataclass(frozen=True, slots=True)
class LoaderData:
    """Images of a ``DirectoryIterator``.

    Args:
        loader: The loader, once it is described.
    """

    loader: Any

    @property
    def batches(self) -> int:
        """How many an epoch has."""
        return len(self.loader)

    @property
    def sample_shape(self) -> tuple[int, ...]:
        """Height, width and channels of each image."""
        return tuple(self.loader.image_shape)

    def batch(self) -> tuple[Any, ...]:
        """Return symbols for images and labels; Keras makes as many for each loader, too."""
        import keras

        loader = self.loader
        several = loader.class_mode == "categorical"
        shapes = loader.image_shape, (loader.num_classes,) if several else ()
        return tuple(keras.KerasTensor((loader.batch_size, *each), loader.dtype) for each in shapes)

    def advance(self, batches: int) -> None:
        """Leave the loader as if it had been trained on."""
        self.loader.total_batches_seen += batches
        self.loader.on_epoch_end()


@dataclass(frozen=True, slots=True)
class ArrayData:
    """Samples and their labels.

    Args:
        x: Samples (samples, ...).
        y: Labels (samples, ...).
        samples: How many of them there are, but for those that ``validation_split`` takes.
        batch_size: How many a batch has; None where ``fit`` was not told.
        steps: How many batches ``fit`` was told; None where it was not.
    """

    x: Any
    y: Any
    samples: int
    batch_size: int | None = None
    steps: int | None = None

    @property
    def size(self) -> int:
        """How many samples a batch has, the last one left out."""
        # keras/src/trainers/data_adapters/array_data_adapter.py
        usual = math.ceil(self.samples / self.steps) if self.steps else _KERAS_BATCH
        return self.batch_size or usual

    @property
    def batches(self) -> int:
        """How many an epoch has."""
        return math.ceil(self.samples / self.size)

    @property
    def sample_shape(self) -> tuple[int, ...]:
        """The lengths of each sample."""
        return tuple(self.x.shape[1:])

    def batch(self) -> tuple[Any, ...]:
        """Return symbols for samples and labels, as Keras has them."""
        import keras
        import numpy as np

        floats = keras.config.floatx()
        # Where the last batch is a smaller one, no batch has a length that is fixed.
        size = None if self.samples % self.size else self.size
        # A training by Keras shows the model tensors, and uses up no names for symbols.
        with names_kept("keras_tensor"):
            return tuple(
                keras.KerasTensor(
                    (size, *each.shape[1:]),
                    floats if np.issubdtype(each.dtype, np.floating) else each.dtype.name,
                )
                for each in (self.x, self.y)
            )

    def advance(self, batches: int) -> None:
        """Leave arrays as they are: they have no place in them that training goes on from."""


@dataclass(frozen=True, slots=True)
class PipelineData:
    """A ``tf.data.Dataset`` of images and labels.

    Args:
        dataset: The dataset, once it is described.
    """

    dataset: Any

    @property
    def batches(self) -> int | None:
        """How many an epoch has; None where TensorFlow does not know, or there is no end."""
        known = int(self.dataset.cardinality())
        return known if known >= 0 else None

    @property
    def sample_shape(self) -> tuple[int, ...]:
        """Height, width and channels of each image."""
        return tuple(self.dataset.element_spec[0].shape[1:])

    def batch(self) -> tuple[Any, ...]:
        """Return symbols for images and labels; a training by Keras makes none of them."""
        import keras

        with names_kept("keras_tensor"):
            return tuple(
                keras.KerasTensor(tuple(each.shape), each.dtype.name)
                for each in self.dataset.element_spec
            )

    def advance(self, batches: int) -> None:
        """Leave the dataset as it is: each pass over it begins anew."""


Data: TypeAlias = LoaderData | ArrayData | PipelineData


@dataclass(frozen=True, slots=True)
class FitData:
    """All data that one ``fit`` was given.

    Args:
        training: What it trains on.
        validation: What it validates with; None for nothing.
        steps: How many batches an epoch is to have; None where that is not known.
        validation_steps: How many batches a validation has; 0 for none, None likewise.
    """

    training: Data
    validation: Data | None
    steps: int | None
    validation_steps: int | None = 0

    @classmethod
    def of(cls, training: Data, validation: Data | None, arguments: Mapping[str, Any]) -> "FitData":
        """Put together what was found of it.

        Args:
            training: What it trains on.
            validation: What it validates with; None for nothing.
            arguments: What ``fit`` was given, by name.
        """
        steps = arguments.get("steps_per_epoch") or training.batches
        if validation is None:
            return cls(training, None, steps)
        validating = arguments.get("validation_steps") or validation.batches
        return cls(training, validation, steps, validating)

    def advance(self, batches: int) -> None:
        """Leave all data as if a model had been trained with it.

        Args:
            batches: How many it was trained on.
        """
        if isinstance(self.validation, LoaderData):
            self.validation.batch()
        self.training.advance(batches)
