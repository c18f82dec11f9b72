"""The faces of "Happy or Sad in the Wild": known by their pixels, of many kinds, in two parts."""

from pathlib import Path

import numpy as np
import pytest

from grader.assignments.happy_sad_pipeline.drawing.mood import HAPPY, SAD, Mood
from grader.assignments.happy_sad_pipeline.drawing.pictures import COUNTS, picture
from grader.assignments.happy_sad_pipeline.images import (
    DIGESTS,
    FACES,
    TEST,
    draw,
    happy_sad_pipeline_images,
)
from grader.authoring import Pixels
from grader.datasets import ClassFolders
from grader.datasets.making import write_images
from grader.drawing.dice import SplitMix

Drawn = dict[str, Pixels]
LEAST, MOST = 128, 500


@pytest.fixture(scope="module")
def unseen() -> Drawn:
    """What the grader has for itself, which takes some seconds to draw."""
    return dict(draw(TEST))


@pytest.fixture(scope="module")
def folder(unseen: Drawn, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as files."""
    made = tmp_path_factory.mktemp("unseen")
    write_images(unseen.items(), made)
    return made


def split(name: str) -> ClassFolders:
    found = happy_sad_pipeline_images().split(name)
    assert isinstance(found, ClassFolders)
    return found


def test_the_pictures_are_those_of_their_digest(folder: Path) -> None:
    assert split(TEST).pixels_digest == DIGESTS[TEST]
    assert split(TEST).problems(folder) == []


def test_students_have_the_faces_and_the_grader_alone_the_test() -> None:
    assert (split(FACES).hidden, split(TEST).hidden) == (False, True)


def test_there_are_as_many_as_are_told(unseen: Drawn) -> None:
    found = {kind: sum(name.startswith(f"{kind}/") for name in unseen) for kind in (HAPPY, SAD)}
    assert found == COUNTS[TEST]


def test_they_are_of_many_sizes(unseen: Drawn) -> None:
    sides = [side for pixels in unseen.values() for side in pixels.shape[:2]]
    assert LEAST <= min(sides) < max(sides) <= MOST
    assert len({pixels.shape[:2] for pixels in unseen.values()}) > len(unseen) // 2


def test_some_are_grey_and_some_have_an_alpha_channel(unseen: Drawn) -> None:
    assert {pixels.shape[2:] for pixels in unseen.values()} == {(), (3,), (4,)}


def test_some_are_named_as_what_they_are_not(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".png", ".jpg", ".jpeg"}
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in files)


def test_no_two_are_the_same(unseen: Drawn) -> None:
    assert len({pixels.tobytes() for pixels in unseen.values()}) == len(unseen)


def test_a_picture_follows_from_its_numbers_alone() -> None:
    one, other = (picture(SAD, SplitMix(7)) for _ in range(2))
    np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("number", range(20))
def test_mouths_of_the_happy_hang_in_the_middle_and_those_of_the_sad_at_the_corners(
    number: int,
) -> None:
    happy, sad = (Mood.drawn(kind, SplitMix(number)) for kind in (HAPPY, SAD))
    assert happy.way * happy.bend > 0 > sad.way * sad.bend
    assert happy.brows < sad.brows
