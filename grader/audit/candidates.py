"""Checks that a rubric could have: ready-made expectations, with what the solution has in them."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from grader.assignments.assignment import Assignment
from grader.attempt import chosen
from grader.audit.judged import Judged
from grader.authoring import (
    Absent,
    Expectation,
    File,
    Function,
    FunctionView,
    ImageLoader,
    Loader,
    Model,
    Need,
    Observed,
    ProbeFault,
    StoppingCallback,
    TrainedModel,
    Training,
    callbacks,
    compilations,
    expect,
    loaders,
    models,
    returned,
    targets,
)
from grader.checks import Check
from grader.checks.parts import view
from grader.checks.trusted import run_of
from grader.kinds.kind import GradedPart, Part
from grader.records.graded_names import is_call

_TWO, _AXES = 2, 4


@dataclass(frozen=True)
class Candidate:
    """A check that is not in the rubric, or is by another name.

    Args:
        code: The expectation, as an author writes it.
        check: The same, to be run.
    """

    code: str
    check: Check


def candidates(assignment: Assignment, solution: Judged) -> Iterator[Candidate]:
    """Yield checks of an assignment's parts, with numbers that the solution has.

    Args:
        assignment: Whose parts they are.
        solution: What was observed of it; only what holds of that is worth a check.
    """
    seen = Observed(chosen(solution.attempts).observed)
    for part in assignment.parts:
        for code, needs, function in _of(part, seen):
            check = Check(_named(function), needs, "", part.name, 1, code)
            yield Candidate(code, check)


Made = tuple[str, tuple[Need[Any], ...], Callable[..., Expectation]]


def _of(part: GradedPart, seen: Observed) -> Iterator[Made]:
    # Of what the solution lacks there is nothing to ask for.
    with suppress(Absent, ProbeFault):
        if isinstance(part, ImageLoader):
            yield from _of_loader(part, seen)
        elif isinstance(part, StoppingCallback):
            yield from _of_callback(part)
        elif isinstance(part, TrainedModel):
            yield from _of_model(part, seen)
        elif isinstance(part, Function | File):
            yield from _of_other(part)


def _of_loader(part: ImageLoader, seen: Observed) -> Iterator[Made]:
    found, dataset = part.loader.find(seen), part.dataset.find(seen)
    yield "loaders.finds(loader, *dataset)", (part.loader, part.dataset), _finds
    if found.batch_size is not None:
        size = found.batch_size
        yield (f"loaders.batches_of(loader, {size})", (part.loader,),
               lambda loader: loaders.batches_of(loader, size))  # fmt: skip
    if found.batch_shape and len(found.batch_shape) == _AXES:
        height, width = found.batch_shape[1] or 0, found.batch_shape[2] or 0
        yield (f"loaders.sized(loader, {height}, {width})", (part.loader,),
               lambda loader: loaders.sized(loader, height, width))  # fmt: skip
    yield "loaders.binary_labels(loader)", (part.loader,), loaders.binary_labels
    classes = dataset[1]
    yield (f"loaders.class_labels(loader, {classes})", (part.loader,),
           lambda loader: loaders.class_labels(loader, classes))  # fmt: skip
    yield "loaders.unit_range(*scale)", (part.scale,), lambda scale: loaders.unit_range(*scale)


def _finds(loader: Loader, dataset: tuple[int, int]) -> Expectation:
    return loaders.finds(loader, *dataset)


def _of_callback(part: StoppingCallback) -> Iterator[Made]:
    both, limit = (part.callback, part.in_training), part.threshold
    yield (f"callbacks.stops_above(callback, in_training, {limit})", both,
           lambda one, other: callbacks.stops_above(one, other, limit))  # fmt: skip
    yield (f"callbacks.goes_on_below(callback, in_training, {limit})", both,
           lambda one, other: callbacks.goes_on_below(one, other, limit))  # fmt: skip
    yield "callbacks.lives_without(callback)", (part.callback,), callbacks.lives_without


def _of_model(part: TrainedModel, seen: Observed) -> Iterator[Made]:
    yield from _of_layers(part, part.model.find(seen))
    one_hot: Need[Any] = (
        part.loader.one_hot if isinstance(part.loader, ImageLoader) else part.one_hot
    )
    compiled = (part.model, part.compilation, one_hot)
    classes = seen.counts()[1]

    more = f", classes={classes}" if classes > _TWO else ""
    yield (f"compilations.loss_fits(model, compilation, one_hot=one_hot{more})", compiled,
           lambda *found: compilations.loss_fits(
               *found[:2], one_hot=found[2], classes=classes))  # fmt: skip
    yield ("compilations.logs_accuracy(model, compilation, one_hot=one_hot)", compiled,
           lambda *found: compilations.logs_accuracy(*found[:2], one_hot=found[2]))  # fmt: skip
    output = (part.model, part.from_logits)
    yield ("models.two_class_output(model, from_logits=from_logits)", output,
           lambda *found: models.two_class_output(found[0], from_logits=found[1]))  # fmt: skip
    yield (f"models.class_output(model, {classes}, from_logits=from_logits)", output,
           lambda *found: models.class_output(found[0], classes, from_logits=found[1]))  # fmt: skip
    yield from _of_training(part)


def _of_layers(part: TrainedModel, model: Model) -> Iterator[Made]:
    shape = (model.input_shape or ())[1:]
    if len(shape) == _AXES - 1 and None not in shape:
        image = (shape[0] or 0, shape[1] or 0, shape[2] or 0)
        yield (f"models.takes_images(model, {image})", (part.model,),
               lambda model: models.takes_images(model, image))  # fmt: skip
    count = sum(models.is_a(layer, models.CONVOLUTIONS) for layer in model.layers)
    if count:
        yield (f"models.convolutions(model, {count})", (part.model,),
               lambda model: models.convolutions(model, count))  # fmt: skip
    yield "models.flattened(model)", (part.model,), models.flattened


def _of_training(part: TrainedModel) -> Iterator[Made]:
    for goal in part.goals:
        yield (f"targets.reaches(training, GOAL): {goal}", (part.training,),
               lambda training, goal=goal: targets.reaches(training, goal))  # fmt: skip

    def asked(training: Training) -> Expectation:
        epochs = training.epochs_asked
        return expect(epochs is not None and epochs <= part.most_epochs, "", epochs)

    most = part.most_epochs
    yield f"expect(training.epochs_asked <= {most}, ...)", (part.training,), asked
    if not is_call(part.name):
        yield ("returned.returned(result, training)", (part.training, part.result),
               lambda training, result: returned.returned(result, training))  # fmt: skip


def _of_other(part: Function | File) -> Iterator[Made]:
    need: Need[Any] = _need(part)
    if isinstance(part, Function):
        yield "function.agrees()", (need,), FunctionView.agrees
        yield "function.keeps_arguments()", (need,), FunctionView.keeps_arguments
    else:
        yield "file.exists()", (need,), lambda file: file.exists()


def _need(part: Part[Any]) -> Need[Any]:
    return Need(part.kind, part.name, lambda seen: view(run_of(seen), part))


def _named(function: Callable[..., Expectation]) -> Callable[..., Expectation]:
    """Return a function that may be called like others are: a check is known by its name."""

    def candidate(*evidence: object) -> Expectation:
        return function(*evidence)

    return candidate
