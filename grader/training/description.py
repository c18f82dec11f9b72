"""One ``fit()`` as data: what was asked for, in plain records that hold no code and no path.

These records are made by ``accept`` alone, so whoever holds one may rely on it: every class is in
the tables, every number is finite and within its bounds, every shape fits the one before.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import TypeAlias, Union

from grader.preparation.records import Preparation
from grader.training.pipeline_specs import PipelineSpec

Scalar: TypeAlias = bool | int | float | str | None
Value: TypeAlias = Union[Scalar, "Number", "ObjectSpec", tuple["Value", ...]]
Json: TypeAlias = Scalar | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Number:
    """A NumPy scalar: with it, NumPy 2 computes in its own type and not in that of the array.

    Args:
        dtype: NumPy's name of its type, such as ``float64``.
        value: The number, exactly representable in that type.
    """

    dtype: str
    value: float | int


@dataclass(frozen=True, slots=True)
class ObjectSpec:
    """A Keras object: the name of a class in one of the tables, and what to construct it with.

    Args:
        name: Name of the class.
        arguments: Keyword arguments of its constructor.
    """

    name: str
    arguments: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """A layer and what it is called with.

    Args:
        part: Its class, out of ``keras.layers``.
        inputs: Positions of the layers whose outputs it is called with, all of them earlier ones;
            empty for the ``InputLayer``.
    """

    part: ObjectSpec
    inputs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Architecture:
    """A model of one input and one output, each layer called once.

    Args:
        layers: In an order in which each can be called; the first is the only ``InputLayer``.
        output: Position of the layer whose output is the model's.
        created: All positions, in the order in which the layers were constructed: Keras draws the
            seeds of initialisers and dropout then.
    """

    layers: tuple[LayerSpec, ...]
    output: int
    created: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LoaderSpec:
    """A ``DirectoryIterator`` over the dataset.

    Args:
        generator: Keyword arguments of ``ImageDataGenerator``.
        iterator: Keyword arguments of ``flow_from_directory``, without folder and classes.
        classes: Names of the classes, in the order of their labels.
        files: What ``digest`` makes of the files that the iterator found.
        folder: Its place in the layout of a run, with ``/``, if that is the place of a split;
            empty where it is not, or the dataset is not divided.
    """

    generator: Mapping[str, Value]
    iterator: Mapping[str, Value]
    classes: tuple[str, ...]
    files: str
    folder: str = ""


Source: TypeAlias = LoaderSpec | Preparation | PipelineSpec


@dataclass(frozen=True, slots=True)
class Compile:
    """What ``compile`` was given.

    Args:
        optimizer: Out of ``keras.optimizers``.
        loss: Out of ``keras.losses``.
        metrics: Out of ``keras.metrics``, or ``accuracy``, Keras' short word; each with a ``name``.
        options: Further keyword arguments, scalars all.
    """

    optimizer: ObjectSpec
    loss: ObjectSpec
    metrics: tuple[ObjectSpec, ...] = ()
    options: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FitArguments:
    """What ``fit`` was given besides loaders and callbacks.

    Args:
        epochs: Number of the last epoch.
        initial_epoch: Epochs that are not made again.
        steps_per_epoch: Batches of an epoch; None for all.
        class_weight: Labels and their weights, sorted by label; None for none.
        shuffle: Whether the batches are shuffled.
        validation_steps: Batches of a validation; None for all.
        validation_freq: Every how many epochs, or after which, to validate.
        batch_size: Samples of a batch of arrays; None for what Keras makes of it.
        validation_batch_size: The same of a validation; None for that of training.
        validation_split: The share of arrays, their last one, that is validated with and not
            trained on.
        sample_weight: Labels and the weight of each sample that has them, sorted by label; None for
            none.
    """

    epochs: int = 1
    initial_epoch: int = 0
    steps_per_epoch: int | None = None
    class_weight: tuple[tuple[int, Value], ...] | None = None
    shuffle: bool = True
    validation_steps: int | None = None
    validation_freq: int | tuple[int, ...] = 1
    batch_size: int | None = None
    validation_batch_size: int | None = None
    validation_split: float = 0.0
    sample_weight: tuple[tuple[int, Value], ...] | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """One call of ``fit``, complete.

    Args:
        loader: What it trains on: images, or how arrays or a dataset were made.
        validation: What it validates with.
        architecture: The model.
        compile: What it was compiled with.
        fit: What it was fitted with.
        callbacks: Those of Keras that act on training, in their order.
    """

    loader: Source
    validation: Source | None
    architecture: Architecture
    compile: Compile
    fit: FitArguments
    callbacks: tuple[ObjectSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """A model that was trained elsewhere.

    Args:
        architecture: The model.
        loader: What it was trained on; None where that cannot be described.
        classes: Names of the classes in the order of their labels; empty where nobody knows.
    """

    architecture: Architecture
    loader: LoaderSpec | None
    classes: tuple[str, ...] = ()


def to_json(record: object) -> Json:
    """Return what ``json.dumps`` takes, in the format that ``accept`` reads.

    Raises:
        TypeError: It is none of these records, nor what is in them.
    """
    if isinstance(record, list | tuple):
        return [to_json(value) for value in record]
    if isinstance(record, Mapping):
        return {str(name): to_json(value) for name, value in record.items()}
    if record is None or isinstance(record, bool | int | float | str):
        return record
    return to_json(_entries(record))


def _entries(record: object) -> dict[str, object]:
    match record:
        case Number(dtype, value):
            return {"number": dtype, "value": value}
        case ObjectSpec(name, arguments):
            return {"part": name, "arguments": arguments}
        case LayerSpec(part, inputs):
            return {**_entries(part), "inputs": inputs}
        case _ if is_dataclass(record):
            return {each.name: getattr(record, each.name) for each in fields(record)}
    raise TypeError(f"a description holds no {type(record).__name__}")


def canonical(record: object) -> bytes:
    """Write a record down in one way only, whatever the order of its keyword arguments."""
    text = json.dumps(to_json(record), sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("ascii")


def key(description: Description) -> str:
    """Return the SHA-256 of a description, in hexadecimal: what equal trainings share."""
    return hashlib.sha256(canonical(description)).hexdigest()


def digest(files: Iterable[tuple[str, int]]) -> str:
    """Return the SHA-256 of the files that a loader found, in hexadecimal.

    Args:
        files: Path of each below the loader's folder, with ``/``, and its label.
    """
    lines = sorted(f"{label} {path}\n" for path, label in files)
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
