"""The pictures of the Happy House: files as the course had them, drawn alike everywhere."""

import hashlib
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from grader.assignments.happy_house.drawing import door, friends
from grader.assignments.happy_house.pictures import TEST, TRAIN, draw, happy_house
from grader.datasets.array_files import record
from grader.datasets.arrays import Arrays

FRAMES = list(friends.frames())


@pytest.fixture(scope="module")
def drawn() -> dict[str, dict[str, np.ndarray]]:
    return {name: dict(draw(name)) for name in ("train", "test")}


@pytest.mark.parametrize(("split", "samples"), [("train", TRAIN), ("test", TEST)])
def test_files_have_the_courses_keys_types_and_shapes(
    drawn: dict[str, dict[str, np.ndarray]], split: str, samples: int
) -> None:
    found = {name: (array.dtype.name, array.shape) for name, array in drawn[split].items()}
    assert found == {
        f"{split}_set_x": ("uint8", (samples, 64, 64, 3)),
        f"{split}_set_y": ("int64", (samples,)),
        "list_classes": ("int64", (2,)),
    }


@pytest.mark.parametrize("split", ["train", "test"])
def test_what_is_drawn_is_what_was_recorded(
    drawn: dict[str, dict[str, np.ndarray]], split: str
) -> None:
    known = next(each for each in happy_house().splits if each.name == split)
    assert isinstance(known, Arrays)
    assert {name: record(array) for name, array in drawn[split].items()} == known.arrays


def test_no_picture_is_in_both_files(drawn: dict[str, dict[str, np.ndarray]]) -> None:
    seen = [
        hashlib.sha256(picture.tobytes()).hexdigest()
        for name in ("train", "test")
        for picture in drawn[name][f"{name}_set_x"]
    ]
    assert len(set(seen)) == TRAIN + TEST


@pytest.mark.parametrize("split", ["train", "test"])
def test_about_half_of_a_file_is_happy(drawn: dict[str, dict[str, np.ndarray]], split: str) -> None:
    assert 0.42 < drawn[split][f"{split}_set_y"].mean() < 0.58


def test_every_friend_is_happy_and_unhappy_about_as_often() -> None:
    counted = Counter((friends.FRIENDS.index(frame.friend), happy) for frame, happy in FRAMES)
    assert len(counted) == 2 * len(friends.FRIENDS)
    assert min(counted.values()) >= 5 * friends.FRAMES


def test_happy_mouths_hang_in_the_middle_and_others_do_not() -> None:
    for frame, happy in FRAMES:
        assert (frame.smile > 1.5) == bool(happy)


def test_a_frame_is_drawn_alike_each_time() -> None:
    frame, _ = FRAMES[0]
    assert door.draw(frame).tobytes() == door.draw(frame).tobytes()


def test_a_smile_changes_nothing_far_from_the_mouth() -> None:
    frame, _ = FRAMES[0]
    corner = (slice(0, 8), slice(None))
    assert (door.draw(frame)[corner] == door.draw(replace(frame, smile=9.0))[corner]).all()
    assert (door.draw(frame) != door.draw(replace(frame, smile=9.0))).any()
