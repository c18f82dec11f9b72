"""The checks of the loaders: what is said of each of them alike."""

from grader.assignments.horses_or_humans.parts import (
    compact_images,
    compact_validation,
    horses_or_humans,
    training_images,
    validation_images,
)
from grader.authoring import Expectation, Loader, loaders

loading = horses_or_humans.group("loaders")
image_size = horses_or_humans.constant("IMAGE_SIZE", int)
compact_size = horses_or_humans.constant("COMPACT_SIZE", int)
batch_size = horses_or_humans.constant("BATCH_SIZE", int)
FOUND = "Which folder has the folders of both classes in it, and whose pictures are these to be?"
SHAPED = (
    "Which arguments of your loader say how large pictures are, how many come at a time and which "
    "kind of labels they have?"
)
SCALED = "What is the largest value of a pixel, and by what is it to be multiplied?"


def first_unmet(*found: Expectation) -> Expectation:
    """Return what is not as it must be, or that all is."""
    return next((each for each in found if not each.met), found[0])


def _shaped(loader: Loader, size: int, batch: int) -> Expectation:
    return first_unmet(
        loaders.sized(loader, size, size),
        loaders.batches_of(loader, batch),
        loaders.binary_labels(loader),
    )


@loading.check(training_images.loader, training_images.dataset, points=2, hint=FOUND)
def training_found(loader: Loader, dataset: tuple[int, int]) -> Expectation:
    """All pictures to train on are found."""
    return loaders.finds(loader, *dataset)


@loading.check(training_images.loader, image_size, batch_size, points=2, hint=SHAPED)
def training_shaped(loader: Loader, size: int, batch: int) -> Expectation:
    """Pictures to train on come in the size and batches that the notebook names, labelled."""
    return _shaped(loader, size, batch)


@loading.check(training_images.scale, points=3, hint=SCALED)
def training_scaled(scale: tuple[float, float]) -> Expectation:
    """Pixels of pictures to train on are scaled to the range 0 to 1."""
    return loaders.unit_range(*scale)


@loading.check(validation_images.loader, validation_images.dataset, points=2, hint=FOUND)
def validation_found(loader: Loader, dataset: tuple[int, int]) -> Expectation:
    """All pictures to validate with are found."""
    return loaders.finds(loader, *dataset)


@loading.check(validation_images.loader, image_size, batch_size, points=1, hint=SHAPED)
def validation_shaped(loader: Loader, size: int, batch: int) -> Expectation:
    """Pictures to validate with come in the size and batches that the notebook names."""
    return _shaped(loader, size, batch)


@loading.check(validation_images.scale, points=2, hint=SCALED)
def validation_scaled(scale: tuple[float, float]) -> Expectation:
    """Pixels of pictures to validate with are scaled to the range 0 to 1."""
    return loaders.unit_range(*scale)


@loading.check(
    validation_images.loader,
    compact_validation.loader,
    points=2,
    hint="Which pictures may be changed at random: those to learn from, or those to measure with?",
)
def validation_unchanged(loader: Loader, small: Loader) -> Expectation:
    """Pictures to validate with are shown as they are."""
    return first_unmet(loaders.as_they_are(loader), loaders.as_they_are(small))


@loading.check(
    compact_images.loader,
    compact_validation.loader,
    compact_images.dataset,
    compact_validation.dataset,
    points=2,
    hint=FOUND,
)
def compact_found(
    loader: Loader, validation: Loader, dataset: tuple[int, int], others: tuple[int, int]
) -> Expectation:
    """All pictures are found for the compact model, to train on and to validate with."""
    return first_unmet(loaders.finds(loader, *dataset), loaders.finds(validation, *others))


@loading.check(
    compact_images.loader,
    compact_validation.loader,
    compact_size,
    batch_size,
    points=2,
    hint=SHAPED,
)
def compact_shaped(loader: Loader, validation: Loader, size: int, batch: int) -> Expectation:
    """Pictures for the compact model have half the side, and come in batches as before."""
    return first_unmet(_shaped(loader, size, batch), _shaped(validation, size, batch))


@loading.check(compact_images.scale, compact_validation.scale, points=2, hint=SCALED)
def compact_scaled(scale: tuple[float, float], others: tuple[float, float]) -> Expectation:
    """Pixels of pictures for the compact model are scaled to the range 0 to 1."""
    return first_unmet(loaders.unit_range(*scale), loaders.unit_range(*others))
