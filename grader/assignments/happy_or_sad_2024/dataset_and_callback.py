"""The checks of the dataset and of the callback.

What they ask of both editions alike, the earlier one has written down.
"""

from dataclasses import replace

from grader.assignments.happy_or_sad.assignment import loader_and_callback as earlier
from grader.assignments.happy_or_sad.parts import GOAL
from grader.assignments.happy_or_sad_2024.parts import (
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


loading.check(
    loader_part.loader,
    loader_part.dataset,
    points=4,
    hint="The directory must be the folder that holds a folder for each class.",
)(earlier.images_found)
loading.check(
    loader_part.loader, points=6, hint="Which argument says how many images come at a time?"
)(earlier.batch_size)
loading.check(
    loader_part.loader, points=6, hint="Which argument resizes the images? Its default is not 150."
)(earlier.target_size)
loading.check(
    loader_part.scale,
    points=6,
    hint="What is the largest value of a pixel, what makes it 1, and is it done just once?",
)(earlier.pixels_scaled)


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
