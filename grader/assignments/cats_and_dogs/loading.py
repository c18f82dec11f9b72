"""The checks of the loaders: what is said of each of them alike."""

from grader.assignments.cats_and_dogs.parts import (
    BATCH,
    augmented_images,
    cats_and_dogs,
    test_images,
    training_images,
    validation_images,
)
from grader.authoring import Expectation, Loader, loaders

loading = cats_and_dogs.group("loaders")
image_size = cats_and_dogs.constant("IMAGE_SIZE", int)
FOUND = "Which folder has the folders of both classes in it, and whose pictures are these to be?"
SHAPED = (
    "Which arguments of flow_from_directory say how large pictures are, how many come at a time "
    "and which kind of labels they have?"
)
SCALED = "What is the largest value of a pixel, and by what is it to be multiplied?"
UNCHANGED = "Which settings of ImageDataGenerator are for training alone?"
# What is less than this moves hardly a pixel of a picture.
WAYS = {
    "rotation_range": 5,
    "width_shift_range": 0.05,
    "height_shift_range": 0.05,
    "shear_range": 0.05,
    "zoom_range": 0.05,
    "horizontal_flip": 1,
}


def _shaped(loader: Loader, size: int) -> Expectation:
    """Return what is not as it must be, or that all is."""
    all_ = (
        loaders.sized(loader, size, size),
        loaders.batches_of(loader, BATCH),
        loaders.binary_labels(loader),
    )
    return next((each for each in all_ if not each.met), all_[0])


@loading.check(training_images.loader, training_images.dataset, points=2, hint=FOUND)
def training_found(loader: Loader, dataset: tuple[int, int]) -> Expectation:
    """All pictures to train on are found."""
    return loaders.finds(loader, *dataset)


@loading.check(training_images.loader, image_size, points=2, hint=SHAPED)
def training_shaped(loader: Loader, size: int) -> Expectation:
    """Pictures to train on come in the size and batches that the notebook names, labelled."""
    return _shaped(loader, size)


@loading.check(training_images.scale, points=2, hint=SCALED)
def training_scaled(scale: tuple[float, float]) -> Expectation:
    """Pixels of pictures to train on are scaled to the range 0 to 1."""
    return loaders.unit_range(*scale)


@loading.check(validation_images.loader, validation_images.dataset, points=2, hint=FOUND)
def validation_found(loader: Loader, dataset: tuple[int, int]) -> Expectation:
    """All pictures to validate with are found."""
    return loaders.finds(loader, *dataset)


@loading.check(validation_images.loader, image_size, points=1, hint=SHAPED)
def validation_shaped(loader: Loader, size: int) -> Expectation:
    """Pictures to validate with come in the size and batches that the notebook names."""
    return _shaped(loader, size)


@loading.check(validation_images.scale, points=1, hint=SCALED)
def validation_scaled(scale: tuple[float, float]) -> Expectation:
    """Pixels of pictures to validate with are scaled to the range 0 to 1."""
    return loaders.unit_range(*scale)


@loading.check(validation_images.loader, points=2, hint=UNCHANGED)
def validation_unchanged(loader: Loader) -> Expectation:
    """Pictures to validate with are shown as they are."""
    return loaders.as_they_are(loader)


@loading.check(test_images.loader, test_images.dataset, points=2, hint=FOUND)
def test_found(loader: Loader, dataset: tuple[int, int]) -> Expectation:
    """All pictures of the test are found."""
    return loaders.finds(loader, *dataset)


@loading.check(test_images.loader, image_size, points=1, hint=SHAPED)
def test_shaped(loader: Loader, size: int) -> Expectation:
    """Pictures of the test come in the size and batches that the notebook names."""
    return _shaped(loader, size)


@loading.check(test_images.scale, points=1, hint=SCALED)
def test_scaled(scale: tuple[float, float]) -> Expectation:
    """Pixels of pictures of the test are scaled to the range 0 to 1."""
    return loaders.unit_range(*scale)


@loading.check(test_images.loader, points=2, hint=UNCHANGED)
def test_unchanged(loader: Loader) -> Expectation:
    """Pictures of the test are shown as they are."""
    return loaders.as_they_are(loader)


@loading.check(augmented_images.loader, augmented_images.dataset, points=1, hint=FOUND)
def augmented_found(loader: Loader, dataset: tuple[int, int]) -> Expectation:
    """All pictures to train on are found for the second training."""
    return loaders.finds(loader, *dataset)


@loading.check(augmented_images.loader, image_size, points=1, hint=SHAPED)
def augmented_shaped(loader: Loader, size: int) -> Expectation:
    """Pictures of the second training come in the size and batches that the notebook names."""
    return _shaped(loader, size)


@loading.check(augmented_images.scale, points=1, hint=SCALED)
def augmented_scaled(scale: tuple[float, float]) -> Expectation:
    """Pixels of pictures of the second training are scaled to the range 0 to 1."""
    return loaders.unit_range(*scale)


@loading.check(
    augmented_images.loader,
    points=5,
    hint="Which arguments does the notebook name, and to which object do they belong?",
)
def augmented(loader: Loader) -> Expectation:
    """Pictures of the second training are turned, shifted, sheared, zoomed and mirrored."""
    return loaders.augments(loader, WAYS)
