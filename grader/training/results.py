"""How a training is made, what it reports while it runs, and what it leaves behind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from grader.training.description import Description

Array: TypeAlias = NDArray[Any]


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """How a description is trained.

    Args:
        seed: Of Python, NumPy, TensorFlow and Keras.
        epochs: How many epochs are made at most: what the rubric needs.
        seconds: Wall time of ``fit`` after which it stops at the end of a batch.
        threads: Threads that TensorFlow computes with.
        exact: Whether to compute digit for digit as ``fit`` does, or faster, with as good results.
        targets: Accuracies that are to be reached, from 0 to 1: which epochs are measured depends
            on them.
        validation: Place of the split for validation among ``splits``, or its name among
            ``arrays``; empty where nothing is measured on its images.
        validation_targets: The same as ``targets``, of the accuracy on those images.
        loss_targets: Losses on them of which each is to be reached, or less.
        test: Place of the split for tests among ``splits``, whose images are measured when training
            has ended; empty likewise.
        test_targets: The same as ``targets``, of the accuracy on those.
        losses: Whether the loss on images of these two splits is measured as well.
        exchanged: Whether images get the label of the next class.
        mirrored: Whether such images are shown upside down as well, in other colours.
        splits: The splits of class folders of a dataset that is divided: the folder of the
            grader's copy by the place in the layout of a run, with ``/``.
        arrays: The folder with ``x.npy`` and ``y.npy`` of what may be trained on as arrays, by the
            name of its split, or of split and part, with ``/``.
        data: Which of these is to be trained on; empty where class folders are.
        on_any: Whether it may be made on other arrays as well: whoever counts it knows on which.
        redraws_seeds: Whether seeds that descriptions name are replaced by ``seeds.redrawn``.
        steps: How many batches an epoch has at most, whatever is asked for; 0 for as many as that.
        memory_bytes: Resident memory above which the process is ended that trains.
    """

    seed: int
    epochs: int = 10_000
    seconds: float = 600.0
    threads: int = 1
    exact: bool = False
    targets: tuple[float, ...] = (1.0,)
    validation: str = ""
    validation_targets: tuple[float, ...] = ()
    loss_targets: tuple[float, ...] = ()
    test: str = ""
    test_targets: tuple[float, ...] = ()
    losses: bool = False
    exchanged: bool = False
    mirrored: bool = False
    splits: Mapping[str, str] = field(default_factory=dict)
    arrays: Mapping[str, str] = field(default_factory=dict)
    data: str = ""
    on_any: bool = False
    redraws_seeds: bool = False
    steps: int = 0
    memory_bytes: int = 6 * 2**30


@dataclass(frozen=True, slots=True)
class Epoch:
    """What is known of one epoch once it has ended.

    Args:
        number: As Keras counts: the first one is 0.
        logs: Loss and metrics by name, as Keras' callbacks are given them.
        images: Different images of the dataset that it trained on.
        stopping: Whether a callback of Keras has ended the training with it.
        learning_rate: The one at its end; None where it follows a schedule.
        running: Mean over its batches of an accuracy that suits the output, from 0 to 1.
        measured: Share of all images that are classified correctly after it, from 0 to 1; None
            where that was not measured.
        validated: The same of the images of the split for validation.
        validated_loss: The loss on these, as Keras' ``evaluate`` has it; None likewise.
        updates: Steps that the optimizer has made within it: those that ``fit`` was asked for, or
            fewer where there are no more batches.
    """

    number: int
    logs: Mapping[str, float]
    images: int
    stopping: bool = False
    learning_rate: float | None = None
    running: float | None = None
    measured: float | None = None
    validated: float | None = None
    validated_loss: float | None = None
    updates: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """What callbacks elsewhere made of an epoch.

    Args:
        stop: Whether training ends with it.
        learning_rate: What the optimizer goes on with; None for what it has.
    """

    stop: bool = False
    learning_rate: float | None = None


@dataclass(frozen=True, slots=True)
class PriorFit:
    """A training that a further one goes on from.

    Args:
        description: What was trained.
        replies: To each of its epochs.
        apart: Whether another graded function has made it: the further one begins after it.
    """

    description: Description
    replies: tuple[Reply, ...]
    apart: bool = False


Report: TypeAlias = Callable[[Epoch], Reply]


def go_on(_: Epoch) -> Reply:
    """Reply to every epoch that training goes on."""
    return Reply()


@dataclass(frozen=True, slots=True)
class Measured:
    """Shares of all images of the dataset that the model classifies correctly, from 0 to 1.

    Args:
        before: Before training: by the weights with which it began.
        inference: Afterwards, as ``predict`` has it; None where ``batches`` has all images.
        batches: Afterwards, with batch normalisation by the statistics of mixed batches: after few
            steps its running averages are far behind. None for a model without it.
        fresh: Before any training of the model; another share than ``before`` where another graded
            function had trained it. None where nobody measured that.
    """

    before: float
    inference: float | None
    batches: float | None = None
    fresh: float | None = None

    @property
    def accuracy(self) -> float:
        """The higher of the two afterwards."""
        return max(self.inference or 0.0, self.batches or 0.0)

    @property
    def known(self) -> float:
        """The share before any training, by what a model was given to begin with."""
        return self.before if self.fresh is None else self.fresh


@dataclass(frozen=True, slots=True)
class Validated:
    """Shares of all images of another split that are classified correctly, from 0 to 1.

    Args:
        images: How many there are.
        before: The share before training, by the weights with which it began.
        after: The share when training has ended.
        loss_before: The loss on them before training, as Keras' ``evaluate`` has it; None where
            that was not measured.
        loss_after: The same when training has ended.
        fresh: The share before any training of the model, as ``Measured`` has it.
        loss_fresh: The same of the loss.
        evaluated: What ``evaluate`` has of it when training has ended, by name; empty likewise.
    """

    images: int
    before: float
    after: float
    loss_before: float | None = None
    loss_after: float | None = None
    fresh: float | None = None
    loss_fresh: float | None = None
    evaluated: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trained:
    """A training that was made.

    Args:
        epochs: All of them, in order.
        images: How many images the dataset has.
        weights: Arrays of each layer, in the order of the description's layers, each as
            ``get_weights`` of that layer has them.
        measured: How good the weights are.
        seen: What was trained, as ``seen.describe`` has it.
        late: Whether it ended because its time was up.
        telling: Whether each epoch showed all images in mixed order, so that its logs tell of all.
        moved: Change of the kernel that changed least, as a share of its length; None where there
            is no kernel.
        validated: How good the weights are on the split for validation; None where that was not
            measured.
        tested: The same on the split for tests.
    """

    epochs: tuple[Epoch, ...]
    images: int
    weights: tuple[tuple[Array, ...], ...]
    measured: Measured
    seen: Mapping[str, Any] = field(default_factory=dict)
    late: bool = False
    telling: bool = True
    moved: float | None = None
    validated: Validated | None = None
    tested: Validated | None = None

    @property
    def updates(self) -> int:
        """Steps that the optimizer has made in all its epochs."""
        return sum(epoch.updates for epoch in self.epochs)


def same(one: Trained, other: Trained) -> bool:
    """Whether two trainings are equal to the last digit."""
    pairs = zip(_weights(one), _weights(other), strict=False)
    return (
        _numbers(one) == _numbers(other)
        and _shapes(one) == _shapes(other)
        and all(np.array_equal(*pair, equal_nan=True) for pair in pairs)
    )


def _numbers(trained: Trained) -> tuple[object, ...]:
    measured = trained.measured, trained.validated, trained.tested
    return trained.epochs, trained.images, *measured, trained.late, trained.telling


def _weights(trained: Trained) -> list[Array]:
    return [array for layer in trained.weights for array in layer]


def _shapes(trained: Trained) -> list[list[tuple[int, ...]]]:
    return [[array.shape for array in layer] for layer in trained.weights]
