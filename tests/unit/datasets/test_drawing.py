import hashlib
import time

import numpy as np
import pytest

from grader.assignments.happy_or_sad.drawing.poses import CONTENT, SMILING, between
from grader.datasets import Dataset
from grader.datasets.pixels import Pixels

TIME_LIMIT_SECONDS = 15.0  # a tenth of it on an idle machine, but tests share theirs


@pytest.fixture(scope="module")
def drawn() -> dict[str, Pixels]:
    from grader.assignments.happy_or_sad.drawing import faces

    return dict(faces.draw_all())


def test_drawing_gives_the_pixels_of_the_manifest(
    dataset: Dataset, drawn: dict[str, Pixels]
) -> None:
    hashes = {name: hashlib.sha256(pixels.tobytes()).hexdigest() for name, pixels in drawn.items()}
    assert hashes == {name: record.pixels_sha256 for name, record in dataset.files.items()}


def test_every_image_is_rgba_of_the_promised_size(
    dataset: Dataset, drawn: dict[str, Pixels]
) -> None:
    width, height = dataset.size or (0, 0)
    assert {pixels.shape for pixels in drawn.values()} == {(height, width, 4)}
    assert {pixels.dtype for pixels in drawn.values()} == {np.dtype(np.uint8)}


def test_transparent_pixels_are_black(drawn: dict[str, Pixels]) -> None:
    assert all(not pixels[pixels[..., 3] == 0].any() for pixels in drawn.values())


def test_corners_are_transparent_and_the_middle_is_opaque(drawn: dict[str, Pixels]) -> None:
    for pixels in drawn.values():
        assert not pixels[[0, 0, -1, -1], [0, -1, 0, -1], 3].any()
        assert pixels[75, 75, 3] == 255


def test_every_image_uses_the_full_range_of_brightness(drawn: dict[str, Pixels]) -> None:
    assert {int(pixels[..., :3].max()) for pixels in drawn.values()} == {255}


def test_all_images_differ(drawn: dict[str, Pixels]) -> None:
    assert len({pixels.tobytes() for pixels in drawn.values()}) == len(drawn)


def test_both_classes_have_forty_images(dataset: Dataset, drawn: dict[str, Pixels]) -> None:
    counts = {label: sum(n.startswith(f"{label}/") for n in drawn) for label in dataset.classes}
    assert counts == {"happy": 40, "sad": 40}


def test_drawing_one_face_is_quick() -> None:
    from grader.assignments.happy_or_sad.drawing import faces

    start = time.perf_counter()
    faces.draw(CONTENT)
    assert time.perf_counter() - start < TIME_LIMIT_SECONDS / 80


def test_a_morph_begins_and_ends_at_its_key_poses() -> None:
    assert between(CONTENT, SMILING, 0.0) == CONTENT
    assert between(CONTENT, SMILING, 1.0) == SMILING
