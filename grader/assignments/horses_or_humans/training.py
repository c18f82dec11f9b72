"""The checks of the first training, and of the second one, which validates."""

from grader.assignments.horses_or_humans.images import FOLDER, VALIDATION
from grader.assignments.horses_or_humans.loading import batch_size
from grader.assignments.horses_or_humans.parts import (
    LEARNT,
    PICTURES,
    VALIDATED,
    first,
    horses_or_humans,
    second,
    training_images,
)
from grader.authoring import (
    Expectation,
    Result,
    Training,
    asked,
    expect,
    returned,
    targets,
)

training = horses_or_humans.group("training")
validating = horses_or_humans.group("validation")
STEPS = "How many batches show all pictures once, and who counts them best?"
WITH = "Which argument of fit is for pictures to look at after each epoch?"
HISTORY = "fit gives you an object that remembers every epoch. Return that one."


def whole(training: Training, batch: int, dataset: tuple[int, int]) -> Expectation:
    """Each epoch has all batches of the notebook's pictures, or of those that it is graded on."""
    return asked.whole_epochs(training, batch, dataset[0], PICTURES)


def validates(training: Training) -> Expectation:
    """It validates with the pictures that are there for it."""
    return asked.validates_in(training, f"../data/{FOLDER}/{VALIDATION}")


@training.check(first.training, batch_size, training_images.dataset, points=4, hint=STEPS)
def first_whole(training: Training, batch: int, dataset: tuple[int, int]) -> Expectation:
    """Each epoch of the first training shows all pictures."""
    return whole(training, batch, dataset)


@training.check(
    first.training, points=5, hint="Does the accuracy rise at all, and would it rise further?"
)
def learnt(training: Training) -> Expectation:
    """The first training learns what it is shown."""
    return targets.reaches(training, LEARNT)


@training.check(first.training, first.result, points=2, hint=HISTORY)
def first_returned(training: Training, result: Result) -> Expectation:
    """The History of the first training is returned."""
    return returned.returned(result, training)


@validating.check(
    first.training,
    second.training,
    points=3,
    hint="Which model is train_validated given, and which one does it train?",
)
def begun_anew(one: Training, other: Training) -> Expectation:
    """The second training is of the new model, which has learnt nothing before."""
    unknown = "What the second training began with was not measured."
    for each in (one, other):
        asked.require_made(each, unknown)
    went_on = other.goes_on_from(one)
    found = "the model of the first training" if went_on else "a new model"
    return expect(not went_on, "a new model", found)


@validating.check(second.training, batch_size, training_images.dataset, points=2, hint=STEPS)
def second_whole(training: Training, batch: int, dataset: tuple[int, int]) -> Expectation:
    """Each epoch of the second training shows all pictures."""
    return whole(training, batch, dataset)


@validating.check(second.training, points=3, hint=WITH)
def second_validated(training: Training) -> Expectation:
    """The second training validates with the pictures that are there for it."""
    return validates(training)


@validating.check(
    second.training,
    points=8,
    required=True,
    hint="What do the curves say: does the model learn too little, or its own pictures by heart?",
)
def validated(training: Training) -> Expectation:
    """At the end, the large model knows 75 % of the pictures that it has not been trained on."""
    return targets.reaches(training, VALIDATED)


@validating.check(second.training, second.result, points=1, hint=HISTORY)
def second_returned(training: Training, result: Result) -> Expectation:
    """The History of the second training is returned."""
    return returned.returned(result, training)
