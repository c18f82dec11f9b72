"""The checks of both trainings, of the saved model and of the final test."""

from grader.assignments.cats_and_dogs.images import FOLDER, VALIDATION
from grader.assignments.cats_and_dogs.parts import (
    BATCH,
    LEARNT,
    MOST_EPOCHS,
    PICTURES,
    TESTED,
    cats_and_dogs,
    first,
    saved,
    second,
    test_accuracy,
    training_images,
)
from grader.authoring import (
    Expectation,
    FileView,
    ProbeFault,
    Result,
    Training,
    ValueView,
    asked,
    expect,
    returned,
    targets,
)

training = cats_and_dogs.group("training")
further = cats_and_dogs.group("augmentation")
ending = cats_and_dogs.group("test")
STEPS = "How many batches are there, and who counts them best?"
VALIDATED = "Which argument of fit is for pictures to look at after each epoch?"
EPOCHS_ASKED = "Which name in the notebook stands for how many epochs to train?"
HISTORY = "fit gives you an object that remembers every epoch. Return that one."
# Epochs whose mean tells how far the curves are apart.
LAST, CLOSE = 5, 0.05
# The grader and Keras may differ in the last digits; a single picture is more than that.
ALIKE = 0.002


def _epochs(training: Training) -> Expectation:
    return asked.at_most_epochs(training, MOST_EPOCHS)


def _whole(training: Training, dataset: tuple[int, int]) -> Expectation:
    return asked.whole_epochs(training, BATCH, dataset[0], PICTURES)


def _validated(training: Training) -> Expectation:
    return asked.validates_in(training, f"../data/{FOLDER}/{VALIDATION}")


@training.check(first.training, points=2, hint=EPOCHS_ASKED)
def first_epochs(training: Training) -> Expectation:
    """The first training takes no more epochs than the notebook allows."""
    return _epochs(training)


@training.check(first.training, training_images.dataset, points=3, hint=STEPS)
def first_whole(training: Training, dataset: tuple[int, int]) -> Expectation:
    """Each epoch of the first training shows all pictures."""
    return _whole(training, dataset)


@training.check(first.training, points=3, hint=VALIDATED)
def first_validated(training: Training) -> Expectation:
    """The first training validates with the pictures that are there for it."""
    return _validated(training)


@training.check(
    first.training, points=3, hint="Does the accuracy rise at all, and would it rise further?"
)
def learnt(training: Training) -> Expectation:
    """The first training learns what it is shown."""
    return targets.reaches(training, LEARNT)


@training.check(first.training, first.result, points=2, hint=HISTORY)
def first_returned(training: Training, result: Result) -> Expectation:
    """The History of the first training is returned."""
    return returned.returned(result, training)


@further.check(second.training, points=2, hint=EPOCHS_ASKED)
def second_epochs(training: Training) -> Expectation:
    """The second training takes no more epochs than the notebook allows."""
    return _epochs(training)


@further.check(second.training, training_images.dataset, points=2, hint=STEPS)
def second_whole(training: Training, dataset: tuple[int, int]) -> Expectation:
    """Each epoch of the second training shows all pictures."""
    return _whole(training, dataset)


@further.check(second.training, points=2, hint=VALIDATED)
def second_validated(training: Training) -> Expectation:
    """The second training validates with the pictures that are there for it."""
    return _validated(training)


@further.check(
    first.training,
    second.training,
    points=3,
    hint="Which network is train_augmented given, and which one does it train?",
)
def goes_on(one: Training, other: Training) -> Expectation:
    """The second training goes on with the network of the first one."""
    unknown = "What both trainings began and ended with was not measured."
    for each in (one, other):
        asked.require_made(each, unknown)
    ended, began = one.measured, other.measured_before
    if ended is None or began is None:
        raise ProbeFault(unknown)
    # A network that was saved and loaded is another one, and begins where the first has ended.
    met = other.goes_on_from(one) or abs(ended - began) <= ALIKE
    wanted = f"begins with {ended:.0%} of the pictures classified correctly, as the first one ended"
    return expect(met, wanted, f"begins with {began:.0%}")


@further.check(
    first.training,
    second.training,
    points=3,
    hint="Do the pictures of the second training change each time they are shown?",
)
def gap_closed(one: Training, other: Training) -> Expectation:
    """The second training is much less of learning by heart."""
    # To pictures that were trained on there is no gap, whatever was learnt.
    for each in map(_validated, (one, other)):
        if not each.met:
            return each
    before, after = (asked.mean_gap(each, LAST) for each in (one, other))
    wanted = max(before / 2, CLOSE)
    return expect(after <= wanted, f"a gap of at most {wanted:.0%}", f"a gap of {after:.0%}")


@further.check(second.training, second.result, points=2, hint=HISTORY)
def second_returned(training: Training, result: Result) -> Expectation:
    """The History of the second training is returned."""
    return returned.returned(result, training)


@ending.check(
    saved,
    second.training,
    points=3,
    hint="Which network is written, by which of its methods, and under which name?",
)
def loads_again(file: FileView, training: Training) -> Expectation:
    """The network is saved as it was trained, and is the same when it is loaded."""
    asked.require_made(
        training, "The notebook trained by itself, so that nobody knows its weights."
    )
    held = file.holds_weights(training)
    return file.loads_again() if held.met else held


@ending.check(
    second.training,
    points=10,
    required=True,
    hint="What do the curves of both trainings say: is there too little learning, or too much?",
)
def tested(training: Training) -> Expectation:
    """At the end, the network knows 75 % of the pictures of the test."""
    return targets.reaches(training, TESTED)


@ending.check(
    test_accuracy,
    second.training,
    points=3,
    hint="Which pictures are evaluated, and which of the two numbers is the accuracy?",
)
def evaluated(value: ValueView, training: Training) -> Expectation:
    """The accuracy on all pictures of the test is told as it is."""
    unknown = "The accuracy on the test was not measured."
    asked.require_made(training, unknown)
    right = training.tested
    if right is None:
        raise ProbeFault(unknown)
    return value.within(right - ALIKE, right + ALIKE)
