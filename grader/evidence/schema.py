"""The schema of what a student's kernel leaves behind, line by line."""

from typing import Annotated, Literal

from pydantic import Field

from grader.checked import Checked, Curve, Index, Name, Raised, Shape, Text, Whole
from grader.evidence.division import Division
from grader.evidence.parts import (
    Compilation,
    Examined,
    Layer,
    PassedCallback,
)
from grader.evidence.splits import OnSplit, ValidationSamples
from grader.kinds.batches import Loader

Functions = Annotated[tuple[Name, ...], Field(max_length=20)]


class CellEnd(Checked):
    """How a cell ended; ``index`` is its place in the plan."""

    kind: Literal["cell"]
    index: Index
    error: Raised | None = None


class Model(Checked):
    """A model's layers in order, nested models unfolded; shapes include the batch axis.

    ``functions`` are the graded names whose cells it was first seen in, the innermost one first.
    """

    kind: Literal["model"]
    key: Name
    type: Name
    input_shape: Shape | None = None
    layers: Annotated[tuple[Layer, ...], Field(max_length=1_000)] = ()
    compilation: Compilation | None = None
    functions: Functions = ()


class ByGrader(Checked):
    """A training that the grader made itself: no kernel says this.

    ``images`` are those of the dataset, ``seen`` so many of them does an epoch show; ``before`` and
    ``accuracy`` are the shares of all images classified correctly before and after training,
    ``fresh`` that before any training of the model, None where it is not known to be another one,
    ``measured`` those after each epoch, None for epochs that were not measured. ``running`` are the
    means over the batches of each epoch of an accuracy that suits the output; ``telling`` says
    whether they are of all images, in mixed order. ``earlier`` counts the epochs of trainings that
    this one went on from, ``loader`` is what it was trained on. ``relearnt`` is the best accuracy
    with exchanged labels, where that was tried; ``undecided`` says that time was up meanwhile.
    ``same_images`` says that it validates with what it trains on, and other splits are there.
    ``validated`` and ``tested`` are None where nothing was measured on validation or test data,
    ``validated_with`` where ``fit`` validated with neither arrays nor a dataset.
    ``learning_rate`` is that of all epochs, None where it changed; ``constant_kernels`` is the
    initializer by which all numbers of a hidden layer's kernel began alike, if there is one.
    ``data`` is the name of the arrays that it was made on, empty where these were class folders;
    None where nobody wrote it down. ``weights`` are digests of the trained arrays, none where these
    are too many. ``validation_folder`` is where the class folders are that it validates with, in
    the layout of a run; None where it does not validate with such, and of evidence of old.
    ``division`` is how its images were divided, where it trains on a dataset of ``tf.data`` and
    validates with one. ``model`` is the model as it was trained: a later training may have compiled
    it otherwise. ``at_convolution`` are the least and the greatest value that reached its first
    convolution. Both are None where they are not known, and of evidence of old. ``went_on_from``
    are the numbers of the trainings of the same model that this one went on from, the last one
    first.
    """

    images: Whole
    seen: Whole
    before: float
    accuracy: float
    running: Curve = ()
    measured: Curve = ()
    telling: bool = True
    earlier: Whole = 0
    loader: Loader | None = None
    relearnt: float | None = None
    undecided: bool = False
    same_images: bool = False
    validated: OnSplit | None = None
    tested: OnSplit | None = None
    learning_rate: float | None = None
    constant_kernels: Name = ""
    validated_with: ValidationSamples | None = None
    fresh: float | None = None
    data: Name | None = None
    weights: Annotated[tuple[Name, ...], Field(max_length=2_000)] = ()
    validation_folder: Text | None = None
    division: Division | None = None
    model: Model | None = None
    at_convolution: tuple[float, float] | None = None
    went_on_from: Annotated[tuple[Index, ...], Field(max_length=2_000)] = ()


class Fit(Checked):
    """One call of ``fit``; written when it starts and again when it ends.

    ``path`` says who trained, as the kernel tells it, and ``reason`` why not the grader; ``number``
    is that of the request. The grader itself puts there ``trained``, ``examined``,
    ``epochs_before``, those of each earlier training that counts with this one, ``cell``, the place
    in the plan of the cell that was running, and ``elsewhere``: that it was asked to train on other
    images than those of the dataset. ``given`` are variables of the notebook that hold what it
    trains on, ``functions`` the graded names whose cells called it, the innermost one first.
    """

    kind: Literal["fit"]
    index: Index
    model: Name
    epochs: Whole | None = None
    steps_per_epoch: Whole | None = None
    callbacks: Annotated[tuple[PassedCallback, ...], Field(max_length=50)] = ()
    loader: Name = ""
    given: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    finished: bool = False
    stopped: bool = False
    curves: Annotated[dict[Name, Curve], Field(max_length=50)] = {}  # noqa: RUF012 - pydantic copies it
    path: Literal["grader", "kernel"] = "kernel"
    reason: Text = ""
    number: Index | None = None
    functions: Functions = ()
    cell: Index | None = None
    trained: ByGrader | None = None
    elsewhere: bool = False
    epochs_before: Annotated[tuple[Whole, ...], Field(max_length=200)] = ()
    examined: Examined | None = None
    error: Raised | None = None
    wall_s: float = 0.0


class ConvolutionInput(Checked):
    """Range of the values that reach a model's first convolution, as its kernel tells it.

    ``loader`` is the graded name of what yields the images; empty in evidence of old.
    """

    kind: Literal["convolution_input"]
    model: Name
    loader: Name = ""
    minimum: float
    maximum: float

    @property
    def key(self) -> str:
        """By which it is kept."""
        return f"{self.model} {self.loader}".strip()


class Unprobed(Checked):
    """A part that could not be observed because the student's code raised."""

    kind: Literal["unprobed"]
    name: Name
    error: Raised


class Fault(Checked):
    """A failure of the probe itself, or of code of the assignment's author."""

    kind: Literal["fault"]
    name: Name
    message: Text
    of_assignment: bool = False


class WeightsSet(Checked):
    """Weights of a model that the notebook set itself, ``by`` a method, before or after a fit."""

    kind: Literal["weights"]
    fit: Index
    when: Literal["before", "after"]
    by: Name


class Patched(Checked):
    """Names of Keras, or of the probe, that stand for something else than at first."""

    kind: Literal["patched"]
    names: Annotated[tuple[Name, ...], Field(max_length=100)]


class Environment(Checked):
    """Versions inside the kernel."""

    kind: Literal["environment"]
    python: Name
    tensorflow: Name
    keras: Name
    threads: Index


class NotRun(Checked):
    """A line of a cell that did nothing while grading, and why not: what it is.

    ``cell`` is the place in the plan of the cell that it stands in, or else of the one that ran;
    ``line`` counts from 1 there, and is None where it is not known.
    """

    kind: Literal["not_run"]
    cell: Index
    line: Index | None = None
    text: Text
    why: Literal["command", "magic", "extension"]


Record = (
    CellEnd
    | Model
    | Fit
    | ConvolutionInput
    | Unprobed
    | Fault
    | Patched
    | WeightsSet
    | Environment
    | NotRun
)
