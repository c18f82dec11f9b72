"""Cats and Dogs: its pictures are known, its lab of old is refused, and what its checks look at."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

# Checks are declared as their modules are imported, in the order of the report.
from grader.assignments.cats_and_dogs.assignment import cats_and_dogs
from grader.assignments.cats_and_dogs.assignment import training as rubric
from grader.assignments.cats_and_dogs.drawing.pictures import COUNTS
from grader.assignments.cats_and_dogs.editions import RETIRED
from grader.assignments.cats_and_dogs.images import DIGESTS, draw
from grader.assignments.cats_and_dogs.parts import PICTURES
from grader.authoring import Absent, Expectation, FileView, ProbeFault, Training, ValueView
from grader.checks.training import GradedTraining
from grader.datasets import ClassFolders
from grader.datasets.making import write_images
from grader.evidence import ByGrader, Fit, Loader
from grader.inspection.preprocessing import augmentation
from grader.kinds.loader import view as loaders

LAB = """
from keras.preprocessing.image import ImageDataGenerator
train_dir = 'cats_dogs_downsampled/train'
train_generator = datagen.flow_from_directory(train_dir, batch_size=20)
history = model.fit_generator(train_generator, epochs=30)
"""


def loader(**augments: float) -> Loader:
    return Loader(kind="loader", name="load", type="DirectoryIterator", augmentation=augments)


def test_the_lab_without_functions_is_known_and_not_graded() -> None:
    [lab] = RETIRED
    assert lab.recognise(LAB, ())


@pytest.mark.parametrize("code", ["model.fit(x)", f"def load():\n    pass\n{LAB}"])
def test_other_notebooks_are_not_taken_for_it(code: str) -> None:
    [lab] = RETIRED
    assert not lab.recognise(code, ())


def test_the_pictures_are_those_of_their_digest(tmp_path: Path) -> None:
    write_images(draw("val"), tmp_path)
    split = next(each for each in cats_and_dogs.data.splits if each.name == "val")  # type: ignore[union-attr]
    assert isinstance(split, ClassFolders)
    assert split.pixels_digest == DIGESTS["val"]
    assert split.problems(tmp_path) == []


def test_one_other_pixel_is_another_digest(tmp_path: Path) -> None:
    pictures = dict(draw("val"))
    pictures["CAT/cat-0000.png"][0, 0, 0] ^= 1
    write_images(pictures.items(), tmp_path)
    split = next(each for each in cats_and_dogs.data.splits if each.name == "val")  # type: ignore[union-attr]
    assert split.problems(tmp_path)


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        (
            {"rotation_range": 40, "zoom_range": [0.8, 1.2]},
            {"rotation_range": 40, "zoom_range": 0.2},
        ),
        ({"horizontal_flip": True, "vertical_flip": False}, {"horizontal_flip": 1}),
        ({"zoom_range": [1, 1], "width_shift_range": 0.0}, {}),
    ],
)
def test_what_is_drawn_anew_for_each_image_is_seen(
    settings: dict[str, object], found: dict[str, float]
) -> None:
    assert augmentation(SimpleNamespace(**settings)) == pytest.approx(found)


def test_an_augmentation_that_lacks_a_way_is_told_which() -> None:
    told = loaders.augments(loader(rotation_range=40.0), ["rotation_range", "zoom_range"])
    assert (told.met, told.actual) == (False, "without zoom_range")


@pytest.mark.parametrize(
    ("rotation", "told"),
    [(1e-9, "rotation_range of 1e-09"), (0.0, "without rotation_range"), (5.0, "rotation_range")],
)
def test_an_augmentation_may_have_to_be_more_than_a_hair(rotation: float, told: str) -> None:
    made = loader(rotation_range=rotation, horizontal_flip=1.0)
    found = loaders.augments(made, {"rotation_range": 5})
    assert (found.met, found.actual) == (rotation >= 5, told)
    assert found.expected == "images that are changed at random: rotation_range of at least 5"


def test_images_that_change_are_not_as_they_are() -> None:
    told = loaders.as_they_are(loader(rotation_range=40.0))
    assert (told.met, told.actual) == (False, "changed at random: rotation_range")


def test_images_that_do_not_change_are_as_they_are() -> None:
    assert loaders.as_they_are(loader()).met


def trained(*, elsewhere: bool) -> Training:
    fit = Fit(kind="fit", index=0, model="m", finished=True, reason="shows others")
    fit = fit.model_copy(update={"elsewhere": elsewhere})
    return Training(GradedTraining("train_augmented", "load_augmented", fit, (), 600, 2, 600))


ASKING: list[Callable[[Training], Expectation]] = [
    rubric.second_validated,
    lambda training: rubric.goes_on(training, training),
    lambda training: rubric.gap_closed(training, training),
    lambda training: rubric.loads_again(cast("FileView", None), training),
    lambda training: rubric.evaluated(cast("ValueView", None), training),
]


@pytest.mark.parametrize("check", ASKING)
def test_nothing_waits_of_a_training_on_other_pictures(
    check: Callable[[Training], Expectation],
) -> None:
    with pytest.raises(Absent, match="train_augmented trains on other pictures"):
        check(trained(elsewhere=True))


@pytest.mark.parametrize("check", ASKING)
def test_what_nobody_knows_of_a_training_in_the_notebook_waits(
    check: Callable[[Training], Expectation],
) -> None:
    with pytest.raises(ProbeFault):
        check(trained(elsewhere=False))


def validated(folder: str) -> Training:
    logged: dict[str, tuple[float | None, ...]] = dict.fromkeys(
        ("accuracy", "val_accuracy"), (1.0,) * 5
    )
    made = ByGrader(images=600, seen=600, before=0.5, accuracy=1.0, validation_folder=folder)
    fit = Fit(kind="fit", index=0, model="m", finished=True, trained=made, curves=logged)
    return Training(GradedTraining("train", "load_training", fit, (1.0,) * 5, 600, 2, 600))


@pytest.mark.parametrize(("part", "closed"), [("val", True), ("train", False), ("test", False)])
def test_there_is_a_gap_only_to_the_pictures_to_validate_with(part: str, *, closed: bool) -> None:
    training = validated(f"data/cats_dogs/{part}")
    assert rubric.gap_closed(training, training).met is closed


def test_there_are_as_many_pictures_to_train_on_as_the_lab_had() -> None:
    assert sum(COUNTS["train"].values()) == PICTURES


# By the grading profile 600 pictures are trained on, of the 2,140 that the notebook shows.
@pytest.mark.parametrize(
    ("steps", "whole"), [(None, True), (107, True), (30, True), (100, False), (20, False)]
)
def test_an_epoch_has_all_batches_of_the_notebook_or_of_the_profile(
    steps: int | None, *, whole: bool
) -> None:
    fit = Fit(kind="fit", index=0, model="m", finished=True, steps_per_epoch=steps)
    training = Training(GradedTraining("train", "load_training", fit, (), 600, 2, 600))
    found = rubric.first_whole(training, (600, 2))
    assert (found.met, found.expected) == (whole, "107 batches an epoch, or as many as there are")


def in_turn(number: int, before: float, after: float, *earlier: int) -> Training:
    made = ByGrader(images=600, seen=600, before=before, accuracy=after, went_on_from=earlier)
    fit = Fit(kind="fit", index=number, number=number, model="m", finished=True, trained=made)
    return Training(GradedTraining("train", "load_training", fit, (), 600, 2, 600))


@pytest.mark.parametrize(
    ("second", "met"),
    [
        # Its pictures are scaled otherwise, so that it knows fewer of them.
        (in_turn(2, 0.97, 1.0, 1, 0), True),
        # A network that was saved and loaded.
        (in_turn(2, 1.0, 1.0), True),
        (in_turn(2, 0.5, 1.0), False),
        (in_turn(2, 0.5, 1.0, 1), False),
    ],
)
def test_the_second_training_goes_on_with_what_the_first_has_left(
    second: Training, *, met: bool
) -> None:
    assert rubric.goes_on(in_turn(0, 0.5, 1.0), second).met is met
