"""The checks of the dataset and of the callback."""

from dataclasses import replace

from grader.assignments.happy_or_sad_2024.parts import (
    BATCH,
    GOAL,
    IMAGE,
    callback_part,
    happy_or_sad_2024,
    loader_part,
)
from grader.authoring import (
    Callback,
    Expectation,
    InTraining,
    Loader,
    callbacks,
    expect,
    loaders,
)

loading = happy_or_sad_2024.group("dataset")
stopping = happy_or_sad_2024.group("callback")


@loading.check(
    loader_part.loader,
    points=3,
    hint="Which function of tf.keras.utils makes a dataset of a folder of images?",
)
def is_dataset(loader: Loader) -> Expectation:
    """The images come as a tf.data.Dataset."""
    met = loader.type.endswith("Dataset")
    return expect(met, "a tf.data.Dataset", "a tf.data.Dataset" if met else f"a {loader.type}")


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
    loader_part.loader, points=6, hint="Which argument says how many images come at a time?"
)
def batch_size(loader: Loader) -> Expectation:
    """Images come in batches of 10."""
    return loaders.batches_of(loader, BATCH)


@loading.check(
    loader_part.loader, points=6, hint="Which argument resizes the images? Its default is not 150."
)
def image_size(loader: Loader) -> Expectation:
    """Images are 150 by 150 pixels."""
    return loaders.sized(loader, *IMAGE[:2])


@loading.check(
    loader_part.scale,
    points=6,
    hint="What is the largest value of a pixel, what makes it 1, and is it done just once?",
)
def pixels_scaled(scale: tuple[float, float]) -> Expectation:
    """Pixel values are scaled to the range 0 to 1."""
    return loaders.unit_range(*scale)


@stopping.check(
    callback_part.callback,
    callback_part.in_training,
    points=5,
    hint="What is compared with what, and what is set when it should stop?",
)
def stops_above(callback: Callback, in_training: InTraining) -> Expectation:
    """Training stops when the accuracy is at least 0.999."""
    found = callbacks.stops_above(callback, in_training, GOAL.bound)
    return replace(found, expected=f"stops from {GOAL.bound} on")


@stopping.check(
    callback_part.callback,
    callback_part.in_training,
    points=5,
    hint="At which accuracy must training still go on? Look at the comparison.",
)
def goes_on_below(callback: Callback, in_training: InTraining) -> Expectation:
    """Training goes on while the accuracy is below 0.999."""
    found = callbacks.goes_on_below(callback, in_training, GOAL.bound)
    return replace(found, expected=f"goes on below {GOAL.bound}")
