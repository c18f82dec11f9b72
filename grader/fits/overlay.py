"""Overwrites what a kernel claims of its trainings with what the grader knows of them."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from grader.checked import Shape
from grader.evidence import (
    ByGrader,
    Division,
    Evidence,
    Examined,
    Fit,
    Layer,
    Loader,
    Model,
    OnSplit,
    finite,
)
from grader.fits.answered import Answered
from grader.fits.learning import constant_kernels, steady_rate
from grader.preparation.records import Preparation
from grader.training.amounts import batch_size
from grader.training.description import LoaderSpec
from grader.training.pipeline_specs import PipelineSpec
from grader.training.refusals import OtherImages, Refused
from grader.training.results import Epoch, Trained, Validated

_INPUT = "InputLayer"
# Of more arrays no digests are kept.
MOST_ARRAYS = 2_000
# What ``probe.lines`` says: a graded name or "a cell".
_LINE = re.compile(r"line \d{1,6} of (a cell|[\w.]{1,100}): ", re.ASCII)
UNMATCHED = "what the grader was asked to train is not what fit asked for"


def overlay_trusted(
    evidence: Evidence,
    answered: Mapping[int, Answered | Refused],
    examined: Mapping[int, Examined] = MappingProxyType({}),
) -> None:
    """Correct what a kernel says of its fits, and of the models that the grader trained.

    Args:
        evidence: Of one run; changed.
        answered: What the grader was asked to train, by number.
        examined: What is known of models that the kernel trained, by number.
    """
    for fit in list(evidence.fits.values()):
        number = -1 if fit.number is None else fit.number
        found = answered.get(number)
        evidence.add(corrected(fit, found, examined.get(number)))
        if fit.path == "grader" and isinstance(found, Answered):
            before = tuple(_went_on_from(found, answered))
            _put(evidence, fit.index, found.trained, {"went_on_from": before})


def note_unmatched(
    evidence: Evidence, answered: Collection[int], *, senseless: bool = False
) -> None:
    """Note requests that no fit made, and fits that say they made a request and did not.

    Args:
        evidence: What a kernel said; it is changed.
        answered: Numbers of the requests.
        senseless: Whether something else came than requests.
    """
    fits = evidence.fits.values()
    known = {fit.number for fit in fits}
    # A fit that was cut short has asked, and not said so.
    short = sum(not fit.finished and fit.error is None for fit in fits)
    foreign = sum(number not in known for number in answered) > short
    trained = {fit.number for fit in fits if fit.finished and fit.path == "grader"}
    if senseless or foreign or not trained <= set(answered):
        evidence.tampered["fit"] = UNMATCHED


def corrected(
    fit: Fit, answered: Answered | Refused | None, examined: Examined | None = None
) -> Fit:
    """Return what is known of a fit: what the kernel says of it need not be what was trained.

    Args:
        fit: As the kernel tells it.
        answered: What came of the request that it speaks of; None if there was no such request.
        examined: What is known of the model, if the kernel trained it.
    """
    fit = fit.model_copy(
        update={"trained": None, "examined": None, "elsewhere": False, "cell": None}
    )
    if fit.path != "grader":
        known: dict[str, Any] = {"examined": examined}
        if isinstance(answered, OtherImages):
            known |= {"elsewhere": True, "reason": f"{_line(fit)}{answered}"}
        return fit.model_copy(update=known)
    if not isinstance(answered, Answered):
        # It says that the grader trained, which would know.
        return fit.model_copy(update={"curves": {}})
    asked = answered.asked
    known = {
        "epochs": asked.epochs,
        "steps_per_epoch": asked.steps_per_epoch,
        "stopped": answered.stopped,
        "curves": dict(_curves(answered.trained)),
        "trained": _trained(answered),
        "wall_s": max(0.0, fit.wall_s + answered.moved_s),
    }
    return fit.model_copy(update=known)


def _line(fit: Fit) -> str:
    """Return in which line ``fit`` was called, as its kernel says, before a reason."""
    found = _LINE.match(fit.reason)
    return found.group() if found else ""


def _curves(trained: Trained) -> Iterator[tuple[str, tuple[float | None, ...]]]:
    for name in dict.fromkeys(name for epoch in trained.epochs for name in epoch.logs):
        # Not every epoch need be validated, and a History has what was logged.
        logged = (epoch.logs[name] for epoch in trained.epochs if name in epoch.logs)
        yield name, tuple(map(finite, logged))


def _trained(answered: Answered) -> ByGrader:
    trained, source = answered.trained, answered.description.loader
    loader = trained.seen.get("loader")
    return ByGrader(
        images=trained.images,
        seen=_images_of_an_epoch(answered),
        before=trained.measured.before,
        accuracy=trained.measured.accuracy,
        running=tuple(epoch.running for epoch in trained.epochs),
        measured=tuple(epoch.measured for epoch in trained.epochs),
        telling=trained.telling,
        earlier=answered.counted_before,
        loader=Loader(kind="loader", name="", **loader) if loader else None,
        same_images=trained.seen.get("same_images") is True,
        validated=_on_split(trained.validated, trained.epochs),
        tested=_on_split(trained.tested, ()),
        learning_rate=steady_rate(trained),
        constant_kernels=constant_kernels(answered.description.architecture),
        fresh=trained.measured.fresh,
        data=source.split if isinstance(source, Preparation) else "",
        weights=answered.digests if len(answered.digests) <= MOST_ARRAYS else (),
        validation_folder=_validation_folder(answered),
        division=_division(trained),
    )


def _validation_folder(answered: Answered) -> str | None:
    validation = answered.description.validation
    if isinstance(validation, PipelineSpec):
        folders = {each.folder for each in validation.directories}
        return folders.pop() if len(folders) == 1 else None
    return validation.folder if isinstance(validation, LoaderSpec) else None


def _division(trained: Trained) -> Division | None:
    found = trained.seen.get("division")
    return None if found is None else Division.model_validate(found)


def _on_split(found: Validated | None, epochs: Sequence[Epoch]) -> OnSplit | None:
    if found is None:
        return None
    has_losses = found.loss_after is not None
    return OnSplit(
        images=found.images,
        before=found.before,
        accuracy=found.after,
        measured=tuple(epoch.validated for epoch in epochs),
        loss_before=finite(found.loss_before),
        loss=finite(found.loss_after),
        losses=tuple(finite(epoch.validated_loss) for epoch in epochs) if has_losses else (),
        fresh=found.fresh,
        loss_fresh=finite(found.loss_fresh),
        evaluated={
            n: each for n, value in found.evaluated.items() if (each := finite(value)) is not None
        },
    )


def _images_of_an_epoch(answered: Answered) -> int:
    """Return how many images an epoch shows, as whoever wrote the notebook can compute it."""
    description, loader = answered.description, answered.trained.seen.get("loader") or {}
    there = int(loader.get("images") or answered.trained.images)
    if description.fit.steps_per_epoch is None:
        return there
    return min(there, description.fit.steps_per_epoch * batch_size(description))


def _went_on_from(found: Answered, answered: Mapping[int, Answered | Refused]) -> Iterator[int]:
    """Yield the numbers of the trainings that one went on from, the last one first."""
    number = found.after
    while number is not None and isinstance(earlier := answered.get(number), Answered):
        yield number
        number = earlier.after


def _put(evidence: Evidence, index: int, trained: Trained, known: Mapping[str, Any]) -> None:
    """Put a model as it was trained in the place of the kernel's; names are the student's."""
    fit = evidence.fits[index]
    if "model" in trained.seen:
        told: dict[str, Any] = {"kind": "model", "key": fit.model, **trained.seen["model"]}
        model = _named(Model.model_validate(told), evidence.models.get(fit.model))
        evidence.add(model)
        evidence.convolution_inputs.pop(fit.model, None)
        known = {**known, "model": model, "at_convolution": trained.seen["scale"]}
    if fit.trained is not None:
        made = ByGrader(**{**dict(fit.trained), **known})
        evidence.fits[index] = fit.model_copy(update={"trained": made})


def _named(model: Model, student: Model | None) -> Model:
    if student is None:
        return model
    kinds = [layer.type for layer in student.layers]
    # A Sequential does not count its input among its layers.
    layers = [layer for layer in model.layers if _INPUT in kinds or layer.type != _INPUT]
    if [layer.type for layer in layers] == kinds:
        layers = list(map(_called, layers, student.layers))
    shape = _shape(model.input_shape, student.input_shape)
    known = {"type": student.type, "layers": tuple(layers), "input_shape": shape}
    return model.model_copy(update=known)


def _shape(trained: Shape | None, student: Shape | None) -> Shape | None:
    """Return the student's shape if it is the trained one but for axes of any length."""
    if trained is None or student is None or len(trained) != len(student):
        return trained
    fits = (said in (None, axis) for said, axis in zip(student, trained, strict=True))
    return student if all(fits) else trained


def _called(layer: Layer, student: Layer) -> Layer:
    return layer.model_copy(update={"name": student.name})
