"""The checks of the pictures that are trained on, and of how all of them are divided."""

from collections.abc import Callable

from grader.assignments.happy_sad_pipeline.images import CLASSES
from grader.assignments.happy_sad_pipeline.numbered import ShownParts, all_shown
from grader.assignments.happy_sad_pipeline.parts import (
    BATCH,
    TESTED_ON,
    TRAINED,
    VALIDATED,
    happy_sad_pipeline,
    shown,
    trained,
    training_images,
)
from grader.authoring import (
    Expectation,
    FunctionView,
    Loader,
    Training,
    divisions,
    expect,
    loaders,
)

loading = happy_sad_pipeline.group("loading")
dividing = happy_sad_pipeline.group("split")
image_size = happy_sad_pipeline.constant("IMAGE_SIZE", int)
# Whole batches may be divided instead of pictures.
_TOLERANCE = 0.06


@loading.check(
    training_images.loader,
    image_size,
    points=2,
    hint="What says how large pictures are, which labels they have, and how many come at a time?",
)
def shaped(loader: Loader, size: int) -> Expectation:
    """Pictures come in the size and batches that the notebook names, with a label of 0 or 1."""
    all_ = (
        loaders.sized(loader, size, size),
        loaders.batches_of(loader, BATCH),
        loaders.binary_labels(loader),
    )
    return next((each for each in all_ if not each.met), all_[0])


@loading.check(
    training_images.scale,
    points=3,
    hint="What is the largest value of a pixel, what makes it 1, and is that done just once?",
)
def scaled(scale: tuple[float, float]) -> Expectation:
    """Pixels are scaled to the range 0 to 1, once."""
    return loaders.unit_range(*scale)


@dividing.check(
    trained.training,
    points=6,
    hint="In which order do pictures come in the second pass, where take and skip are called?",
)
def apart(training: Training) -> Expectation:
    """No picture is both trained on and validated with, in any epoch."""
    return divisions.apart(training)


@dividing.check(
    trained.training,
    points=2,
    hint="Folders are read one after the other: what has the first part of them, if nobody mixes?",
)
def both_classes(training: Training) -> Expectation:
    """Pictures of both classes are trained on and validated with."""
    return divisions.of_all_classes(training)


@dividing.check(
    trained.training, points=2, hint="What are 70 percent of all pictures, and how many are taken?"
)
def share(training: Training) -> Expectation:
    """About 70 % of the pictures are trained on."""
    return divisions.divides(training, TRAINED, _TOLERANCE)


def _judged(function: FunctionView, wanted: str, fault: Callable[[ShownParts], str]) -> Expectation:
    """In no folder that was divided there is a fault, of which words tell."""
    found = next((words for each in all_shown(function) if (words := fault(each))), "")
    return expect(not found, wanted, found or wanted)


def _known(one: ShownParts) -> str:
    train, validation, test = one.ever
    shared = len(test & (train | validation))
    return (
        f"{shared} of {len(test)} pictures to test with are in another part as well"
        if shared
        else ""
    )


@dividing.check(
    shown, points=3, hint="Of which dataset is the third part made, and is that mixed anew?"
)
def test_apart(function: FunctionView) -> Expectation:
    """No picture to test with is in another part, in any pass."""
    return _judged(function, "no picture of the test in another part", _known)


def _lost(one: ShownParts) -> str:
    found = len(set().union(*map(set, one.first)))
    names = sum(map(len, one.first))
    if names > found:
        return f"{names - found} of {one.there} pictures twice in a pass"
    return f"{one.there - found} of {one.there} pictures in no part" if found < one.there else ""


@dividing.check(
    shown, points=2, hint="What becomes of the pictures that are left over when sizes are rounded?"
)
def none_lost(function: FunctionView) -> Expectation:
    """Each picture is in one of the three parts."""
    return _judged(function, "each picture in one part", _lost)


def _one_sided(one: ShownParts) -> str:
    labels = {name.split(":")[0] for name in one.first[2]}
    classes = f"pictures of {len(labels)} of {len(CLASSES)} classes to test with"
    return classes if len(labels) < len(CLASSES) else ""


@dividing.check(shown, points=1, hint="Are pictures mixed before the last ones are taken?")
def test_classes(function: FunctionView) -> Expectation:
    """There are pictures of both classes to test with."""
    return _judged(function, "pictures of both classes to test with", _one_sided)


def _unequal(one: ShownParts) -> str:
    sizes = [len(set(names)) / one.there for names in one.first[1:]]
    near = all(
        abs(size - right) <= _TOLERANCE
        for size, right in zip(sizes, (VALIDATED, TESTED_ON), strict=True)
    )
    return "" if near else f"{sizes[0]:.0%} to validate and {sizes[1]:.0%} to test with"


@dividing.check(shown, points=1, hint="How are the pictures divided that are not trained on?")
def other_shares(function: FunctionView) -> Expectation:
    """About 20 % of the pictures are for validation, and 10 % for the test."""
    return _judged(function, "about 20% to validate and 10% to test with", _unequal)
