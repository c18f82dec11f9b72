"""Horses or Humans: its pictures are known, and are as those that they stand for."""

from pathlib import Path

import pytest

from grader.assignments.horses_or_humans.drawing import pictures
from grader.assignments.horses_or_humans.drawing.joints import joints
from grader.assignments.horses_or_humans.images import DIGESTS, draw, horses_or_humans_images
from grader.datasets import ClassFolders
from grader.datasets.making import write_images
from grader.drawing.dice import SplitMix

KINDS = ("horse", "human")
TRAINING, VALIDATION = (
    each for each in horses_or_humans_images().splits if isinstance(each, ClassFolders)
)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("validation")
    write_images(draw("validation"), folder)
    return folder


def test_the_pictures_are_those_of_their_digest(drawn: Path) -> None:
    assert VALIDATION.pixels_digest == DIGESTS["validation"]
    assert VALIDATION.problems(drawn) == []


def test_there_are_as_many_to_validate_with_as_the_lecture_has(drawn: Path) -> None:
    found = [len([*(drawn / each).iterdir()]) for each in ("horses", "humans")]
    assert found == [128, 128]


def test_there_are_as_many_to_train_on_as_the_lecture_has() -> None:
    assert pictures.COUNTS["train"] == {"horse": 500, "human": 527}


def test_pictures_are_as_large_as_the_lectures_and_have_an_alpha_that_hides_nothing() -> None:
    found = pictures.picture("train", "horse", 0, 0)
    assert found.shape == (300, 300, 4)
    assert found[..., 3].min() == 255


def test_no_figure_to_validate_with_is_trained_on() -> None:
    trained = {name for name, _, _ in pictures.named("train")}
    validated = {name for name, _, _ in pictures.named("validation")}
    figures = [{name.partition("-")[0] for name in names} for names in (trained, validated)]
    assert [len(each) for each in figures] == [80, 48]
    assert not figures[0] & figures[1]


def test_a_limb_hangs_straight_down_until_it_is_turned() -> None:
    assert joints((1.0, 2.0), ((3.0, 0.0), (4.0, 1.0))) == [(1.0, 2.0), (1.0, 5.0), (5.0, 5.0)]


def test_every_second_figure_to_validate_with_is_of_another_palette() -> None:
    others = range(pictures.FIGURES, pictures.FIGURES + pictures.OTHERS)
    strange = [figure for figure in others if pictures.is_strange(figure)]
    assert len(strange) * 2 == pictures.OTHERS


def test_no_figure_to_train_on_is_of_another_palette() -> None:
    assert not any(map(pictures.is_strange, range(pictures.FIGURES)))


def test_no_place_to_train_on_is_validated_in() -> None:
    dice = SplitMix(1)
    trained = {pictures.place_for("train", kind, dice) for kind in KINDS for _ in range(200)}
    validated = {pictures.place_for("validation", kind, dice) for kind in KINDS for _ in range(200)}
    assert trained == {*range(16)}
    assert validated == {*range(16, 24)}


@pytest.mark.parametrize("kind", KINDS)
def test_most_pictures_to_train_on_show_figures_where_such_mostly_are(kind: str) -> None:
    dice = SplitMix(2)
    at_home = [
        pictures.place_for("train", kind, dice) % 2 == KINDS.index(kind) for _ in range(1000)
    ]
    assert 600 < sum(at_home) < 800
