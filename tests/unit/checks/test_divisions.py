"""What is expected of data that is divided into what is trained on and validated with."""

import pytest

from grader.authoring import Absent, Division, Expectation, Training, divisions
from grader.checks.training import GradedTraining
from grader.evidence import ByGrader, Fit

IMAGES = 80
RIGHT = Division(there=IMAGES, training=(30, 30), validation=(10, 10), left_out=0)


def training(division: Division | None) -> Training:
    made = ByGrader(images=IMAGES, seen=60, before=0.5, accuracy=0.9, division=division)
    fit = Fit(kind="fit", index=0, model="0", finished=True, trained=made)
    return Training(GradedTraining("train", "load", fit, (), IMAGES, 2, IMAGES))


def changed(**members: object) -> Training:
    return training(RIGHT.model_copy(update=members))


def told(found: Expectation) -> tuple[bool, str]:
    return found.met, found.actual


@pytest.mark.parametrize(
    "expectation", [divisions.apart, divisions.of_all_classes, divisions.leaves_nothing_out]
)
def test_what_is_divided_rightly_meets_all(expectation: object) -> None:
    assert callable(expectation)
    assert expectation(training(RIGHT)).met


def test_images_in_both_are_counted() -> None:
    found = divisions.apart(changed(shared=20, shared_later=20))
    assert told(found) == (False, "20 of 20 images of validation trained on as well")


def test_images_that_are_in_both_in_turn_are_counted() -> None:
    found = divisions.apart(changed(shared_later=35))
    assert told(found) == (False, "35 images that change between the two from pass to pass")


def test_classes_that_are_lacking_are_counted() -> None:
    found = divisions.of_all_classes(changed(validation=(20, 0)))
    assert told(found) == (False, "images of 1 of 2 classes in validation")


def test_both_parts_are_named_where_both_lack_one() -> None:
    found = divisions.of_all_classes(changed(training=(60, 0), validation=(0, 20)))
    assert found.actual == (
        "images of 1 of 2 classes in training and images of 1 of 2 classes in validation"
    )


@pytest.mark.parametrize(("most", "met"), [(0, False), (7, False), (8, True)])
def test_so_many_may_be_left_out(most: int, *, met: bool) -> None:
    found = divisions.leaves_nothing_out(changed(left_out=8), most)
    assert told(found) == (met, "8 of 80 images left out")


def test_of_two_folders_nothing_is_left_out() -> None:
    assert divisions.leaves_nothing_out(changed(left_out=None)).met


@pytest.mark.parametrize(("share", "met"), [(0.75, True), (0.7, True), (0.69, False), (0.9, False)])
def test_so_large_a_share_is_trained_on(share: float, *, met: bool) -> None:
    assert told(divisions.divides(training(RIGHT), share)) == (
        met,
        "60 trained on, 20 validated with",
    )


def test_where_it_is_not_known_there_is_nothing_to_be_seen() -> None:
    with pytest.raises(Absent, match="did not train and validate with two datasets"):
        divisions.apart(training(None))
