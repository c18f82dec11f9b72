"""The checks of the loader and of the callback."""

from grader.assignments.happy_or_sad.parts import (
    BATCH,
    GOAL,
    IMAGE,
    callback_part,
    happy_or_sad,
    loader_part,
)
from grader.authoring import (
    Callback,
    Expectation,
    InTraining,
    Loader,
    callbacks,
    loaders,
)

loading = happy_or_sad.group("loader")
stopping = happy_or_sad.group("callback")


@loading.check(
    loader_part.loader,
    loader_part.dataset,
    points=4,
    hint="The directory must be the folder that holds a folder for each class.",
)
def images_found(loader: Loader, dataset: tuple[int, int]) -> Expectation:
    """All images of both classes are found."""
    return loaders.finds(loader, *dataset)


@loading.check(
    loader_part.loader, points=4, hint="Which argument says how many images come at a time?"
)
def batch_size(loader: Loader) -> Expectation:
    """Images come in batches of 10."""
    return loaders.batches_of(loader, BATCH)


@loading.check(
    loader_part.loader, points=4, hint="Which argument resizes the images? Its default is not 150."
)
def target_size(loader: Loader) -> Expectation:
    """Images are 150 by 150 pixels."""
    return loaders.sized(loader, *IMAGE[:2])


@loading.check(
    loader_part.loader,
    points=4,
    hint="With two classes one number an image is enough. Which mode gives that?",
)
def class_mode(loader: Loader) -> Expectation:
    """Labels are single numbers, 0 or 1."""
    return loaders.binary_labels(loader)


@loading.check(
    loader_part.scale,
    points=4,
    hint="What is the largest value of a pixel, and which named argument of ImageDataGenerator "
    "multiplies it?",
)
def pixels_scaled(scale: tuple[float, float]) -> Expectation:
    """Pixel values are scaled to the range 0 to 1."""
    return loaders.unit_range(*scale)


@stopping.check(
    callback_part.callback,
    callback_part.in_training,
    points=6,
    hint="What is compared with what, and what is set when it should stop?",
)
def stops_above(callback: Callback, in_training: InTraining) -> Expectation:
    """Training stops when the accuracy is above 0.999."""
    return callbacks.stops_above(callback, in_training, GOAL.bound)


@stopping.check(
    callback_part.callback,
    callback_part.in_training,
    points=6,
    hint="At which accuracy must training still go on? Look at the comparison.",
)
def goes_on_below(callback: Callback, in_training: InTraining) -> Expectation:
    """Training goes on while the accuracy is 0.999 or less."""
    return callbacks.goes_on_below(callback, in_training, GOAL.bound)


@stopping.check(
    callback_part.callback, points=3, hint="What does a dictionary give for a key that it lacks?"
)
def lives_without_accuracy(callback: Callback) -> Expectation:
    """Logs without an accuracy do no harm."""
    return callbacks.lives_without(callback)
