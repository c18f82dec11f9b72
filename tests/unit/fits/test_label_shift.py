"""Class folders whose images were exchanged, or not, and nobody in the kernel can tell."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from grader.fits.augmented_images import augmented_images
from grader.fits.label_shift import LabelShift

CLASSES = ("cat", "dog", "owl")
COLOURS = {"cat": 50, "dog": 100, "owl": 200}
SIZE = (20, 30)


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    for name in CLASSES:
        (tmp_path / name).mkdir()
        for number in range(3):
            picture = Image.new("RGB", (16, 16), (COLOURS[name],) * 3)
            picture.putpixel((number, 8), (255, 0, 0))
            picture.save(tmp_path / name / f"{name}-{number}.png")
    return tmp_path


def colour(path: Path) -> int:
    with Image.open(path) as image:
        return np.asarray(image)[0, -1, 0].item()  # type: ignore[no-any-return]


def shown(dataset: Path) -> dict[str, set[int]]:
    return {name: {colour(path) for path in (dataset / name).iterdir()} for name in sorted(CLASSES)}


def test_images_of_a_class_get_the_label_after_it(dataset: Path) -> None:
    LabelShift(turned=1).apply(dataset)
    assert shown(dataset) == {"cat": {200}, "dog": {50}, "owl": {100}}


def test_nothing_is_exchanged_if_it_is_not_turned(dataset: Path) -> None:
    LabelShift(turned=0).apply(dataset)
    assert shown(dataset) == {"cat": {50}, "dog": {100}, "owl": {200}}


def test_files_are_called_as_before(dataset: Path) -> None:
    before = sorted(dataset.rglob("*"))
    LabelShift(turned=1).apply(dataset)
    assert sorted(dataset.rglob("*")) == before


def test_no_image_is_lost_where_a_class_has_fewer_names(dataset: Path) -> None:
    (dataset / "dog" / "dog-0.png").unlink()
    LabelShift(turned=1).apply(dataset)
    assert len(list(dataset.glob("*/*"))) == 8


def test_both_ways_are_drawn() -> None:
    assert {LabelShift.drawn(2).turned for _ in range(100)} == {0, 1}


@pytest.mark.parametrize("turned", [0, 1])
def test_unseen_images_have_the_labels_of_the_exchange(dataset: Path, turned: int) -> None:
    images, labels = augmented_images(dataset, SIZE, turned)
    centre = images[:, SIZE[0] // 4, SIZE[1] // 2].astype(int).max(axis=1)
    nearest = np.abs(centre[:, None] - np.array(list(COLOURS.values()))).argmin(axis=1)
    assert (labels == (nearest + turned) % len(CLASSES)).all()


def test_unseen_images_have_the_size_that_was_asked_for(dataset: Path) -> None:
    assert augmented_images(dataset, SIZE, 0)[0].shape == (9, *SIZE, 3)


def test_unseen_images_are_new_every_time(dataset: Path) -> None:
    first, again = (augmented_images(dataset, SIZE, 0)[0] for _ in range(2))
    assert not np.array_equal(np.sort(first, axis=None), np.sort(again, axis=None))
