"""The checks of the compact model: its layers, its training, and what it costs to be compact."""

from grader.assignments.horses_or_humans.loading import batch_size, compact_size
from grader.assignments.horses_or_humans.parts import (
    VALIDATED,
    compact,
    compact_accuracy,
    compact_images,
    compared,
    horses_or_humans,
)
from grader.assignments.horses_or_humans.structure import CHANNELS
from grader.assignments.horses_or_humans.training import STEPS, WITH, validates, whole
from grader.authoring import (
    Expectation,
    FunctionView,
    Model,
    ProbeFault,
    Quantity,
    Training,
    ValueView,
    asked,
    expect,
    models,
    targets,
)

smaller = horses_or_humans.group("compact")
CONVOLUTIONS = 3
# The grader and Keras may differ in the last digits; a single picture is more than that.
ALIKE = 0.002
_IN_VALIDATION = Quantity(split="validation")


@smaller.check(
    compact.model, compact_size, points=1, hint="How large are the pictures of this part?"
)
def compact_input(model: Model, size: int) -> Expectation:
    """The compact model takes one picture in colour, of half the side."""
    return models.takes_images(model, (size, size, CHANNELS))


@smaller.check(
    compact.model, points=2, hint="Which convolutions stay, and which ones are left out?"
)
def compact_convolutions(model: Model) -> Expectation:
    """The compact model has three convolutions, with pooling between them."""
    found = models.convolutions(model, CONVOLUTIONS)
    if not found.met:
        return found
    fewer = not models.convolutions(model, CONVOLUTIONS + 1).met
    return expect(fewer, f"{CONVOLUTIONS} convolutions", found.actual)


@smaller.check(compact.training, batch_size, compact_images.dataset, points=1, hint=STEPS)
def compact_whole(training: Training, batch: int, dataset: tuple[int, int]) -> Expectation:
    """Each epoch of the compact model's training shows all pictures."""
    return whole(training, batch, dataset)


@smaller.check(compact.training, points=1, hint=WITH)
def compact_validated(training: Training) -> Expectation:
    """The compact model is validated with the pictures that are there for it."""
    return validates(training)


@smaller.check(
    compact.training,
    points=5,
    hint="What do the curves say: does the model learn too little, or its own pictures by heart?",
)
def compact_learnt(training: Training) -> Expectation:
    """At the end, the compact model knows 75 % of the pictures that it has not been trained on."""
    return targets.reaches(training, VALIDATED)


@smaller.check(
    compact_accuracy,
    compact.training,
    points=2,
    hint="Which model is evaluated on which pictures, and which of the two numbers is the "
    "accuracy?",
)
def compact_evaluated(value: ValueView, training: Training) -> Expectation:
    """The accuracy of the compact model on all pictures to validate with is told as it is."""
    unknown = "The accuracy in validation was not measured."
    asked.require_made(training, unknown)
    if training.validated is None:
        raise ProbeFault(unknown)
    # What is measured is the better of two ways with batch normalisation, and of pictures that are
    # resized as those to train on: with another kind of loader, ``evaluate`` has what was logged.
    logged = training.curve(_IN_VALIDATION)[-1:] if validates(training).met else ()
    right = [each for each in (training.validated, *logged) if each is not None]
    found = [value.within(each - ALIKE, each + ALIKE) for each in right]
    return next((each for each in found if each.met), found[0])


@smaller.check(
    compared,
    points=4,
    hint="When is a share of a human right about a horse, and when about a human? Try your "
    "function with three pictures.",
)
def pictures_lost(function: FunctionView) -> Expectation:
    """Pictures are named that the large model classifies correctly and the compact one does not."""
    return function.agrees()
