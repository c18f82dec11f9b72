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
    Absent,
    Expectation,
    FileView,
    ProbeFault,
    Result,
    Training,
    ValueView,
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


def _require_made(training: Training, unknown: str) -> None:
    """Make sure that the grader made a training.

    Args:
        training: Which.
        unknown: What nobody knows of it otherwise.

    Raises:
        Absent: It was on pictures of another part, and counts for nothing.
        ProbeFault: The notebook trained by itself.
    """
    if training.on_other_samples:
        raise Absent(training.part, f"{training.part} trains on other pictures.")
    if not training.by_grader:
        raise ProbeFault(unknown)


def _logged(training: Training, part: str) -> tuple[list[float], list[float]]:
    """Return the accuracy that each epoch logged, in training and in validation.

    Raises:
        Absent: None was logged of one of them, or it was on other pictures.
        ProbeFault: The notebook trained.
    """
    _require_made(training, "The notebook trained by itself, so that nobody knows its curves.")
    curves = training.curves
    name = next((each for each in curves if f"val_{each}" in curves and each != "loss"), "")
    if not name:
        raise Absent(part, f"{part} logged no accuracy in training and in validation.")
    known = ([one or 0.0 for one in curves[key]] for key in (name, f"val_{name}"))
    own, validated = known
    return own, validated


def gap_at_end(training: Training) -> float:
    """Return by how much the accuracy in training was above that in validation at last."""
    own, validated = _logged(training, first.name)
    return own[-1] - validated[-1]


def _mean_gap(training: Training, part: str) -> float:
    own, validated = (series[-LAST:] for series in _logged(training, part))
    return sum(own) / len(own) - sum(validated) / len(validated)


def _epochs(training: Training) -> Expectation:
    asked = training.epochs_asked
    met = asked is not None and asked <= MOST_EPOCHS
    return expect(met, f"at most {MOST_EPOCHS} epochs", f"{asked} epochs")


def _whole(training: Training, dataset: tuple[int, int]) -> Expectation:
    # A profile takes fewer pictures than the notebook has, where a student may have counted.
    right, asked = {-(-count // BATCH) for count in (dataset[0], PICTURES)}, training.steps_asked
    wanted = f"{max(right)} batches an epoch, or as many as there are"
    return expect(asked in {None, *right}, wanted, f"{asked or 'all'} batches an epoch")


def _validated(training: Training) -> Expectation:
    _require_made(
        training, "The notebook trained by itself, so that nobody knows what it validated."
    )
    wanted, found = f"../data/{FOLDER}/{VALIDATION}", training.validates_in
    said = "validates with nothing" if found is None else f"validates with {found or 'others'}"
    return expect(found == wanted, f"validates with {wanted}", said)


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
        _require_made(each, unknown)
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
    before, after = _mean_gap(one, first.name), _mean_gap(other, second.name)
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
    _require_made(training, "The notebook trained by itself, so that nobody knows its weights.")
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
    _require_made(training, unknown)
    right = training.tested
    if right is None:
        raise ProbeFault(unknown)
    return value.within(right - ALIKE, right + ALIKE)
